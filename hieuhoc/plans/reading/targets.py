"""The targets of a plan: every paragraph that may hold one, sentence by sentence, in the place where it stands.

In a plan with a part "Mục tiêu" they are read there; elsewhere, and in the words of a newspaper, only what is said
to be a goal counts. Figures already reached, criteria, money and law are left. What is read twice is told once.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hieuhoc.plans.reading import figures, outline, words
from hieuhoc.plans.reading.activities import columns_of
from hieuhoc.plans.reading.document import Document
from hieuhoc.plans.reading.figures import Amount
from hieuhoc.plans.reading.grammar import complete, names_of, statement, titles_for
from hieuhoc.plans.reading.outline import Place
from hieuhoc.plans.reading.populations import Counted, counted
from hieuhoc.plans.reading.result import Caution, Span, Target
from hieuhoc.plans.reading.sentence import Sentence, Statement, Subject, is_noun
from hieuhoc.plans.reading.tables import Cell, TargetTable

_NOWHERE = {"past", "money", "report"}
_GOES_ON = re.compile(
    r"(?:[-+*•]|\W*(?:trên\s+|ít nhất\s+|từ\s+)?\d{1,3}(?:[.,]\d)?\s*%|(?:phấn đấu\s+)?(?:đến|tới|giai đoạn)\s"
    r"|đồng thời"
    r"|bên cạnh|ngoài ra|cùng với|riêng|đối với|trong đó|còn\s|về\s|tiếp đó|cũng)"
)
_RUN = re.compile(r"[\s,;/]*(?:(?:và|đạt|là)\s*)?")
_PILOT = re.compile(
    r"thí điểm|mỗi\s+(?:xã|thôn|bản|làng|ấp|buôn|khu|tổ|khóm|huyện|phường|chi hội|năm|đơn vị|dòng"
    r"|hội)[^,;.]{0,40}$|bình quân|làm điểm"
)
_BUILD = re.compile(
    r"(?:xây dựng|có|công nhận|thêm|mới|ít nhất|tối thiểu|đạt|phấn đấu|trên|hơn|:|không dưới)\s*(?:được\s+)?$"
)
_CENTRE = re.compile(r"trung tâm|tthtcđ|học tập cộng đồng")


@dataclass
class Reader:
    """Reads the targets of one document. `first_year` is the first year a target may name."""

    document: Document
    walked: Sequence[outline.Walked]
    first_year: int
    usual_year: int | None = None
    targets: list[Target] = field(default_factory=list)
    cautions: list[Caution] = field(default_factory=list)

    def read(self) -> None:
        """Go through the document once."""
        self.sectioned = False
        self.mood = False
        self.block: list[Target] = []
        self.paragraph: list[Target] = []
        self.batch: list[Target] = []
        self.mentioned: list[Counted] = []
        self.known: set[tuple[object, ...]] = set()
        told: set[int] = set()
        self.sectioned = any(heading and place.section == "targets" for _, place, heading in self.walked)
        self.year: int | None = None
        for line, place, heading in self.walked:
            if heading:
                self.block, self.year, self.mood = [], None, False
            elif line.table is None or len(line.cells) == 1:
                self._paragraph(line.span, place)
            elif line.table not in told:
                told.add(line.table)
                self._table(line.table, place)

    def _table(self, number: int, place: Place) -> None:
        """A table of targets, cell by cell; of another table, the cells that hold sentences."""
        table = TargetTable(self.document, number)
        if place.section in _NOWHERE or any(columns_of(self.document, row) for row in table.rows):
            return
        if not table:
            for row in table.rows:
                for cell in row.cells:
                    if cell.end - cell.start > 25:
                        self._paragraph(cell, place)
            return
        self.paragraph, self.batch = [], []
        self._keep(target for cell in table.cells() if (target := self._in_table(cell, place)))

    def _in_table(self, cell: Cell, place: Place) -> Target | None:
        """The target of a cell, unless its year is past; a number that may be a share is told."""
        year = cell.year or place.setting.year or self.usual_year
        if year and self.first_year - 10 <= year < self.first_year:
            return None
        sentence = self.document.of(cell.row.span)
        if cell.amount is None:
            message = "Bảng không nói số này là tỷ lệ hay số lượng, chưa đọc thành chỉ tiêu."
            self.cautions.append(Caution("unit_unclear", message, sentence, cell.span))
            return None
        one, amount = cell.counts, cell.amount
        return Target(
            one.model, one.measure, one.population, cell.area or place.setting.area, year, amount.comparator,
            amount.value, amount.unit, sentence, cell.span, amount.value_to,
        )  # fmt: skip

    def _paragraph(self, span: Span, place: Place) -> None:
        """The sentences of a paragraph; mood and year go on from one to the next."""
        plain = self.document.plain[span.start : span.end]
        if place.section in _NOWHERE or _rests(plain) or not re.search(r"\d|phần trăm", plain):
            self.mood = False
            return
        strict = self.sectioned and not place.setting.targets
        goal = place.setting.goal if not strict else False
        mood = goal or (not strict and self.mood and bool(_GOES_ON.match(plain)))
        self.paragraph, self.batch, self.mentioned = [], [], []
        year = place.setting.year or self.year
        for sentence in outline.sentences(self.document.text, span):
            setting = replace(place.setting, goal=mood, year=year)
            mood, year = self._sentence(sentence, replace(place, setting=setting), strict)
        self.mood = mood
        self.year = year if self.paragraph and not place.setting.year else None
        self.block += self.paragraph

    def _sentence(self, span: Span, place: Place, strict: bool) -> tuple[bool, int | None]:
        """Read one sentence; give the mood and the year it leaves."""
        text = words.blanked(self.document.plain[span.start : span.end])
        sentence = Sentence(text, words.tokens(text))
        setting = place.setting
        goals = figures.goals(sentence, setting, self.first_year)
        if not sentence.figures:
            return _mood_of(sentence, setting.goal), _year_left(sentence, setting.year)
        years = figures.years(sentence, setting)
        found = _Told(sentence, place, self, years).targets()
        self.mentioned = [one for *_, one in found if one.model]
        kept = []
        for nth, area, amount, one in found:
            target = self._target(sentence, span, nth, years, area, amount, one)
            if goals[nth] and target and not (strict and one.measure not in ("recognise", "register")):
                kept.append(target)
                if one.unclear:
                    self._caution("population_unclear", target)
        self._keep(_without_glosses(kept))
        return _mood_of(sentence, setting.goal), _year_left(sentence, setting.year)

    def _target(
        self,
        sentence: Sentence,
        span: Span,
        nth: int,
        years: Sequence[int | None],
        area: str,
        amount: Amount,
        one: Counted,
    ) -> Target | None:
        """The target of a figure, unless its year is one already past."""
        year = years[nth] or self.usual_year
        if year and self.first_year - 10 <= year < self.first_year:
            return None
        token = sentence.tokens[sentence.figures[nth]]
        where = Span(span.start + token.start, span.start + token.start + len(token.match[0].rstrip()))
        return Target(
            one.model, one.measure, one.population, area, year, amount.comparator, amount.value, amount.unit,
            self.document.of(span), where, amount.value_to,
        )  # fmt: skip

    def _keep(self, found: Iterable[Target]) -> None:
        """Add what was not told before."""
        fresh = list(found)
        self.batch = fresh or self.batch
        self.paragraph += fresh
        for target in fresh:
            if target.key not in self.known:
                self.targets.append(target)
                self.known.add(target.key)

    def earlier(self, needed: int | None, here: Sequence[Counted]) -> list[Counted]:
        """What "các tỷ lệ này" speaks of: the sentence so far, else the last one, the paragraph, the list before it."""
        told = [one for one in dict.fromkeys(here) if one.model]
        if told:
            return told if needed in (None, len(told)) else []
        for scope in (self.batch, self.paragraph, self.paragraph + self.block, self.mentioned):
            distinct = list(dict.fromkeys(_counted_in(scope)))
            if distinct and (needed is None or len(distinct) == needed):
                return distinct
        return []

    def _caution(self, code: str, target: Target) -> None:
        message = "Câu không nói rõ tính trên nhóm người nào; cần chọn lại mẫu số."
        self.cautions.append(Caution(code, message, target.sentence, target.span))

    def unmatched(self, sentence: Sentence) -> None:
        """Say that several values stand with another number of subjects; nothing is read from them."""
        self.cautions.append(
            Caution(
                "values_unmatched",
                "Số tỷ lệ không khớp với số đối tượng được nêu, chưa đọc thành chỉ tiêu.",
                sentence.text,
            )
        )


def _counted_in(scope: Iterable[Target | Counted]) -> Iterator[Counted]:
    """What general, absolute targets count, or what was merely mentioned."""
    for one in scope:
        if isinstance(one, Counted):
            yield one
        elif one.model and one.comparator != "relative" and one.area == "general":
            yield Counted(one.model, one.measure, one.population)


def _rests(plain: str) -> bool:
    """Whether a paragraph only names what the plan rests on; "Thực hiện Quyết định này, tỉnh phấn đấu …" does not."""
    return outline.is_basis(plain) and (plain.endswith((";", ":", ",")) or "%" not in plain)


def _mood_of(sentence: Sentence, mood: bool) -> bool:
    """The mood a sentence leaves behind."""
    for token in sentence.tokens:
        if token.kind in ("GOAL", "PAST"):
            mood = token.kind == "GOAL"
    return mood


def _year_left(sentence: Sentence, year: int | None) -> int | None:
    """The year that goes on to the next sentence: one said at the front of this one."""
    first = sentence.figures[0] if sentence.figures else len(sentence.tokens)
    ahead = [said for token in sentence.tokens[:first] if (said := figures.year_of(token))]
    return ahead[-1] if ahead else year


def _without_glosses(found: list[Target]) -> list[Target]:
    """ "đạt 70%, tăng 5% so với năm 2020" asks one thing: the rise only explains the share."""
    firm = {(one.model, one.measure, one.population, one.area) for one in found if one.comparator != "relative"}
    return [
        one
        for one in found
        if one.comparator != "relative" or (one.model, one.measure, one.population, one.area) not in firm
    ]


class _Told:
    """The statements of one sentence, with lists of values given to lists of subjects."""

    def __init__(self, sentence: Sentence, place: Place, reader: Reader, years: list[int | None]):
        self.sentence, self.place, self.reader, self.years = sentence, place, reader, years
        self.told = complete(sentence, [statement(sentence, nth) for nth in range(len(sentence.figures))])
        self.runs = _runs(sentence, self.told)

    def targets(self) -> list[tuple[int, str, Amount, Counted]]:
        """Each figure with its area, its amount and what it counts."""
        resets = [last + 1 for first, last in self.runs if last > first]
        areas = figures.areas(self.sentence, self.place.setting, resets)
        found: list[tuple[int, str, Amount, Counted]] = []
        for first, last in self.runs:
            self.here = [one for _, area, _, one in found if area == "general"]
            for nth, counts in self._counts(first, last, areas):
                amount = figures.amount(self.sentence, nth)
                if amount and counts:
                    found += [(nth, areas[nth], amount, one) for one in counts]
        return found

    def _counts(self, first: int, last: int, areas: Sequence[str]) -> list[tuple[int, list[Counted]]]:
        """What each figure of a run counts."""
        back = self._backwards(first, areas)
        if last == first:
            return [(first, self._back(first) if back else self._single(first))]
        nths = range(first, last + 1)
        one = self.told[first]
        shared = one is not None and one.shares
        subjects = self.reader.earlier(len(nths), self.here) if back else self._subjects(first)
        subjects = self._single(last) if shared else subjects
        named = self._years(first, last)
        if len(subjects) == 1 and len(named) == len(nths):
            self.years[first : last + 1] = named
            return [(nth, subjects) for nth in nths]
        if len(subjects) == len(nths):
            return [(nth, [one]) for nth, one in zip(nths, subjects, strict=True)]
        if subjects or back:
            self.reader.unmatched(self.sentence)
        return []

    def _backwards(self, nth: int, areas: Sequence[str]) -> bool:
        """Whether a figure speaks of the shares told before."""
        left = [self.sentence.tokens[i] for i in self.sentence.left(nth)]
        if any(token.kind == "BACKREF" for token in left):
            return not any(token.kind in ("MODEL", "JOINT") for token in left)
        one = self.told[nth]
        if one is None or one.after or areas[nth] == self.place.setting.area:
            return False
        if any(is_noun(self.sentence.tokens[i]) for i in self.sentence.own_left(nth)):
            return False
        return nth == 0 or not self.sentence.bracketed(self.sentence.figures[nth]) or self._said_before(nth)

    def _said_before(self, nth: int) -> bool:
        """Whether what the figure before asks has been said when this one comes."""
        return any(self.sentence.tokens[i].kind == "MODEL" for i in self.sentence.left(nth))

    def _back(self, nth: int) -> list[Counted]:
        amount = figures.amount(self.sentence, nth)
        relative = amount is not None and amount.comparator == "relative"
        counts = self.reader.earlier(None if relative else 1, self.here)
        if not counts and self.here:
            self.reader.unmatched(self.sentence)
        return counts

    def _single(self, nth: int) -> list[Counted]:
        one = self.told[nth]
        if one is None or (one.figure.kind == "COUNT" and not self._real_count(one, nth)):
            return []
        place = self.place
        if not one.after and not one.subject.models and place.subject:
            one = replace(one, subject=_under(one.subject, place.subject))
        if not one.subject.models and place.subject.models:
            one = replace(one, subject=replace(one.subject, models=titles_for(one.subject, place.subject.models)))
        if one.measure is None and place.measure and one.subject:
            one = replace(one, measure=place.measure)
        learning = place.learning or "học tập" in self.sentence.text
        centre = bool(_CENTRE.search(self.sentence.text))
        return counted(one, learning=(learning and place.measure is not None) or one.learning, centre=centre)

    def _real_count(self, one: Statement, nth: int) -> bool:
        """Whether a number of subjects is asked for, not told in passing or tried out."""
        before = self.sentence.text[: one.figure.start]
        earlier = self.told[nth - 1] if nth else None
        if earlier and earlier.figure.kind == "COUNT" and re.search(r"(?:[,;]|(?<!\w)và)\s*$", before):
            return self._real_count(earlier, nth - 1)
        if _PILOT.search(self.sentence.text[max(0, one.figure.start - 80) : one.figure.start]):
            return False
        return one.measure is not None or bool(_BUILD.search(before))

    def _subjects(self, first: int) -> list[Counted]:
        """The subjects listed before a run of values."""
        tokens = [self.sentence.tokens[i] for i in self.sentence.left(first) if is_noun(self.sentence.tokens[i])]
        models = list(dict.fromkeys(name for token in tokens for name in names_of(token) if name.isupper()))
        one = self.told[first]
        if one is None:
            return []
        measure = one.measure or self.place.measure
        if models:
            subjects = [replace(one.subject, models=(model,)) for model in models]
        else:
            subjects = [Subject((), (token.name,)) for token in tokens]
        told = [replace(one, subject=subject, measure=measure) for subject in subjects]
        return [count for each in told for count in counted(each, learning=True, centre=False)]

    def _years(self, first: int, last: int) -> list[int]:
        """The years named around a run, in order."""
        around = [*self.sentence.left(first), *self.sentence.right(last)]
        return [year for i in around if (year := figures.year_of(self.sentence.tokens[i]))]


def _under(own: Subject, heading: Subject) -> Subject:
    """A subject under a heading that names the title."""
    return replace(
        heading,
        pops=own.pops or heading.pops,
        group=own.group or heading.group,
        registered=own.registered or heading.registered,
    )


def _runs(sentence: Sentence, told: Sequence[Statement | None]) -> list[tuple[int, int]]:
    """Figures that follow each other with nothing between, as first and last."""
    runs: list[tuple[int, int]] = []
    for nth in range(len(sentence.figures)):
        if runs and runs[-1][1] == nth - 1 and _follows(sentence, nth, told):
            runs[-1] = (runs[-1][0], nth)
        else:
            runs.append((nth, nth))
    return runs


def _follows(sentence: Sentence, nth: int, told: Sequence[Statement | None]) -> bool:
    one, earlier = told[nth], told[nth - 1]
    if one is not None and one.after and not (earlier and earlier.shares):
        return False
    gap = sentence.gap(sentence.figures[nth - 1], sentence.figures[nth])
    return _RUN.fullmatch(gap) is not None
