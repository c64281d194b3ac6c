"""Certificates of titles: the words as printed, the code, and the signed statement in the QR.

The words are those kept with the title; number and day come from its decision once it is signed. A certificate made
before is a proof sheet: it is signed and sealed by hand on paper, and its QR says that much and no more.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from hieuhoc.common.dates import vn_date
from hieuhoc.documents.certificates import Certificate
from hieuhoc.recognition import queries, rules, signing
from hieuhoc.recognition.models import Decision, Recognition


def of(titles: Iterable[Recognition], decision: Decision, *, copy: bool = False) -> list[Certificate]:
    """Titles of one decision in; out their certificates, in the same order; `copy` marks a reprint."""
    return [certificate(title, decision, dict(title.printed), copy=copy) for title in titles]


def now(title: Recognition, *, copy: bool) -> Certificate:
    """The certificate of a title as it reads today: with its corrections, and the decision that made the latest."""
    latest = title.corrections.select_related("decision").order_by("decision__day", "pk").last()
    words = queries.printed_now(title)
    return certificate(title, title.decision, words, copy=copy, put_right=latest.decision if latest else None)


def certificate(
    title: Recognition, decision: Decision, words: dict, *, copy: bool, put_right: Decision | None = None
) -> Certificate:
    """One certificate from the words kept (corrections laid over them by who asks).

    ``put_right`` is the later decision that corrected them: it is named, and the paper is of its day and signer.
    """
    shared = decision.wording
    signer = (put_right or decision).wording.get("signer", "")
    return Certificate(
        authority=decision.body,
        subject=words["subject"],
        name=words["name"],
        place=words["address"],
        title=words["title"],
        year=title.year,
        number=words["number"],
        code=rules.show_code(title.code),
        url=address(title, decision, words),
        issued_place=shared["issued_place"],
        signing=tuple(shared["signing"]),
        signer=signer,
        day=decision.day,
        decision_number=decision.number or None,
        decision_symbol=decision.symbol,
        until=rules.last_day(decision.day, title.validity_months) if decision.day else None,
        illustrative=words["illustrative"],
        demonstration=shared["demonstration"],
        copy=copy,
        corrected=_named(put_right) if put_right else "",
        issued_on=put_right.day if put_right else None,
    )


def _named(decision: Decision) -> str:
    return f"{decision.number}/{decision.symbol} ngày {vn_date(decision.day)}" if decision.day else ""


def address(title: Recognition, decision: Decision, words: dict) -> str:
    """What the QR says: the public page of the code, and behind the # the signed statement, never sent to a server."""
    return f"{public_page(title)}#{signing.statement(claim(title, decision, words))}"


def public_page(title: Recognition) -> str:
    """The address of the public page of a title's code."""
    return f"{settings.PUBLIC_ADDRESS}/xac-nhan/{title.code}"


def claim(title: Recognition, decision: Decision, words: dict) -> signing.Claim:
    """What is signed: who, where (commune and province), which title, by which decision."""
    return signing.Claim(
        code=title.code,
        model=title.model,
        year=title.year,
        level=title.level or 0,
        name=words["name"],
        place=", ".join(words["address"].split(", ")[-2:]),
        decision=f"{decision.number}/{decision.symbol}" if decision.day else "",
        day=decision.day.isoformat() if decision.day else "",
    )
