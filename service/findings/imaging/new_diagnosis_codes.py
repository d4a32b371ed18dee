"""Codes that are news since the operation: Conditions in, the findings named ``..._coded`` out.

A code that an older entry already gave is never evidence of something new, however often it is written down again.
"""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart, begun, finding, is_lumbar, said, speaks, within
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.places import Precision
from service.domain.spans import Span
from service.domain.statements import Basis, Statement
from service.findings.imaging.report_findings import only_news

_SINCE_INDEX: dict[str, tuple[str, ...]] = {
    "herniation_coded": ("disc-herniation", "residual-fragment"),
    "foraminal_coded": ("foraminal-stenosis",),
    "instability_coded": ("listhesis", "dynamic-listhesis", "instability"),
    "implant_broken_coded": ("implant-broken",),
    "implant_loose_coded": ("implant-displaced", "implant-loose", "implant-other-fault"),
    "kyphosis_coded": ("kyphosis",),
    "flatback_coded": ("flatback",),
    "arachnoiditis_coded": ("arachnoiditis-code",),
    "adhesions_coded": ("meningeal-adhesions",),
    "device_fault_coded": ("device-complication",),
}
_AT_OPERATION: dict[str, tuple[str, ...]] = {
    "root_injury_coded": ("nerve-root-injury-code",),
    "foreign_body_coded": ("retained-foreign-body",),
}
"""Complications that may be written down on the day of the operation itself."""
_ADJACENT = ("stenosis", "foraminal-stenosis", "listhesis", "disc-herniation")
_INFECTION = ("spinal-infection", "epidural-abscess")
_DEVICE_INFECTION = "device-infection"
_NO_DIAGNOSES = frozenset({"Procedure", "ServiceRequest", "ImagingStudy", "Device"})


_WORDS = frozenset({"stenosis", "nonunion", _DEVICE_INFECTION, *_ADJACENT, *_INFECTION}).union(
    *_SINCE_INDEX.values(), *_AT_OPERATION.values()
)


def read(chart: Chart) -> Iterator[Finding]:
    if not speaks(chart, _WORDS):
        return
    for name, concepts in _SINCE_INDEX.items():
        yield from _told(name, news(chart, *concepts))
    for name, concepts in _AT_OPERATION.items():
        yield from _told(name, news(chart, *concepts, same_day=True))
    yield from _told("stenosis_coded", news(chart, "stenosis", days=chart.numbers["quarter_days"]))
    yield from _told("nonunion_coded", _nonunion(chart))
    yield from _told("adjacent_code_late", _adjacent_late(chart))
    yield from _told("spinal_infection_coded", news(chart, *_INFECTION))
    infected = (s for s in news(chart, _DEVICE_INFECTION) if within(begun(s), chart.numbers["old_sign_days"], chart))
    yield from _told("device_infection_coded", tuple(infected))


def news(
    chart: Chart, *concepts: str, since: Span | None = None, days: float = 0, same_day: bool = False
) -> tuple[Statement, ...]:
    """Codes of Conditions that stand open and were first stated surely after the operation (or another day)."""
    told = [
        s for s in said(chart, *concepts) if s.basis is Basis.CODE and not s.closed and s.resource not in _NO_DIAGNOSES
    ]
    return tuple(only_news(chart, told, since=since, days=days, same_day=same_day)) if told else ()


def _nonunion(chart: Chart) -> tuple[Statement, ...]:
    """A later revision of the implants opens the question anew: a code from before it says nothing of the result."""
    found = news(chart, "nonunion")
    sessions = chart.surgery.sessions if chart.surgery else ()
    revisions = [s.when for s in sessions if s.when and (s.revision or "hardware-revision" in s.minor)]
    return tuple(s for s in found if all(partial_dates.surely_after(begun(s) or when, when) for when in revisions))


def _adjacent_late(chart: Chart) -> tuple[Statement, ...]:
    """Stenosis, slip or herniation first coded a year or more after the fusion (and after any later operation), not at
    a fused segment by name.
    """
    story = chart.surgery
    if story is None or story.fusion_when is None:
        return ()
    days = chart.numbers["asd_full_days"]
    found = news(chart, *_ADJACENT, since=story.fusion_when, days=days)
    fused = set(story.fused.segments)
    return tuple(
        s
        for s in only_news(chart, found)
        if (not s.place.region or is_lumbar(s.place) or s.place.region == "spine")
        and not (s.place.precision is Precision.SEGMENT and set(s.place.segments) <= fused)
    )


def _told(name: str, statements: tuple[Statement, ...]) -> Iterator[Finding]:
    if statements:
        yield finding(name, "yes", statements)
