"""What a record says, taken apart for people who read it: a record in; headed parts, examples and sources out.

Every rendering (`prose`, the pages, the review pack) stands on this one reading, so none can leave an entry out alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.knowledge import Knowledge
from service.knowledge.code_systems import name_of_system
from service.knowledge.conditions import condition, conditions, stated
from service.knowledge.records import (
    WEIGHTS,
    CauseRecord,
    Clause,
    FindingRecord,
    Record,
    RedFlagRecord,
    StepRecord,
    Vignette,
)
from service.knowledge.site_changes import changes_of
from service.knowledge.tables import Evidence

_SYSTEMS = {"loinc": "LOINC", "snomed": "SNOMED CT"}
_STRENGTH = {points: name for name, points in WEIGHTS.items()}
_GROUP = {
    "finding": "objective finding",
    "course": "course",
    "pattern": "pattern of the pain",
    "words": "words of the whole chart",
    "risk": "risk factor",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a part. ``points`` are what it adds (for, fit) or takes away (against, below zero); 0: no sum."""

    text: str
    worth: str = ""
    points: int = 0
    when: tuple[str, ...] | None = None
    """What must all hold, in words; nothing means always, None that the text itself says it."""
    unless: str = ""
    sources: tuple[str, ...] = ()
    step: str = ""
    """The id of the step that the line leads to."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and the entries below it; ``whole`` entries are complete lines and end without a full stop."""

    heading: str
    entries: tuple[Entry, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A vignette: who the patient is, what is known, and the verdict that the rules must reach."""

    name: str
    given: tuple[str, ...]
    expected: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a record names: what it is for, how much, and between what a site may move it."""

    name: str
    means: str
    amount: str
    range: str
    source: str


@dataclass(frozen=True, slots=True)
class Told:
    """A whole record in words. ``said`` holds (label, sentence) of what a card or reader is shown; "" is no label."""

    id: str
    title: str
    kind: str
    status: str
    said: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    examples: tuple[Example, ...]
    numbers: tuple[Number, ...]
    sources: tuple[tuple[str, Evidence | None], ...]
    own_sources: tuple[str, ...]
    """The sources of the record itself; an entry that names no others stands on these."""
    changes: tuple[str, ...]
    """What this site changed, one sentence each."""


def tell(record: Record, knowledge: Knowledge) -> Told:
    """Take one record apart into what people read of it."""
    said, parts = _taken(record, knowledge)
    numbers = tuple(_numbers(record.clauses, knowledge))
    named = (source for clause in record.clauses for source in clause.sources)
    used = dict.fromkeys((*record.sources, *named, *(number.source for number in numbers)))
    vignettes = () if isinstance(record, FindingRecord) else record.vignettes
    return Told(
        id=record.id,
        title=record.title,
        kind=kind_of(record),
        status=record.status,
        said=tuple((label, text) for label, text in said if text),
        parts=tuple(part for part in parts if part.entries),
        examples=tuple(_example(each, knowledge) for each in vignettes),
        numbers=numbers,
        sources=tuple((source, knowledge.evidence.get(source)) for source in used),
        own_sources=record.sources,
        changes=changes_of(record, knowledge),
    )


def kind_of(record: Record) -> str:
    """What a record is, in words: of a cause its category."""
    if isinstance(record, CauseRecord):
        return record.category if record.kind == "cause" else record.kind
    return record.kind


Taken = tuple[list[tuple[str, str]], list[Part]]


def _taken(record: Record, knowledge: Knowledge) -> Taken:
    if isinstance(record, CauseRecord):
        return _cause(record, knowledge)
    if isinstance(record, RedFlagRecord):
        return _red_flag(record, knowledge)
    return _step(record, knowledge) if isinstance(record, StepRecord) else _finding(record, knowledge)


def _cause(record: CauseRecord, knowledge: Knowledge) -> Taken:
    said = [(f"Card ({record.indicator})" if record.indicator else "Card", record.summary)]
    said += [("", record.line), ("", record.text), ("", _silences(record))]
    considered = {"cause": "Considered", "negative": "Speaks"}.get(record.kind, "Said")
    parts = [
        _part(f"{considered} when any of these holds", record.gates, knowledge),
        _part("Operation, time and pain fit (the best one counts)", record.fits, knowledge),
        _part("Speaks for it", record.for_, knowledge),
        _part("Speaks against it", record.against, knowledge),
        _wants(record.wants, knowledge),
        _part("Said on the card", record.notes, knowledge),
        _part("Shown as a warning", record.raises, knowledge),
        Part("Looks alike", tuple(Entry(case) for case in record.look_alikes), whole=True),
    ]
    return said, parts


def _red_flag(record: RedFlagRecord, knowledge: Knowledge) -> Taken:
    said = [("Card", record.summary), ("Action", record.action)]
    return said, [_part("Fires when any of these holds", record.fires, knowledge), _wants(record.wants, knowledge)]


def _step(record: StepRecord, knowledge: Knowledge) -> Taken:
    results = (
        [("Positive", record.positive), ("Negative", record.negative)] if record.positive or record.negative else []
    )
    parts = [
        Part("Order (the first that holds)", tuple(_orders(record, knowledge)), whole=True),
        _part("Replaced", record.insteads, knowledge),
        _part("Withheld", record.withholds, knowledge),
        _part("Said beside it", record.cautions, knowledge),
        Part("Results", tuple(Entry(f"{label}: {text}") for label, text in results), whole=True),
    ]
    return [], parts


def _finding(record: FindingRecord, knowledge: Knowledge) -> Taken:
    means = knowledge.vocabulary.findings[record.finding].means
    said = [("Concludes", f"{means} ({record.finding} = {record.word}).")]
    return said, [_part("Concluded when any of these holds", record.entries, knowledge)]


def _silences(record: CauseRecord) -> str:
    told = record.suppresses
    if told is None:
        return ""
    silenced = "all causes" if told.causes is None else ", ".join(told.causes) or "no cause"
    spared = f", except {', '.join(told.spared)}" if told.spared else ""
    steps = ["the wish for any step"] if told.steps is None else list(told.steps)
    more = [*steps, *(["the orientation card"] if told.orientation else [])]
    also = f" Also silences {', '.join(more)}." if more else ""
    return f"Silences {silenced}{spared}.{also}"


def _orders(record: StepRecord, knowledge: Knowledge) -> Iterator[Entry]:
    for clause in record.orders:
        if clause.order:
            only = f", if {condition(clause.when, knowledge)}" if clause.when else ""
            named = name_of_system(clause.order.system)
            system = _SYSTEMS.get(named, clause.order.system)
            yield Entry(f"{clause.order.display} ({system} {clause.order.code}){only}")


def _part(heading: str, clauses: tuple[Clause, ...], knowledge: Knowledge) -> Part:
    return Part(heading, tuple(_entry(clause, clauses, knowledge) for clause in clauses))


def _entry(clause: Clause, clauses: tuple[Clause, ...], knowledge: Knowledge) -> Entry:
    step = knowledge.steps.get(clause.step) if clause.step else None
    asked: tuple[str, ...] | None = conditions(clause.when, knowledge)
    if condition(clause.when, knowledge).lower() == clause.because.lower():
        asked = None
    return Entry(
        text=f"{step.title} instead: {clause.because}" if step else clause.because,
        worth=_worth(clause, clauses),
        points=(-clause.weight if clause.kind == "against" else clause.weight) or clause.points,
        when=asked,
        unless=_unless(clause, knowledge),
        sources=clause.sources,
        step=step.id if step else "",
    )


def _wants(wants: tuple[Clause, ...], knowledge: Knowledge) -> Part:
    entries = []
    for clause in wants:
        step = knowledge.steps.get(clause.step)
        entries.append(
            Entry(
                text=f"{step.title if step else clause.step}, {clause.urgency}: {clause.because}",
                when=conditions(clause.when, knowledge) if clause.when else None,
                unless=_unless(clause, knowledge),
                step=step.id if step else "",
            )
        )
    return Part("Next steps", tuple(entries))


def _unless(clause: Clause, knowledge: Knowledge) -> str:
    return "; or ".join(condition(when, knowledge) for when in clause.unless)


def _worth(clause: Clause, clauses: tuple[Clause, ...]) -> str:
    """What an entry counts, and where it stops counting, in words."""
    parts = []
    if clause.weight:
        parts.append(f"{_STRENGTH[clause.weight]} {_GROUP.get(clause.group, 'counter-evidence')}")
    if clause.points:
        parts.append(f"{clause.points} {'point' if clause.points == 1 else 'points'}")
    if clause.indicator:
        parts.append(clause.indicator)
    if clause.documented:
        parts.append("the cause's own code")
    if sum(other.observation == clause.observation for other in clauses) > 1:
        parts.append(
            f"{'told' if clause.kind == 'fires' else 'counted'} once with the others on '{clause.observation}'"
        )
    if clause.kind in ("instead", "withhold"):
        parts.append("in an emergency as well" if clause.emergency else "not in an emergency")
        if not clause.alarm:
            parts.append("not when a red flag or bedside warning asks for it")
    return ", ".join(parts)[:1].upper() + ", ".join(parts)[1:]


def _example(vignette: Vignette, knowledge: Knowledge) -> Example:
    other = knowledge.steps.get(vignette.expect.removeprefix("instead:"))
    given = [stated(name, value, knowledge) for name, value in vignette.given.items()]
    if vignette.urgency != "routine":
        given.append(f"asked for as {vignette.urgency}")
    if vignette.wanted_by:
        given.append(f"asked for by {vignette.wanted_by}")
    return Example(vignette.name, tuple(given), f"{other.title} instead" if other else vignette.expect)


def _numbers(clauses: tuple[Clause, ...], knowledge: Knowledge) -> Iterator[Number]:
    whens = [when for clause in clauses for when in (clause.when, *clause.unless)]
    for name in dict.fromkeys(bound.parameter for when in whens for test in when for bound in test.bounds):
        number = knowledge.parameters[name]
        low, high = number.allowed
        amount, allowed = f"{number.value:g} {number.unit}", f"between {low:g} and {high:g}"
        yield Number(name, number.means, amount, allowed, number.source)
