"""The command for the first administrator: a link told once, no password, reasons for refusals."""

import json

import pytest
from django.core.management import CommandError, call_command

from hieuhoc.accounts import actions
from hieuhoc.accounts.access import can
from hieuhoc.accounts.models import Role, User

MAKE = ["make", "Dau.Tien", "--name", "Siu Phương", "--role", "administrator", "--place", "23908"]


def run(*words) -> dict:
    from io import StringIO

    out = StringIO()
    call_command("account", *words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_first_administrator_gets_a_link_that_works(world):
    told = run(*MAKE)["account"]
    user = User.objects.get(username="dau.tien")
    assert (told["username"], told["name"]) == ("dau.tien", "Siu Phương")
    assert can(user, "accounts.manage", world.ring.pk) and not user.has_usable_password()
    token = told["link"].rstrip("/").rsplit("/", 1)[1]
    assert actions.open_invitation(token).user == user


def test_without_json_the_link_stands_on_its_own_line(world, capsys):
    call_command("account", *MAKE)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Tài khoản: dau.tien (Siu Phương)" and lines[2].startswith("http")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"23908": "00000"}, "không có địa bàn mã «00000»"),
        ({"administrator": "village_recorder"}, "phải gắn với: thôn"),
        ({"Dau.Tien": "minh"}, "đã có người dùng"),
    ],
)
def test_a_refusal_is_exit_one_with_its_reason(world, words, said):
    with pytest.raises(CommandError, match=said) as refusal:
        call_command("account", *[words.get(word, word) for word in MAKE])
    assert refusal.value.returncode == 1


def test_a_refusal_with_json_is_one_object(world, capsys):
    with pytest.raises(CommandError):
        call_command("account", *MAKE[:-1], "00000", "--json")
    assert "00000" in json.loads(capsys.readouterr().out)["refused"]["message"]


def test_a_new_link_takes_the_old_password_back(world, signed):
    signed()
    told = run("link", "MINH")["account"]
    world.minh.refresh_from_db()
    assert told["username"] == "minh" and not world.minh.has_usable_password()


def test_a_link_for_nobody_is_refused(world):
    with pytest.raises(CommandError, match="Không có tài khoản «ai-do»"):
        call_command("account", "link", "ai-do")


@pytest.mark.parametrize("words", [[], ["make"], [*MAKE[:6], "king", *MAKE[7:]], ["eat"]])
def test_wrong_usage_is_told(words):
    with pytest.raises(CommandError, match=r"Error|invalid|required"):
        call_command("account", *words)


def test_the_national_code_names_the_nation(world):
    run("make", "trung.uong", "--name", "Đỗ Tùng", "--role", Role.ADMINISTRATOR, "--place", "vn")
    assert can(User.objects.get(username="trung.uong"), "accounts.manage", world.dor.pk)
