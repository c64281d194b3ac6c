"""The page, its worker and its manifest: without data, every part named, imports that hashed names can follow."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage

from hieuhoc.config.static_files import HashedModules
from hieuhoc.field.views import shell

STATIC = Path(shell.__file__).resolve().parents[1] / "static" / "field"
IMPORT = re.compile(r'^import .*? from "(.+?)"(;?)$', re.MULTILINE)


def imports(name: str) -> list[str]:
    """The modules a module imports."""
    return [
        path.removeprefix("./").removesuffix(".js") for path, _ in IMPORT.findall((STATIC / f"{name}.js").read_text())
    ]


def test_every_module_is_named_so_that_it_is_there_offline():
    assert {path.stem for path in STATIC.glob("*.js")} - {"types"} == set(shell.MODULES)


def test_imports_can_be_given_hashed_names():
    for name in shell.MODULES:
        found = IMPORT.findall((STATIC / f"{name}.js").read_text())
        assert all(end == ";" and path.startswith("./") for path, end in found), name
        assert {path for path, _ in found} <= {f"./{other}.js" for other in shell.MODULES}, name


def test_imports_run_in_no_circle():
    left = {name: set(imports(name)) for name in shell.MODULES}
    while ready := [name for name, wants in left.items() if not wants & left.keys()]:
        for name in ready:
            del left[name]
    assert left == {}


@pytest.mark.django_db
def test_the_shell_is_the_same_for_everybody(world, browse):
    for path in ("", "sw.js", "manifest.webmanifest"):
        stranger, signed_in = browse().get(f"/thuc-dia/{path}"), browse(world.ksor).get(f"/thuc-dia/{path}")
        assert stranger.status_code == 200 and stranger.content == signed_in.content
        assert stranger["Cache-Control"] == "no-cache" and not stranger.cookies
        assert "Ksor" not in signed_in.content.decode()


def test_the_worker_knows_every_part_and_can_do_without_imports(client):
    worker = client.get("/thuc-dia/sw.js")
    assert worker["Content-Type"] == "text/javascript; charset=utf-8"
    text = worker.content.decode()
    files = json.loads(re.findall(r"const FILES = (\[.*\]);", text)[0])
    assert {f"/static/field/{name}.js" for name in shell.MODULES} < set(files)
    assert text.startswith("import {") and "import " not in client.get("/thuc-dia/sw.js?don=1").content.decode()


@pytest.fixture
def collected(tmp_path, monkeypatch):
    """Static files as an installation serves them: names with hashes."""
    shutil.copytree(STATIC, tmp_path / "field")
    storage = HashedModules(location=str(tmp_path), base_url="/static/")
    names = [f"field/{path.name}" for path in STATIC.iterdir()]
    assert all(done is not False for _, _, done in storage.post_process({name: (storage, name) for name in names}))
    monkeypatch.setattr(staticfiles_storage, "_wrapped", storage)
    return tmp_path


def test_hashed_names_reach_the_imports_the_page_and_the_worker(collected, client):
    hashed = re.compile(r"/static/field/\w[\w-]*\.[0-9a-f]{12}\.(?:js|css|png)")
    page = client.get("/thuc-dia/").content.decode()
    worker = client.get("/thuc-dia/sw.js").content.decode()
    files = json.loads(re.findall(r"const FILES = (\[.*\]);", worker)[0])
    assert all(hashed.fullmatch(path) for path in files if path.startswith("/static/")) and len(files) > len(
        shell.MODULES
    )
    assert set(hashed.findall(page)) <= set(files)
    for path in files:
        if path.endswith(".js"):
            text = (collected / path.removeprefix("/static/")).read_text()
            for wanted, _ in IMPORT.findall(text):
                assert f"/static/field/{wanted.removeprefix('./')}" in files, (path, wanted)


def test_another_page_is_another_version(client, monkeypatch):
    version = re.compile(r"hieuhoc-field-(\w{12})")
    before = version.findall(client.get("/thuc-dia/sw.js").content.decode())
    monkeypatch.setattr(shell, "MODULES", shell.MODULES[:-1])
    assert version.findall(client.get("/thuc-dia/sw.js").content.decode()) != before


def test_the_manifest_installs_this_page_only(client):
    told = client.get("/thuc-dia/manifest.webmanifest")
    assert told["Content-Type"].startswith("application/manifest+json")
    manifest = json.loads(told.content)
    assert (manifest["scope"], manifest["start_url"], manifest["display"]) == ("/thuc-dia/", "/thuc-dia/", "standalone")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    assert all((STATIC / icon["src"].rsplit("/", 1)[1]).exists() for icon in manifest["icons"])


@pytest.mark.django_db
def test_signing_in_from_the_page_leads_back_to_it(world, client):
    world.ksor.set_password("mot mat khau dai")
    world.ksor.save()
    given = {"login": world.ksor.username, "password": "mot mat khau dai", "next": "/thuc-dia/"}
    answer = client.post("/tai-khoan/dang-nhap/?next=%2Fthuc-dia%2F", given)
    assert (answer.status_code, answer["Location"]) == (302, "/thuc-dia/")
    form = client.__class__().get("/tai-khoan/dang-nhap/?next=%2Fthuc-dia%2F").content.decode()
    assert 'value="/thuc-dia/"' in form
