"""What pictures after an operation say of its place and of what they looked for: imaging in, findings out."""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, after_index, finding, said, within
from service.domain import spine
from service.domain.findings import Finding
from service.domain.places import Precision
from service.findings.imaging import study_status
from service.findings.imaging.report_findings import Imaging, Seen, relation

_TRACES = ("postsurgical-change", "decompression")
_ELSEWHERE = frozenset({spine.ADJACENT, spine.REMOTE})
_PRESSES = ("disc-herniation", "compression")
_STENOSIS = ("stenosis",)
_FORAMEN = ("foraminal-stenosis",)


def read(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    yield from _traces_elsewhere(chart, seen)
    yield from _denied(chart, seen)
    described = [s for s in said(chart, "kyphosis") if not s.closed and after_index(chart, s.stated or s.onset)]
    if described:
        yield finding("kyphosis_seen", "yes", described)


def _traces_elsewhere(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """Laminotomy or granulation at segments that nobody operated on by the record, and none where the record has it.

    Only after a single operation whose segment is on record: after several the traces may be of an earlier one. Where
    a transitional vertebra makes the count uncertain, one report must name the traces and the lesion apart.
    """
    story = chart.surgery
    if story is None or story.index is None or story.index.stated_only:
        return
    operated = set(story.operated.segments)
    traces = [s for s in seen.yes(*_TRACES) if s.said.place.precision is Precision.SEGMENT and s.study.reports]
    if not operated or not traces or len([s for s in story.sessions if s.classes]) > 1:
        return
    if story.numbering_uncertain and not _untouched(operated, traces, seen):
        return
    if all(operated.isdisjoint(s.said.place.segments) for s in traces):
        yield finding("surgery_seen_elsewhere", "yes", [s.said for s in traces], refs=story.index.refs)


def _untouched(operated: set[str], traces: list[Seen], seen: Imaging) -> bool:
    """Whether the pictures that show the traces show the lesion at the operated segment too: however the levels are
    counted, the operation was at another disc than the one that presses."""
    studies = {s.study.refs for s in traces}
    pressing = [s for s in seen.yes(*_PRESSES) if operated & set(s.said.place.segments)]
    return any(s.study.refs in studies for s in pressing)


def _denied(chart: Chart, seen: Imaging) -> Iterator[Finding]:
    """A current MRI that finds the canal wide where the operation was; a recent one that finds no infection."""
    wide = [s for s in seen.no(*_STENOSIS) if _is_current_mri(s) and relation(chart, s.said.place) not in _ELSEWHERE]
    narrow = [s for s in seen.perhaps(*_STENOSIS) if relation(chart, s.said.place) not in _ELSEWHERE]
    if wide and not narrow:
        yield finding("stenosis_denied", "yes", [s.said for s in wide])
    open_ = [s for s in seen.no(*_FORAMEN) if _is_current_mri(s) and relation(chart, s.said.place) not in _ELSEWHERE]
    if open_ and not seen.perhaps(*_FORAMEN):
        # "No foraminal stenosis" says what "the foramina are wide" does.
        yield finding("wide_foramina", "yes", [s.said for s in open_])
    recent = chart.numbers["old_sign_days"]
    clean = [s for s in seen.no(*study_status.INFECTION) if _is_mri(s) and within(s.when, recent, chart)]
    if [s for s in clean if s.said.concept == "spinal-infection"] and not seen.perhaps(*study_status.INFECTION):
        yield finding("infection_denied", "yes", [s.said for s in clean])


def _is_current_mri(seen: Seen) -> bool:
    return seen.current and study_status.is_told(seen.study) and _is_mri(seen)


def _is_mri(seen: Seen) -> bool:
    return "mri" in seen.study.kinds
