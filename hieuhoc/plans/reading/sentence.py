"""A sentence of a plan with its tokens and figures, and what a figure says: whom it is of, what is asked. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hieuhoc.plans.reading.words import TITLES, Token

FILL = re.compile(
    r"\s*(?:trở lên\s*)?(?:\(\s*\d[^)]*\)\s*)?(?:(?:trở lên|số|tổng số|trên tổng số|trong tổng số|trong số|các"
    r"|những|lượng"
    r"|tỷ lệ|tổng|là|mới|lượt)\s+)*"
)
CLAUSE = re.compile(r"[,;:(]|(?<!\w)(?:và|còn|trong đó|phấn đấu|riêng)(?!\w)")


@dataclass(frozen=True)
class Subject:
    """Whom a figure is said of: titles, kinds of people or bodies, inside which groups, whether registered ones."""

    models: tuple[str, ...] = ()
    pops: tuple[str, ...] = ()
    group: str = ""
    registered: bool = False

    def __bool__(self) -> bool:
        return bool(self.models or self.pops or self.group)


@dataclass(frozen=True)
class Statement:
    """A figure with its subject and what is asked; `figure` is the token in the sentence."""

    figure: Token
    subject: Subject = Subject()
    measure: str | None = None
    after: bool = False
    learning: bool = False
    shares: bool = False


@dataclass
class Sentence:
    """A blanked sentence with its tokens, and the places of its figures among them."""

    text: str
    tokens: Sequence[Token]
    figures: list[int] = field(init=False)
    of_titles: bool = field(init=False)

    def __post_init__(self) -> None:
        self.figures = [at for at, token in enumerate(self.tokens) if token.kind in ("VALUE", "COUNT")]
        self.of_titles = TITLES.search(self.text) is not None

    def gap(self, one: int, two: int) -> str:
        """The text between two tokens."""
        return self.text[self.tokens[one].end : self.tokens[two].start]

    def left(self, nth: int) -> range:
        """The tokens between the figure before and the nth figure."""
        return range(self.figures[nth - 1] + 1 if nth else 0, self.figures[nth])

    def right(self, nth: int) -> range:
        """The tokens between the nth figure and the next; one in brackets does not end what an outer one says."""
        later = (at for at in self.figures[nth + 1 :] if self.bracketed(self.figures[nth]) or not self.bracketed(at))
        return range(self.figures[nth] + 1, next(later, len(self.tokens)))

    def bracketed(self, at: int) -> bool:
        """Whether a token stands in brackets."""
        before = self.text[: self.tokens[at].start]
        return before.count("(") > before.count(")")

    def own_left(self, nth: int) -> range:
        """The tokens before a figure that speak of it: not those that end what a figure before it says."""
        left = self.left(nth)
        if nth == 0 or not figure_leads(self, nth - 1):
            return left
        begin = self.tokens[self.figures[nth - 1]].end
        said = self.text[begin : self.tokens[self.figures[nth]].start]
        cut = max((match.end() for match in CLAUSE.finditer(said)), default=len(said))
        return range(next((i for i in left if self.tokens[i].start >= begin + cut), left.stop), left.stop)

    def tail(self, at: int, until: int) -> str:
        """The text from the end of token `at` to the start of token `until` (or to the end)."""
        return self.text[self.tokens[at].end : self.tokens[until].start if until < len(self.tokens) else None]


def figure_leads(sentence: Sentence, nth: int) -> bool:
    """Whether the nth figure stands before its subject: "70% gia đình"."""
    right = sentence.right(nth)
    if not right or not is_noun(sentence.tokens[right[0]]):
        return False
    return FILL.fullmatch(sentence.gap(sentence.figures[nth], right[0])) is not None


def is_noun(token: Token) -> bool:
    """Whether the token names a title, a population or several titles at once."""
    return token.kind in ("MODEL", "POP", "JOINT")
