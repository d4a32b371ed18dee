"""Tests beside imaging of the spine: nerve conduction, blocks, vessels, bone density, and the operative report."""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, after_index, finding, index_when, is_elsewhere, said
from service.chart.studies import gather
from service.chart.study_matching import Study
from service.coded.titles import is_operative
from service.domain import partial_dates
from service.domain.done_steps import DONE, UNREPORTED
from service.domain.findings import Finding
from service.domain.places import Side, same_side
from service.domain.spans import Span
from service.domain.statements import Basis, Ref, Statement
from service.fhir.elements import references, report_done
from service.findings.imaging.study_status import Window, status

_BLOCKS = {
    "root_block": "nerve-root-block",
    "si_block": "si-joint-block",
    "facet_block": "facet-block",
    "hip_block": "hip-injection",
}
_RESULT = {"block-positive": "positive", "block-negative": "negative"}
_LONG_NOTE = 200
"""A procedure note of this many characters tells more than that the operation took place."""


def read(chart: Chart, files: tuple[Study, ...] | None = None) -> Iterator[Finding]:
    files = gather(chart) if files is None else files
    windows = {
        "emg": None,
        "vascular_test": None,
        "leg_duplex": Window(chart.numbers["calf_recent_days"]),
        "bone_density": Window(chart.numbers["bone_density_days"]),
    }
    for kind, window in windows.items():
        if told := status(chart, files, kind, window):
            yield told
    yield from _nerves(chart)
    for name, concept in _BLOCKS.items():
        if block := _block(chart, name, concept):
            yield block
    yield from _operative_note(chart)


def _nerves(chart: Chart) -> Iterator[Finding]:
    """Denervation counts unless it is on the side not operated on; an entrapment wherever the test found it."""
    operated = chart.surgery.side if chart.surgery else Side.UNKNOWN
    root = [
        s
        for s in said(chart, "emg-root-denervation")
        if after_index(chart, s.stated) and same_side(s.side, operated) is not False
    ]
    if root:
        yield finding("emg_root", "yes", root)
    if peroneal := [s for s in said(chart, "emg-peroneal") if after_index(chart, s.stated)]:
        yield finding("emg_peroneal", "yes", peroneal)


def _block(chart: Chart, name: str, concept: str) -> Finding | None:
    """The latest block since the operation with a result, else that one was done; an undated one may be from before."""
    given = _procedures(chart, concept)
    done = [s for s in given if after_index(chart, s.stated)]
    if not done:
        undated = any(s.stated is None for s in given)
        missing = any("procedure" in key.lower() for key in chart.record.missing)
        if told := [
            d for d in chart.done if d.study == name and d.manner in {DONE, UNREPORTED} and after_index(chart, d.when)
        ]:
            refs = tuple(dict.fromkeys(d.source for d in told))
            return finding(name, "done", refs=refs, basis=Basis.NOTE, words=told[-1].words, when=told[-1].when)
        return None if undated or missing or index_when(chart) is None else finding(name, "none")
    for block in reversed(done):
        results = _results(chart, block, concept)
        if len({s.concept for s in results}) == 1:
            return finding(name, _RESULT[results[0].concept], [block, *results], when=block.stated)
    return finding(name, "done", done)


def _procedures(chart: Chart, *concepts: str) -> tuple[Statement, ...]:
    """Blocks that were given, at the spine, pelvis or hip: not ordered ones, and none at the neck."""
    told = said(chart, *concepts)
    return told and tuple(
        s
        for s in told
        if (s.resource == "Procedure" or _is_told_with_result(chart, s))
        and not (is_elsewhere(s.place) and s.place.region in {"cervical", "thoracic"})
    )


def _is_told_with_result(chart: Chart, block: Statement) -> bool:
    """A report of a block with its result, or a note that tells of a block and of what came of it.

    Without a result it may speak of a plan.
    """
    if block.basis is Basis.REPORT:
        return any(s.source == block.source for s in said(chart, *_RESULT))
    if block.basis is not Basis.NOTE:
        return False
    return bool(_of_note(chart, block))


def _of_note(chart: Chart, block: Statement) -> list[Statement]:
    """What a note says came of a block: in its own sentence, or in the next where that names no other block."""
    told = [s for s in said(chart, *_RESULT) if s.source == block.source]
    if own := [s for s in told if s.sentence == block.sentence]:
        return own
    named = {s.sentence for s in said(chart, *_BLOCKS.values()) if s.source == block.source}
    return [s for s in told if s.sentence == block.sentence + 1 and s.sentence not in named]


def _results(chart: Chart, block: Statement, concept: str) -> list[Statement]:
    """What was said of this block: in its own entry or report, else within 30 days of it if no other block is near."""
    if block.basis is Basis.NOTE and block.resource not in {"Procedure", "DiagnosticReport"}:
        return _of_note(chart, block)
    told = said(chart, *_RESULT)
    reports = _reports_of(chart, block.source)
    if own := [s for s in told if s.source == block.source or s.source in reports]:
        return own
    days = chart.numbers["finding_study_days"]
    others = [s for s in _procedures(chart, *_BLOCKS.values()) if s.source != block.source]
    if any(_follows(block.stated, s.stated, days) or _follows(s.stated, block.stated, days) for s in others):
        return []
    return [s for s in told if s.resource != "Procedure" and _follows(block.stated, s.stated, days)]


def _follows(first: Span | None, second: Span | None, days: float) -> bool:
    if first is None or second is None:
        return False
    between = partial_dates.days_between(first, second)
    return between.low >= 0 and between.high <= days


def _reports_of(chart: Chart, procedure: Ref) -> set[Ref]:
    rows = [p for p in chart.record.procedures if p.ref == procedure]
    return {ref for p in rows for ref in references(p.report)}


def _operative_note(chart: Chart) -> Iterator[Finding]:
    """A report that the operation names, a report called operative of the same days, or a long note on the entry."""
    index = chart.surgery.index if chart.surgery else None
    if index is None:
        return
    own = frozenset(index.refs)
    rows = [p for p in chart.record.procedures if p.ref in own]
    refs = {ref for p in rows for ref in references(p.report)}
    refs |= {p.ref for p in rows if sum(len(n.text or "") for n in p.note or ()) >= _LONG_NOTE}
    days = chart.numbers["finding_study_days"]
    for report in chart.record.reports:
        if is_operative(report) and _follows(index.when, report_done(report), days):
            refs.add(report.ref)
    if refs:
        yield finding("operative_note", "yes", refs=tuple(sorted(refs)), when=index.when)
