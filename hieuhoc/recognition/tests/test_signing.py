"""Signed statements: what they prove, and that nothing else passes."""

from __future__ import annotations

import json
import stat
from base64 import urlsafe_b64encode
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hieuhoc.recognition import signing
from hieuhoc.recognition.signing import Claim, Forged

CLAIM = Claim(
    "7KQM2RXW94TDH6PC", "FAMILY", 2026, 0, "Kpuih H'Ngưn", "xã Ia Tôr, tỉnh Gia Lai", "57/QĐ-UBND", "2026-11-21"
)


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "keys"


def test_a_statement_reads_back_with_the_public_key():
    assert signing.read(signing.statement(CLAIM), signing.public_keys()) == CLAIM


def test_a_statement_fits_a_code_that_is_read_from_paper():
    assert len(signing.statement(replace(CLAIM, name="Nguyễn Hoàng Thị Tuyết Mai Ánh Nguyệt"))) < 400


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.integers(0, 400), st.sampled_from("AZaz09-_."))
def test_any_changed_letter_is_found_out(place, letter):
    text = signing.statement(CLAIM)
    place %= len(text)
    changed = text[:place] + letter + text[place + 1 :]
    try:
        assert signing.read(changed, signing.public_keys()) == CLAIM
    except Forged:
        assert changed != text


@pytest.mark.parametrize("text", ["", ".", "a.b", "x" * 300, "W10.AAAA", "🎓.🎓", "e30.e30"])
def test_what_is_no_statement_is_forged(text):
    with pytest.raises(Forged, match="Chữ ký số không đúng"):
        signing.read(text, signing.public_keys())


def test_another_installation_proves_nothing_here(settings, tmp_path):
    here = signing.public_keys()
    settings.DATA_DIR = tmp_path / "other"
    with pytest.raises(Forged):
        signing.read(signing.statement(CLAIM), here)


def test_a_claim_under_a_key_that_is_not_ours_is_forged():
    said = json.dumps([1, 99, *CLAIM.__dict__.values()]).encode()
    with pytest.raises(Forged):
        signing.read(f"{urlsafe_b64encode(said).decode()}.AAAA", signing.public_keys())


def test_after_a_rotation_the_new_key_signs_and_the_old_still_proves():
    old = signing.statement(CLAIM)
    assert signing.rotate() == 2
    new = signing.statement(CLAIM)
    assert new != old
    keys = signing.public_keys()
    assert set(keys) == {1, 2}
    assert signing.read(old, keys) == signing.read(new, keys) == CLAIM


def test_the_keys_lie_apart_and_only_the_owner_reads_them(own_keys):
    signing.newest()
    (key,) = own_keys.iterdir()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_text() not in signing.statement(CLAIM)
