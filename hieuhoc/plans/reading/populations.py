"""From a statement to what is counted: the model, and the population its share is of.

"80 %" is said of six denominators; which one is told by the nouns of the sentence, never guessed from the model alone.
Where people are named without the groups they are in, the nearest population is given and `unclear` says so.
"""

from dataclasses import dataclass

from hieuhoc.plans.reading.grammar import BEARERS, PEOPLE
from hieuhoc.plans.reading.sentence import Statement, Subject

_OF_MODEL = {"FAMILY": "households", "CLAN": "clans", "COMMUNITY": "communities", "ORGANISATION": "organisations",
             "COMMUNE": "communes", "DISTRICT": "districts", "PROVINCE": "provinces"}  # fmt: skip
_MODEL_OF = {population: model for model, population in _OF_MODEL.items()}
_MODEL_OF |= {"member_households": "FAMILY", "residential": "COMMUNITY"}
_AREAS = ("communes", "districts", "provinces")
_TRAINED = {"officers": "officers_and_members", "commune_officers": "commune_officers",
            "chairs": "commune_association_chairs"}  # fmt: skip
_ORGANISED = {
    **dict.fromkeys(("residential", "communities"), "residential_areas"),
    "organisations": "offices_and_schools",
    **dict.fromkeys(("clans", "hometown", "religious"), "clans_hometown_and_religious_groups"),
    "communes": "communes",
}


@dataclass(frozen=True)
class Counted:
    """One model (None beside the models) with the population that is counted."""

    model: str | None
    measure: str
    population: str
    unclear: bool = False


def counted(statement: Statement, *, learning: bool, centre: bool) -> list[Counted]:
    """What a statement asks, once a model or population; empty where it is nothing a plan of learning counts.

    `learning` says that titles of learning are spoken of, `centre` that a learning centre is.
    """
    subject, measure = statement.subject, statement.measure
    if measure in (None, "recognise", "register"):
        return _titles(statement, subject, learning)
    if measure == "train":
        return _beside(subject, "train", _TRAINED, only_first=True)
    if measure == "take_part" and centre:
        return _beside(subject, "take_part", _TRAINED, only_first=True)
    if measure == "organise":
        return _beside(subject, "organise", _ORGANISED)
    return []


def _titles(statement: Statement, subject: Subject, learning: bool) -> list[Counted]:
    """Titles asked of subjects; without a measure only where the title or the group itself is the subject."""
    people = PEOPLE & set(subject.pops)
    if statement.measure is None and not subject.models and not (people and subject.group):
        return []
    measure = statement.measure or "recognise"
    models = subject.models or _models_of(subject, learning or statement.learning)
    if statement.after:
        models = tuple(model for model in models if _bears(model, set(subject.pops)))
    return list(dict.fromkeys(_one(model, measure, subject) for model in models))


def _bears(model: str, pops: set[str]) -> bool:
    """Whether these people or bodies can bear a title: officials who register families are no share of households."""
    if not pops or model == "CITIZEN":
        return True
    return bool(pops & (BEARERS[model] | ({"officers"} if model == "FAMILY" else set())))


def _models_of(subject: Subject, learning: bool) -> tuple[str, ...]:
    """The titles the populations stand for, where only "danh hiệu học tập" is said."""
    if PEOPLE & set(subject.pops):
        return ("CITIZEN",) if learning or subject.group else ()
    if not learning:
        return ()
    return tuple(dict.fromkeys(_MODEL_OF[pop] for pop in subject.pops if pop in _MODEL_OF))


def _one(model: str, measure: str, subject: Subject) -> Counted:
    if model == "CITIZEN":
        return Counted(model, measure, *_citizens(subject))
    if model == "COMMUNITY" and subject.pops and set(subject.pops) <= set(_AREAS):
        model = _MODEL_OF[subject.pops[0]]
    population = _OF_MODEL[model]
    if model == "FAMILY" and {"member_households", "officers"} & set(subject.pops):
        return Counted(model, measure, "member_households")
    if subject.registered and measure == "recognise":
        population = f"registered_{population}"
    return Counted(model, measure, population)


def _citizens(subject: Subject) -> tuple[str, bool]:
    """Which people are counted, and whether the sentence leaves the group they are in unsaid."""
    if subject.group == "groups":
        return "workers_in_recognised_groups", False
    if subject.group == "offices":
        return "staff_in_recognised_organisations", False
    for pop, population, unclear in (
        ("staff", "staff_in_recognised_organisations", True),
        ("people_over", "working_age_people", False),
        ("workers", "workers_in_recognised_groups", True),
    ):
        if pop in subject.pops:
            return population, unclear
    return "citizens", False


def _beside(subject: Subject, measure: str, names: dict[str, str], only_first: bool = False) -> list[Counted]:
    """Targets beside the models: trained, taking part, organised."""
    found = [names[pop] for pop in subject.pops if pop in names]
    found = list(dict.fromkeys(found[:1] if only_first else found))
    return [Counted(None, measure, population) for population in found]
