"""One sentence into statements: every figure with whom it is said of, what is asked of them, by when and where.

Two orders are written. The figure first: "70% gia đình được công nhận đạt …"; what is asked may stand once, after
the last of several figures. The subject first: "“Gia đình học tập”: đăng ký trên 70%, đạt danh hiệu trên 50%". A
figure followed by any other noun is of something else and is left.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from hieuhoc.plans.reading.sentence import Sentence, Statement, Subject, figure_leads, is_noun
from hieuhoc.plans.reading.words import BARE, Token

_IN = re.compile(
    r"\s*(?:(?:đang|sinh sống|làm việc|công tác|của|hộ)\s+)*(?:ở|trong|thuộc|tại|của|đối với)\s+"
    r"(?:(?:các|những|mô hình|danh hiệu)\s+)*"
)
_SEPARATOR = re.compile(r"\s*(?:[,/]|\.(?=\s+[^\s]))?\s*(?:(?:và|hoặc|hay)\s+)?(?:(?:các|số|những)\s+)*")
_ENDS_HERE = re.compile(
    r"\s*(?:$|[,.;:)(/|]|(?:trở lên|và|vào|trong (?:năm|giai đoạn)|đến|năm|so với|hằng năm|hàng năm|mỗi năm"
    r"|trên tổng|đối với"
    r"|còn|ở|tại|lên|trên (?:địa bàn|toàn)|đăng ký|đạt danh hiệu|được công nhận|tương đương|theo kế hoạch này)(?!\w))"
)
_ANOTHER_PREDICATE = re.compile(
    r"\s*(?:đều\s+)?(?:phải|có(?! chất)|biết|sử dụng|thành thạo|được(?![^,;.]{0,40}công nhận)|là(?!\s*(?:\d|trên"
    r"|từ|ít nhất|hơn|khoảng|$))|đều)(?!\w)"
)
_EMPTY = re.compile(
    r"(?:[\s,;./()-]|(?:và|trên|địa bàn|cấp|xã|phường|huyện|tỉnh|thôn|toàn|thuộc|trong|của|ở|tại|các|số"
    r"|tương đương|khác|đó|còn"
    r"|quản lý|đạt|từ|ít nhất|tối thiểu|phấn đấu|có|khoảng|hơn|phải|tiến tới|lộ trình|là|sẽ)(?!\w))*"
)
PEOPLE = {"workers", "staff", "citizens", "people_over"}
_GROUPS = {"FAMILY", "CLAN", "COMMUNITY", "households", "clans", "communities", "residential"}
_OFFICES = {"ORGANISATION", "organisations"}
BEARERS = {
    "FAMILY": {"households", "member_households"},
    "CLAN": {"clans"},
    "COMMUNITY": {"communities", "residential", "communes", "districts", "provinces"},
    "ORGANISATION": {"organisations", "religious", "hometown", "association"},
    "COMMUNE": {"communes"},
    "DISTRICT": {"districts"},
    "PROVINCE": {"provinces"},
}
_ASKS = {"REGISTER": "register", "RECOGNISE": "recognise", "TRAIN": "train", "TAKE_PART": "take_part",
         "ORGANISE": "organise", "OTHER": "other"}  # fmt: skip


def statement(sentence: Sentence, nth: int) -> Statement | None:
    """What the nth figure says by itself; None where it is of something no plan of learning speaks of."""
    at = sentence.figures[nth]
    right = sentence.right(nth)
    if figure_leads(sentence, nth):
        return _figure_first(sentence, nth)
    if right and is_noun(sentence.tokens[right[0]]) and _IN.fullmatch(sentence.gap(at, right[0])):
        return _group_after(sentence, nth)
    if not _ENDS_HERE.match(sentence.text, sentence.tokens[at].end):
        return None
    told = _subject_first(sentence, nth)
    behind = _ASKS.get(sentence.tokens[right[0]].kind) if right and not sentence.gap(at, right[0]).strip() else None
    return replace(told, measure=behind) if behind in ("register", "recognise") else told


def _figure_first(sentence: Sentence, nth: int) -> Statement | None:
    """A figure, then its subject, then what is asked."""
    right = sentence.right(nth)
    subject, at = noun_phrase(sentence, right.start, right.stop)
    measure, models, registered = asked(sentence, range(at, right.stop))
    figure = sentence.tokens[sentence.figures[nth]]
    generic = sentence.of_titles
    if measure is None:
        tail = sentence.tail(at - 1, right.stop)
        nothing = _EMPTY.fullmatch(re.split(r"[,;]", tail)[0]) or _year_or_place(sentence, at, right.stop)
        if not (nothing or _of_registered(sentence, at)):
            return None
        before = _subject_first(sentence, nth)
        if before.measure and before.measure != "other":
            told = replace(
                subject, models=subject.models or before.subject.models, registered=_of_registered(sentence, at)
            )
            return Statement(figure, told, before.measure, True, before.learning)
        titles = subject.models or titles_for(subject, before.subject.models)
        return Statement(figure, replace(subject, models=titles), None, True, generic)
    if measure == "register" and not models and not subject.models:
        before = _subject_first(sentence, nth)
        if before.measure == "recognise":
            told = replace(subject, models=before.subject.models, registered=True)
            return Statement(figure, told, "recognise", True, before.learning)
    titles = tuple(models) or subject.models
    return Statement(figure, replace(subject, models=titles, registered=registered), measure, True, generic)


def _year_or_place(sentence: Sentence, at: int, stop: int) -> bool:
    """Whether only years and areas stand after the subject."""
    return at < stop and sentence.tokens[at].kind in ("YEAR", "AREA", "PLAIN_AREA", "PERIOD", "SINCE")


def _of_registered(sentence: Sentence, at: int) -> bool:
    return at < len(sentence.tokens) and sentence.tokens[at].kind == "REGISTER"


def _group_after(sentence: Sentence, nth: int) -> Statement:
    """ "Công dân học tập: 40% trong gia đình, 60% trong đơn vị"."""
    right = sentence.right(nth)
    told, _ = noun_phrase(sentence, right.start, right.stop)
    before = _subject_first(sentence, nth)
    people = tuple(pop for pop in told.pops if pop in PEOPLE)
    group = told.group or group_of([*told.models, *told.pops])
    return replace(before, subject=replace(before.subject, pops=people or before.subject.pops, group=group))


def _subject_first(sentence: Sentence, nth: int) -> Statement:
    """A subject and what is asked, then the figure; either may be missing and stand before an earlier figure."""
    left = sentence.own_left(nth)
    figure = sentence.tokens[sentence.figures[nth]]
    subject = subject_before(sentence, left)
    measure, _, registered = asked(sentence, left)
    return Statement(figure, replace(subject, registered=registered), measure, False, sentence.of_titles)


def noun_phrase(sentence: Sentence, at: int, stop: int) -> tuple[Subject, int]:
    """The nouns listed from token `at`, with the groups people are in; and the token after them."""
    names, after = _listed(sentence, at, stop)
    models = tuple(name for name in names if name.isupper())
    pops = tuple(name for name in names if not name.isupper())
    group = ""
    if (
        PEOPLE & set(pops)
        and after < stop
        and is_noun(sentence.tokens[after])
        and _IN.fullmatch(sentence.gap(after - 1, after))
    ):
        inside, after = _listed(sentence, after, stop)
        group = group_of(inside)
    return Subject(models, pops, group), after


def _listed(sentence: Sentence, at: int, stop: int) -> tuple[list[str], int]:
    """Names of the nouns that follow each other as a list, and the token after it."""
    names = names_of(sentence.tokens[at])
    at += 1
    while at < stop and is_noun(sentence.tokens[at]) and _SEPARATOR.fullmatch(sentence.gap(at - 1, at)):
        names += names_of(sentence.tokens[at])
        at += 1
    return names, at


def names_of(token: Token) -> list[str]:
    """The models or the population a token names."""
    if token.kind == "JOINT":
        said = token.match[0]
        return [model for _, model in sorted((said.find(word), model) for word, model in BARE.items() if word in said)]
    return [token.name]


def group_of(names: Sequence[str]) -> str:
    """Inside which recognised groups people are counted: "groups", "offices" or ""."""
    if _GROUPS & set(names):
        return "groups"
    return "offices" if _OFFICES & set(names) else ""


def subject_before(sentence: Sentence, left: range) -> Subject:
    """The subject among the tokens before a figure: the title nearest to it, people with the groups they are in."""
    nouns = [i for i in left if is_noun(sentence.tokens[i])]
    if not nouns:
        return Subject()
    citizen = any(sentence.tokens[i].name == "CITIZEN" for i in nouns)
    people = [i for i in nouns if sentence.tokens[i].name in PEOPLE]
    grouped = _grouped(sentence, nouns, left.stop, people)
    if citizen or (grouped.group and people):
        return replace(grouped, models=("CITIZEN",))
    if grouped.group:
        return grouped
    models, pops = _nearest(sentence, nouns)
    return Subject(tuple(models), tuple(pops))


def _grouped(sentence: Sentence, nouns: Sequence[int], stop: int, people: Sequence[int]) -> Subject:
    """People and the groups they are in: "người lao động trong …", "Công dân học tập trong …", "trong đơn vị"."""
    pops = tuple(dict.fromkeys(sentence.tokens[i].name for i in people))
    for i in nouns:
        before = sentence.text[: sentence.tokens[i].start]
        if sentence.tokens[i].name != "CITIZEN" and re.search(
            r"(?:^|[\s(,;])(?:trong|thuộc|ở"
            r"|tại)\s+(?:các\s+)?$",
            before,
        ):
            inside, _ = _listed(sentence, i, stop)
            group = group_of(inside)
            if group and (people or _citizen_or_nothing(sentence, nouns, i)):
                return Subject((), pops, group)
    return Subject((), pops)


def _citizen_or_nothing(sentence: Sentence, nouns: Sequence[int], i: int) -> bool:
    """Whether the noun before this one is the title of citizens, or there is none."""
    earlier = [j for j in nouns if j < i]
    return not earlier or sentence.tokens[earlier[-1]].name == "CITIZEN"


def _nearest(sentence: Sentence, nouns: Sequence[int]) -> tuple[list[str], list[str]]:
    """The titles nearest the figure where there are any, and the populations named."""
    models: list[str] = []
    pops = [sentence.tokens[i].name for i in nouns if sentence.tokens[i].kind == "POP"]
    titled = [i for i in nouns if sentence.tokens[i].kind != "POP"]
    for place, i in enumerate(reversed(titled)):
        if place and not _SEPARATOR.fullmatch(sentence.gap(i, titled[-place])):
            break
        models = names_of(sentence.tokens[i]) + models
    return models, pops


def asked(sentence: Sentence, among: range) -> tuple[str | None, list[str], bool]:
    """What is asked by the first verb among these tokens, the titles after it, and whether of registered ones."""
    for i in among:
        measure = _ASKS.get(sentence.tokens[i].kind)
        if measure is None or _is_denominator(sentence, i):
            continue
        registered = any(_is_denominator(sentence, j) for j in among if sentence.tokens[j].kind == "REGISTER")
        if measure == "register":
            measure, i, registered = _registered(sentence, i, among, registered)
        models, after = _titles_after(sentence, i, among.stop)
        if measure in ("register", "recognise"):
            if not models and i + 1 < among.stop and sentence.tokens[i + 1].kind == "OTHER":
                return "other", [], False
            if models and _ANOTHER_PREDICATE.match(sentence.text, sentence.tokens[after - 1].end):
                return "other", [], False
        return measure, models, registered
    return None, [], False


def _is_denominator(sentence: Sentence, i: int) -> bool:
    """Whether "đăng ký" here tells which ones are counted: "trên tổng số hộ đăng ký"."""
    token = sentence.tokens[i]
    if token.kind != "REGISTER":
        return False
    before = sentence.text[max(0, token.start - 60) : token.start]
    return bool(
        re.search(r"(?:trên|so với|trong|/)\s*(?:tổng\s+)?số\s+[^,;%]{0,40}$|(?:trong số|tổng số)[^,;%]{0,30}$", before)
    )


def _registered(sentence: Sentence, i: int, among: range, registered: bool) -> tuple[str, int, bool]:
    """Registering itself, or recognition of those who registered: "dòng họ đăng ký được công nhận"."""
    for j in range(i + 1, among.stop):
        if sentence.tokens[j].kind == "RECOGNISE":
            between = sentence.text[sentence.tokens[i].end : sentence.tokens[j].start]
            if re.search(r"(?<!\w)và\s*(?:phấn đấu\s*)?$", between):
                return "recognise", j, registered
            if re.search(r"[,;:]", between) or "công nh" not in sentence.tokens[j].match[0]:
                break
            return "recognise", j, True
    return "register", i, registered


def _titles_after(sentence: Sentence, i: int, stop: int) -> tuple[list[str], int]:
    """The titles listed after the verb at `i`, and the token after them."""
    for at in range(i + 1, stop):
        if sentence.tokens[at].kind in ("MODEL", "JOINT"):
            names, after = _listed(sentence, at, stop)
            return [name for name in names if name.isupper()], after
        if sentence.tokens[at].kind in _ASKS:
            break
    return [], i + 1


def _values_of_one_noun(sentence: Sentence, told: list[Statement | None]) -> None:
    """ "70% và 80% gia đình": a figure right before one with a noun shares it."""
    for nth in range(len(told) - 2, -1, -1):
        one, later = told[nth], told[nth + 1]
        if not (one and later and later.after) or sentence.left(nth + 1) or not _says_nothing(one):
            continue
        if re.fullmatch(r"\s*(?:và|,|/)\s*", sentence.gap(sentence.figures[nth], sentence.figures[nth + 1])):
            told[nth] = replace(later, figure=one.figure, shares=True)


def _says_nothing(one: Statement) -> bool:
    """Whether a figure names nothing but, perhaps, the area it is in: "toàn xã có 70%"."""
    named = one.subject.models or one.subject.group or set(one.subject.pops) - {"communes", "districts", "provinces"}
    return not (one.after or one.measure or named)


def complete(sentence: Sentence, told: list[Statement | None]) -> list[Statement | None]:
    """Lend what is asked to figures that leave it to a later one, and subject or measure from an earlier one."""
    for nth in range(len(told) - 2, -1, -1):
        one, later = told[nth], told[nth + 1]
        if one and later and one.after and later.after and one.measure is None and later.measure:
            told[nth] = replace(
                one,
                measure=later.measure,
                learning=later.learning,
                subject=replace(
                    one.subject, models=one.subject.models or titles_for(one.subject, later.subject.models)
                ),
            )
    _values_of_one_noun(sentence, told)
    titles = [title for one in told if one for title in one.subject.models]
    for nth, one in enumerate(told):
        if one and one.after and one.measure in ("register", "recognise") and not one.subject.models:
            told[nth] = replace(one, subject=replace(one.subject, models=titles_for(one.subject, titles)))
    for nth in range(1, len(told)):
        one, earlier = told[nth], _last(told[:nth])
        inside = one and one.measure is None and sentence.bracketed(sentence.figures[nth])
        if one and earlier and (inside or not one.after):
            told[nth] = _inherited(one, earlier)
    return told


def titles_for(own: Subject, titles: Sequence[str]) -> tuple[str, ...]:
    """Titles said elsewhere in the sentence that these people or bodies can bear: one title is not another's."""
    if PEOPLE & set(own.pops):
        return ("CITIZEN",) if "CITIZEN" in titles else ()
    return tuple(title for title in dict.fromkeys(titles) if title != "CITIZEN" and set(own.pops) & BEARERS[title])


def _last(told: Sequence[Statement | None]) -> Statement | None:
    return next((one for one in reversed(told) if one), None)


def _inherited(one: Statement, earlier: Statement) -> Statement:
    """A figure that names no subject speaks of the last one; no measure, of the last measure."""
    if not one.subject:
        subject = earlier.subject
    elif one.subject.group and not one.subject.pops and "CITIZEN" in earlier.subject.models:
        subject = replace(one.subject, models=("CITIZEN",))
    else:
        titles = one.subject.models or titles_for(one.subject, earlier.subject.models)
        subject = replace(one.subject, models=titles)
    return replace(
        one,
        subject=subject,
        measure=one.measure or earlier.measure,
        learning=one.learning or earlier.learning or bool(earlier.subject.models),
    )
