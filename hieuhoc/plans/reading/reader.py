"""From the bytes of a file to a `ReadPlan`: its blocks first, then head, targets, activities, duties and cautions."""

from collections.abc import Sequence

from hieuhoc.plans.reading.activities import read_activities
from hieuhoc.plans.reading.cautions import cautions
from hieuhoc.plans.reading.document import build
from hieuhoc.plans.reading.duties import read_duties
from hieuhoc.plans.reading.head import read_head
from hieuhoc.plans.reading.lines import Block
from hieuhoc.plans.reading.outline import walk
from hieuhoc.plans.reading.result import Head, ReadPlan
from hieuhoc.plans.reading.source import blocks_in
from hieuhoc.plans.reading.targets import Reader

EARLIEST = 2012


def read(data: bytes, name: str = "") -> ReadPlan:
    """What the plan in this file says; raises `Refused`. The content decides, not the name."""
    blocks, encoding = blocks_in(data, name)
    return read_blocks(blocks, encoding)


def read_blocks(blocks: Sequence[Block], encoding: str = "unicode") -> ReadPlan:
    """What these paragraphs and rows say."""
    document = build(blocks)
    found = read_head(document)
    activities, tasks = read_activities(document)
    walked = list(walk(document))
    reader = Reader(document, walked, _first_year(found.head), _usual_year(found.head))
    reader.read()
    said = [*cautions(document, found, reader.targets, activities), *reader.cautions]
    return ReadPlan(
        document.text,
        found.head,
        tuple(reader.targets),
        tuple(activities),
        tuple(read_duties(document, walked)),
        tuple(said),
        encoding,
        tuple(tasks),
    )


def _first_year(head: Head) -> int:
    """The first year a target of this plan may name."""
    if head.date:
        return head.date.year
    return head.years[0] if head.years else EARLIEST


def _usual_year(head: Head) -> int | None:
    """The year of targets that name none: of a plan for one year, or until a single year."""
    if head.years and (head.years[0] == head.years[1] or head.programme == "281"):
        return head.years[1]
    return None
