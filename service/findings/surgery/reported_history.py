"""Surgery that the chart only speaks of: codes and phrases in, one stated session with its latest possible day out."""

from __future__ import annotations

from service.chart.chart import Chart, begun, is_elsewhere, is_lumbar, said
from service.chart.operations import CLASS_OF, DECOMPRESSION, FUSION, MAJOR
from service.domain import partial_dates, spine
from service.domain.places import NOWHERE, one_side
from service.domain.spans import Span
from service.domain.statements import Basis, Session, Statement

_PLAIN = {
    "postlaminectomy-syndrome": "",
    "history-of-spine-surgery": "",
    "postsurgical-change": "",
    "arthrodesis-status": FUSION,
}
_IMPLANT_FAULT = ("implant-broken", "implant-displaced", "implant-loose", "implant-other-fault", "implant-infection")
_BY_CODE = {"nonunion": ("M96.0", FUSION), "kyphosis": ("M96.3", DECOMPRESSION)}
"""Concepts that other codes share: only these codes say that there was an operation."""
_PCS_FUSION = "0RG"
"""Fusions of upper joints in ICD-10-PCS; a release of the cord there leaves no fused segment behind."""


TOLD_IN_WORDS = frozenset({*_PLAIN, *_IMPLANT_FAULT})
STATING = frozenset({*_PLAIN, *_IMPLANT_FAULT, *_BY_CODE})


def read_stated(chart: Chart) -> tuple[Session | None, tuple[Statement, ...]]:
    """The operation known by statement alone, and the statements that make it known, the most telling first."""
    telling = [s for s in _telling(chart) if not is_elsewhere(s.place)]
    if not telling:
        return None, ()
    telling.sort(key=lambda s: (not is_lumbar(s.place), s.basis is not Basis.CODE, _bound_key(s), s.source, s.concept))
    session = Session(
        classes=frozenset(c for s in telling if (c := _class_of(s))),
        when=_bound(chart, telling),
        place=spine.join(s.place for s in telling if is_lumbar(s.place)),
        side=one_side(s.side for s in telling),
        refs=tuple(dict.fromkeys(s.source for s in telling)),
        titles=tuple(dict.fromkeys(s.words for s in telling if s.words))[:3],
        instrumented=any(s.concept in _IMPLANT_FAULT for s in telling),
        posterior=False,
        stated_only=True,
    )
    return session, tuple(telling)


def _telling(chart: Chart) -> list[Statement]:
    orders = {r.ref for r in chart.record.service_requests}
    rows = {p.ref for p in chart.record.procedures}
    fused_elsewhere = _is_fused_elsewhere(chart)
    told = [s for s in said(chart, *_PLAIN) if s.source not in orders and not (fused_elsewhere and _is_bare_status(s))]
    told += [s for s in said(chart, *_IMPLANT_FAULT, *_BY_CODE) if _says_operation(s)]
    # A class in text counts only when the text speaks of it as past: "plan: fusion" is no operation.
    told += [s for s in said(chart, *CLASS_OF) if s.about_surgery and not (s.source in rows and s.basis is Basis.CODE)]
    return told


def _is_fused_elsewhere(chart: Chart) -> bool:
    """A fusion of the neck, the thoracic spine or a sacroiliac joint is on record."""
    told = [s for s in said(chart, "cervical-thoracic-procedure") if s.code.startswith(_PCS_FUSION)]
    return bool(told or said(chart, "si-fusion") or any(is_elsewhere(s.place) for s in said(chart, "fusion")))


def _is_bare_status(statement: Statement) -> bool:
    """The status names no place: beside a fusion elsewhere it is that one's."""
    return statement.concept == "arthrodesis-status" and statement.place == NOWHERE


def _says_operation(statement: Statement) -> bool:
    if statement.concept in _IMPLANT_FAULT:
        return statement.basis in {Basis.CODE, Basis.REPORT}
    return statement.code.upper().startswith(_BY_CODE[statement.concept][0])


def _class_of(statement: Statement) -> str:
    if statement.concept in _IMPLANT_FAULT:
        return FUSION
    if statement.concept == "history-of-spine-surgery" and statement.basis is not Basis.CODE:
        return statement.code if statement.code in MAJOR else ""  # a phrase names the class of the operation
    if statement.concept in _BY_CODE:
        return _BY_CODE[statement.concept][1]
    return CLASS_OF.get(statement.concept) or _PLAIN.get(statement.concept, "")


def _bound(chart: Chart, telling: list[Statement]) -> Span | None:
    """The latest day the operation can have: its own stated date, else the earliest mention of it.

    The day of a picture that shows the bone solid, or of a look at it, is none of the operation: union takes months.
    """
    solid = said(chart, "solid-fusion")
    seen = {(s.source, s.sentence, s.onset) for s in solid}
    own = [s for s in telling if s.onset and _names_one(s) and (s.source, s.sentence, s.onset) not in seen]
    if own:
        # A date beside a scan or an opinion that only mentions the operation is the day of that scan or opinion.
        placed = [s for s in own if s.place.segments and not s.retold]
        return partial_dates.latest(s.onset for s in placed or own)
    mentioned = partial_dates.earliest([*map(begun, telling), *map(begun, solid)])
    if mentioned and any(mentioned in {s.stated, s.onset} for s in solid):
        days = int(chart.numbers["ct_union_min_days"])
        return Span(partial_dates.back(mentioned.first, days), partial_dates.back(mentioned.last, days))
    return mentioned


def _names_one(statement: Statement) -> bool:
    return statement.concept in CLASS_OF or statement.concept == "history-of-spine-surgery"


def _bound_key(statement: Statement) -> str:
    span = begun(statement)
    return span.last.isoformat() if span else "9999"
