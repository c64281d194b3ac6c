"""The trimming of the stylesheet keeps what is used and stays well formed."""

import pytest

from hieuhoc.web import vendor


@pytest.mark.parametrize(
    ("style", "kept"),
    [
        (".card{color:red}", ".card{color:red}"),
        (".carousel-item{color:red}", ""),
        (".card,.carousel{color:red}", ".card{color:red}"),
        ("@media (min-width:1px){.carousel{color:red}}", ""),
        ("@media (min-width:1px){.carousel{a:b}.row{a:b}}", "@media (min-width:1px){.row{a:b}}"),
        ("@keyframes x{0%{a:b}to{a:c}}", "@keyframes x{0%{a:b}to{a:c}}"),
        ('@charset "UTF-8";.row{a:b}', '@charset "UTF-8";.row{a:b}'),
        ('.row{content:"}"}.carousel{a:b}', '.row{content:"}"}'),
        (".btn:not(.carousel,.x),.row{a:b}", ".row{a:b}"),
        ("/* note */.row{a:b}", ".row{a:b}"),
        ("/*! MIT */.row{a:b}", "/*! MIT */.row{a:b}"),
        (".col-sm-6{a:b}", ".col-sm-6{a:b}"),
    ],
)
def test_only_rules_of_unused_widgets_go(style, kept):
    assert vendor.trimmed(style) == kept


def test_an_unclosed_block_is_an_error():
    with pytest.raises(ValueError, match="unclosed"):
        vendor.trimmed(".row{a:b")


@pytest.mark.skipif(not vendor.PACKAGES.is_dir(), reason="Chưa có node_modules: chạy npm ci")
def test_what_is_brought_is_what_pages_ask_for(tmp_path, monkeypatch):
    monkeypatch.setattr(vendor, "TARGET", tmp_path / "vendor")
    assert vendor.main() == 0
    brought = {path.name for path in vendor.TARGET.iterdir()}
    assert {"tabler.css", "fonts.css", "htmx.min.js"} <= brought
    style = (vendor.TARGET / "tabler.css").read_text()
    assert style.count("{") == style.count("}")
    for name in (".card", ".btn", ".form-control", ".row", ".mb-3", ".visually-hidden"):
        assert name in style
    assert ".carousel-item{" not in style
    assert len(style) < 450_000
    assert "MIT" in style[:400]


def test_without_npm_ci_a_plain_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(vendor, "PACKAGES", tmp_path)
    monkeypatch.setattr(vendor, "TARGET", tmp_path / "target")
    assert vendor.main() == 1
    assert "npm ci" in capsys.readouterr().err
