"""What was meant to be treated against what was operated on: levels and sides before the index operation."""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, before_index, finding, in_order, index_when, said
from service.chart.operations import Operation
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import Precision, Side, one_side, same_side
from service.domain.statements import Basis, Statement
from service.fhir.elements import references

TARGETS = (
    "disc-herniation",
    "residual-fragment",
    "stenosis",
    "foraminal-stenosis",
    "compression",
    "listhesis",
    "dynamic-listhesis",
    "instability",
)
_SIDED = (*TARGETS, "leg-pain", "back-and-leg-pain")


def targets(chart: Chart) -> tuple[Statement, ...]:
    """Compressive or unstable findings of a code or a report from the year before the index operation."""
    found = [s for s in said(chart, *TARGETS) if s.basis in {Basis.CODE, Basis.REPORT} and not _of_operation(s)]
    return tuple(s for s in found if _shortly_before(chart, s, chart.numbers["preop_target_days"]))


def read(chart: Chart, _: tuple[Operation, ...]) -> Iterator[Finding]:
    yield from _level_mismatch(chart)
    yield from _side_mismatch(chart)


def _level_mismatch(chart: Chart) -> Iterator[Finding]:
    story = chart.surgery
    if story is None or story.index is None or story.index.stated_only or story.numbering_uncertain:
        return
    named = [s for s in story.preop_targets if s.place.precision is Precision.SEGMENT]
    operated = set(story.operated.segments)
    if named and operated:
        meets = any(operated & set(s.place.segments) for s in named)
        yield finding("level_mismatch", "no" if meets else "yes", named, refs=story.index.refs)


def _side_mismatch(chart: Chart) -> Iterator[Finding]:
    story = chart.surgery
    if story is None or story.index is None or story.index.stated_only:
        return
    told = _sided_before(chart)
    same = same_side(one_side(s.side for s in told), story.side)
    if same is not None:
        yield finding("side_mismatch", "no" if same else "yes", told, refs=story.index.refs)


def _sided_before(chart: Chart) -> tuple[Statement, ...]:
    """The Conditions that were the reason of the operation, else the latest sided one shortly before it."""
    sided = [s for s in chart.statements if s.side is not Side.UNKNOWN and s.resource == "Condition"]
    reasons = _reasons(chart)
    if for_it := in_order(s for s in sided if s.source in reasons and s.concept in _SIDED):
        return for_it
    days = chart.numbers["preop_side_days"]
    near = in_order(s for s in sided if s.concept in _SIDED and _shortly_before(chart, s, days))
    return tuple(s for s in near if s.stated == near[-1].stated)


def _reasons(chart: Chart) -> set[str]:
    index = chart.surgery.index if chart.surgery else None
    refs = frozenset(index.refs if index else ())
    of_index = [p for p in chart.record.procedures if p.ref in refs]
    return {ref for p in of_index for ref in references(p.reason_reference)}


def _shortly_before(chart: Chart, statement: Statement, days: float) -> bool:
    when = index_when(chart)
    if when is None or not before_index(chart, statement.stated) or statement.stated is None:
        return False
    return partial_dates.days_between(statement.stated, when).high <= days


def _of_operation(statement: Statement) -> bool:
    return statement.resource == "Procedure"
