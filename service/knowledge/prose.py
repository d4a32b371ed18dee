"""Records as people read them: a record in, prose with its evidence out."""

from __future__ import annotations

from collections.abc import Iterator

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
    Vignette,
    When,
)

_SAID = {"at_least": "at least", "at_most": "at most", "more_than": "more than", "less_than": "less than"}
_STRENGTH = {points: name for name, points in WEIGHTS.items()}
_GROUP = {"finding": "objective finding", "course": "course", "pattern": "pattern of the pain", "risk": "risk factor"}
_ASKED_OF_ALL = "fbss_context"
"""Every cause is asked only of a patient with lumbar surgery and current pain; the heading says so once."""


def describe(record: Record, knowledge: Knowledge) -> str:
    """One record in sentences, each entry with its sources, then its examples, numbers and sources spelled out."""
    lines = [f"# {record.title}", "", f"{record.id} · {kind_of(record)} · {record.status}", ""]
    if record.id in knowledge.overridden:
        lines += ["Changed by this site.", ""]
    if isinstance(record, CauseRecord):
        lines += _cause(record, knowledge)
    elif isinstance(record, RedFlagRecord):
        lines += [f"Card: {record.summary}", "", f"Action: {record.action}", ""]
        lines += _entries("Fires when any of these holds", record.fires, record, knowledge)
        lines += _wants(record.wants, knowledge)
    elif isinstance(record, StepRecord):
        lines += _step(record, knowledge)
    else:
        means = knowledge.vocabulary.findings[record.finding].means
        lines += [f"Concludes: {means} ({record.finding} = {record.word}).", ""]
        lines += _entries("Concluded when any of these holds", record.entries, record, knowledge)
    if not isinstance(record, FindingRecord) and record.vignettes:
        lines += ["Examples, each a test", *(_example(each, knowledge) for each in record.vignettes), ""]
    lines += _numbers(record.clauses, knowledge)
    used = dict.fromkeys((*record.sources, *(source for clause in record.clauses for source in clause.sources)))
    lines.append("Sources")
    for source in used:
        known = knowledge.evidence.get(source)
        lines.append(f"- {source}: {known.citation} ({known.seen})" if known else f"- {source}")
    return "\n".join(lines) + "\n"


def kind_of(record: Record) -> str:
    """The kind of a record, of a cause its category."""
    """What a record is, in words."""
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
        steps = ["the wish for any step"] if record.suppresses.steps is None else list(record.suppresses.steps)
        more = [*steps, *(["the orientation card"] if record.suppresses.orientation else [])]
        also = f" Also silences {', '.join(more)}." if more else ""
        yield from (f"Silences {silenced}{spared}.{also}", "")
    considered = {"cause": "Considered", "negative": "Speaks"}.get(record.kind, "Said")
    yield from _entries(f"{considered} when any of these holds", record.gates, record, knowledge)
    yield from _entries("Operation, time and pain fit (the best one counts)", record.fits, record, knowledge)
    yield from _entries("Speaks for it", record.for_, record, knowledge)
    yield from _entries("Speaks against it", record.against, record, knowledge)
    yield from _wants(record.wants, knowledge)
    yield from _entries("Said on the card", record.notes, record, knowledge)
    yield from _entries("Shown as a warning", record.raises, record, knowledge)
    if record.look_alikes:
        yield from ("Looks alike", *(f"- {case}" for case in record.look_alikes), "")


def _step(record: StepRecord, knowledge: Knowledge) -> Iterator[str]:
    if record.orders:
        yield "Order (the first that holds)"
    for clause in record.orders:
        if clause.order:
            condition = f", if {_when(clause.when, knowledge)}" if clause.when else ""
            yield f"- {clause.order.display} ({clause.order.system} {clause.order.code}){condition}"
    yield ""
    yield from _entries("Replaced", record.insteads, record, knowledge)
    yield from _entries("Withheld", record.withholds, record, knowledge)
    yield from _entries("Said beside it", record.cautions, record, knowledge)
    if record.positive or record.negative:
        yield from ("Results", f"- Positive: {record.positive}", f"- Negative: {record.negative}", "")


def _example(vignette: Vignette, knowledge: Knowledge) -> str:
    other = knowledge.steps.get(vignette.expect.removeprefix("instead:"))
    return f"- {vignette.name}: {f'{other.title} instead' if other else vignette.expect}"


def _entries(heading: str, clauses: tuple[Clause, ...], record: Record, knowledge: Knowledge) -> Iterator[str]:
    if not clauses:
        return
    yield heading
    for clause in clauses:
        step = knowledge.steps.get(clause.step) if clause.step else None
        told = [f"{step.title} instead: {clause.because}" if step else clause.because, _worth(clause, clauses)]
        condition = _when(clause.when, knowledge)
        blocked = "; or ".join(_when(when, knowledge) for when in clause.unless)
        if condition.lower() != clause.because.lower():
            told.append(f"When: {condition}" if condition else "Always")
        if blocked:
            told.append(f"Not when: {blocked}")
        sources = f" [{', '.join(clause.sources)}]" if clause.sources and clause.sources != record.sources else ""
        yield f"- {'. '.join(part for part in told if part)}.{sources}"
    yield ""


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


def _wants(wants: tuple[Clause, ...], knowledge: Knowledge) -> Iterator[str]:
    if wants:
        yield "Next steps"
        for clause in wants:
            step = knowledge.steps.get(clause.step)
            condition = f". When: {_when(clause.when, knowledge)}" if clause.when else ""
            blocked = "; or ".join(_when(when, knowledge) for when in clause.unless)
            spared = f". Not when: {blocked}" if blocked else ""
            yield f"- {step.title if step else clause.step}, {clause.urgency}: {clause.because}{condition}{spared}."
        yield ""


def _numbers(clauses: tuple[Clause, ...], knowledge: Knowledge) -> Iterator[str]:
    whens = [when for clause in clauses for when in (clause.when, *clause.unless)]
    used = dict.fromkeys(bound.parameter for when in whens for test in when for bound in test.bounds)
    if used:
        yield "Numbers a site may move"
        for name in used:
            number = knowledge.parameters[name]
            low, high = number.allowed
            yield f"- {name} = {number.value:g} {number.unit}, between {low:g} and {high:g} [{number.source}]"
        yield ""


def _when(when: When, knowledge: Knowledge) -> str:
    asked = [_test(test, knowledge) for test in when if test.finding != _ASKED_OF_ALL]
    return ", and ".join(asked) if asked or not when else "lumbar surgery and current pain"


def _test(test: Test, knowledge: Knowledge) -> str:
    """What one test asks, in the vocabulary's own sentence."""
    means = knowledge.vocabulary.findings[test.finding].means
    means = means.split(": ")[0].split(" (no = ")[0]
    if means[1:2].islower() or means[1:2] == " ":
        means = means[0].lower() + means[1:]
    if test.words == ("yes",):
        return means
    if test.words == ("no",):
        return f"no to '{means}'"
    if test.words:
        return f"{means}: {' or '.join(test.words)}"
    bounds = []
    for bound in test.bounds:
        parameter = knowledge.parameters[bound.parameter]
        bounds.append(f"{_SAID[bound.comparison]} {parameter.value:g} {parameter.unit}")
    return f"{means}: {' and '.join(bounds)}"
