"""Records as people read them: a record in, prose with its evidence out; all records in, the index table out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from service.knowledge import Knowledge
from service.knowledge.records import (
    WEIGHTS,
    CauseRecord,
    Clause,
    FindingRecord,
    Record,
    RedFlagRecord,
    StepRecord,
    Test,
    When,
)

_SAID = {"at_least": "at least", "at_most": "at most", "more_than": "more than", "less_than": "less than"}
_STRENGTH = {points: name for name, points in WEIGHTS.items()}


def describe(record: Record, knowledge: Knowledge) -> str:
    """One record in sentences, each entry with its sources, and the sources spelled out at the end."""
    lines = [f"# {record.title}", "", f"{record.id} · {_kind(record)} · {record.status}", ""]
    if record.id in knowledge.overridden:
        lines += ["Changed by this site.", ""]
    if isinstance(record, CauseRecord):
        lines += _cause(record, knowledge)
    elif isinstance(record, RedFlagRecord):
        lines += [f"Action: {record.action}", "", *_entries("Fires when", record.fires, knowledge)]
        lines += _wants(record.wants, knowledge)
    elif isinstance(record, StepRecord):
        lines += _step(record, knowledge)
    else:
        lines += [f"Concludes {record.finding} = {record.word}.", ""]
        lines += _entries("when", record.entries, knowledge)
    used = dict.fromkeys((*record.sources, *(source for clause in record.clauses for source in clause.sources)))
    lines.append("Sources")
    for source in used:
        known = knowledge.evidence.get(source)
        lines.append(f"- {source}: {known.citation} ({known.seen})" if known else f"- {source}")
    return "\n".join(lines) + "\n"


def index_markdown(knowledge: Knowledge) -> str:
    """The generated table of all records, for rules/README.md."""
    parts: Iterable[tuple[str, Iterable[Record]]] = (
        ("Red flags and bedside warnings", knowledge.redflags.values()),
        ("Causes", knowledge.causes.values()),
        (
            "Negatives, modifiers and notes",
            (*knowledge.negatives.values(), *knowledge.modifiers.values(), *knowledge.notes.values()),
        ),
        ("Next steps", knowledge.steps.values()),
        ("Findings concluded by rules", knowledge.findings.values()),
    )
    lines = []
    for heading, records in parts:
        lines += [
            f"### {heading}",
            "",
            "| id | title | kind | status | for / against | sources |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_row(record) for record in sorted(records, key=lambda record: record.id)]
        lines.append("")
    return "\n".join(lines)


def _row(record: Record) -> str:
    counts = ""
    if isinstance(record, CauseRecord) and record.kind == "cause":
        counts = f"{len(record.for_)} / {len(record.against)}"
    return (
        f"| {record.id} | {record.title} | {_kind(record)} | {record.status} | {counts} | {', '.join(record.sources)} |"
    )


def _kind(record: Record) -> str:
    if isinstance(record, CauseRecord):
        return record.category if record.kind == "cause" else record.kind
    return "finding" if isinstance(record, FindingRecord) else record.kind


def _cause(record: CauseRecord, knowledge: Knowledge) -> Iterator[str]:
    if record.summary:
        yield from (f"Card ({record.indicator}): {record.summary}", "")
    for text in (record.line, record.text):
        if text:
            yield from (text, "")
    if record.suppresses:
        silenced = (
            "all causes" if record.suppresses.causes is None else ", ".join(record.suppresses.causes) or "no cause"
        )
        spared = f", except {', '.join(record.suppresses.spared)}" if record.suppresses.spared else ""
        yield from (f"Silences {silenced}{spared}.", "")
    yield from _entries("Considered when", record.gates, knowledge)
    yield from _entries("Fits when", record.fits, knowledge)
    yield from _entries("Speaks for it", record.for_, knowledge)
    yield from _entries("Speaks against it", record.against, knowledge)
    yield from _wants(record.wants, knowledge)
    if record.look_alikes:
        yield from ("Looks alike", *(f"- {case}" for case in record.look_alikes), "")


def _step(record: StepRecord, knowledge: Knowledge) -> Iterator[str]:
    for clause in record.orders:
        if clause.order:
            condition = f" if {_when(clause.when, knowledge)}" if clause.when else ""
            yield f"Order: {clause.order.display} ({clause.order.system} {clause.order.code}){condition}"
    yield ""
    yield from _entries("Replaced when", record.insteads, knowledge)
    yield from _entries("Withheld when", record.withholds, knowledge)
    yield from _entries("Said beside it when", record.cautions, knowledge)
    if record.positive or record.negative:
        yield from (f"Positive: {record.positive}", f"Negative: {record.negative}", "")


def _entries(heading: str, clauses: tuple[Clause, ...], knowledge: Knowledge) -> Iterator[str]:
    if not clauses:
        return
    yield heading
    for clause in clauses:
        weight = f"{_STRENGTH[clause.weight]}, {clause.group or 'against'}: " if clause.weight else ""
        points = f"{clause.points} points: " if clause.points else ""
        because = f"{clause.because}. " if clause.because else ""
        blocked = "".join(f", unless {_when(when, knowledge)}" for when in clause.unless)
        sources = f" [{', '.join(clause.sources)}]" if clause.sources else ""
        yield f"- {weight}{points}{because}({_when(clause.when, knowledge) or 'always'}{blocked}){sources}"
    yield ""


def _wants(wants: tuple[Clause, ...], knowledge: Knowledge) -> Iterator[str]:
    if wants:
        yield "Next steps"
        for clause in wants:
            step = knowledge.steps.get(clause.step)
            condition = f" if {_when(clause.when, knowledge)}" if clause.when else ""
            yield f"- {step.title if step else clause.step} ({clause.urgency}){condition}: {clause.because}"
        yield ""


def _when(when: When, knowledge: Knowledge) -> str:
    return " and ".join(_test(test, knowledge) for test in when)


def _test(test: Test, knowledge: Knowledge) -> str:
    if test.words:
        return f"{test.finding} = {' or '.join(test.words)}"
    bounds = []
    for bound in test.bounds:
        parameter = knowledge.parameters[bound.parameter]
        bounds.append(f"{_SAID[bound.comparison]} {parameter.value:g} {parameter.unit}")
    return f"{test.finding} {' and '.join(bounds)}"
