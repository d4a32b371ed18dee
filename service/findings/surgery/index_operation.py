"""The operations of the chart: a chart in, the story of the lumbar surgery and its findings out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from service.chart.chart import EVER, Chart, SurgeryStory, age_days, finding, said
from service.chart.operations import (
    DECOMPRESSION,
    DISC_REPLACEMENT,
    DISCECTOMY,
    FUSION,
    MAJOR,
    Operation,
    apart,
    read_sessions,
)
from service.domain import spine
from service.domain.findings import Finding
from service.domain.places import NOWHERE
from service.domain.spans import Interval, Span
from service.domain.statements import Basis, Session, Statement
from service.fhir.eligibility import is_in_use
from service.findings.surgery import explants, wrong_site
from service.findings.surgery.reported_history import read_stated

NONE = (finding("lumbar_surgery", "no"),)
"""All that is said of a chart without any lumbar session."""


def read(chart: Chart) -> tuple[SurgeryStory, tuple[Finding, ...]]:
    """The story of all lumbar sessions, and every finding of family surgery that it makes known."""
    recorded = read_sessions(chart)
    stated: tuple[Statement, ...] = ()
    operations = recorded
    if not any(_major(o) for o in recorded):
        session, stated = read_stated(chart)
        if session:
            operations = (*read_sessions(chart, also_unlocalised=True), _as_operation(session))
    story = _story(chart, operations, stated)
    if not story.in_scope:
        return story, NONE
    told = replace(chart, surgery=story)
    doubt = bool(said(chart, "transitional-vertebra"))
    story = replace(story, preop_targets=wrong_site.targets(told), numbering_uncertain=doubt)
    told = replace(chart, surgery=story)
    return story, tuple(
        f for part in (_index, _ever, _times, _implants, wrong_site.read) for f in part(told, operations)
    )


def _major(operation: Operation) -> bool:
    return bool(operation.session.classes & MAJOR) or operation.session.stated_only


def _as_operation(session: Session) -> Operation:
    return Operation(session, (), tuple((c, session.place) for c in sorted(session.classes)))


def _story(chart: Chart, operations: tuple[Operation, ...], stated: tuple[Statement, ...]) -> SurgeryStory:
    index = next((o for o in reversed(operations) if _major(o)), None)
    fusions = [o for o in operations if FUSION in o.session.classes]
    fused = spine.join(o.place_of(FUSION) for o in fusions)
    named = all(o.place_of(FUSION).segments for o in fusions)
    return SurgeryStory(
        sessions=tuple(o.session for o in operations),
        index=index.session if index else None,
        stated=stated[0] if stated else None,
        dsi=_days_since(chart, index.session) if index else EVER,
        dsi_any=_days_since_any(chart, operations),
        operated=index.session.place if index else NOWHERE,
        fused=fused,
        fusion_when=fusions[-1].session.when if fusions else None,
        adjacent=spine.adjacent_segments(fused.segments) if named else (),
        side=index.session.side if index else SurgeryStory().side,
        in_scope=bool(operations),
    )


def _days_since(chart: Chart, session: Session) -> Interval:
    """An operation that is only stated happened at the latest on its bound, and perhaps long before."""
    age = age_days(session.when, chart)
    if age is None:
        return EVER
    return Interval(age.low, EVER.high) if session.stated_only else age


def _is_needle(session: Session) -> bool:
    return bool(session.minor) and session.minor <= _NEEDLES and not session.classes & MAJOR and not session.stated_only


_NEEDLES = frozenset({"injection", "discography", "myelogram"})


def _days_since_any(chart: Chart, operations: tuple[Operation, ...]) -> Interval:
    """Since the latest of all sessions. An undated minor procedure beside a dated operation leaves its date standing;
    an undated operation may be the latest of all."""
    dated = [_days_since(chart, o.session) for o in operations if o.session.when]
    open_end = not dated or not any(_major(o) and o.session.when for o in operations)
    low = 0 if open_end and any(o.session.when is None for o in operations) else min((d.low for d in dated), default=0)
    return Interval(low, min((d.high for d in dated), default=EVER.high))


def _index(chart: Chart, operations: tuple[Operation, ...]) -> Iterator[Finding]:
    story = _told(chart)
    yield _of("lumbar_surgery", "yes", operations)
    index = story.index
    if index is None:
        yield finding("index_surgery", "none")
        return
    basis = story.stated.basis if index.stated_only and story.stated else Basis.CODE
    word = "stated" if index.stated_only else "recorded"
    yield _on(index, "index_surgery", word, basis)
    fused = FUSION in index.classes
    for name, class_, beside_fusion in (
        ("index_discectomy", DISCECTOMY, True),
        ("index_decompression", DECOMPRESSION, False),
        ("index_fusion", FUSION, True),
        ("index_disc_replacement", DISC_REPLACEMENT, True),
    ):
        has = class_ in index.classes and (beside_fusion or not fused)
        # What is only stated may have been more than one operation: several classes leave the latest open.
        if not index.stated_only or (has and len(index.classes) == 1):
            yield _on(index, name, "yes" if has else "no", basis)
    if index.stated_only:
        return
    rows = next(o.rows for o in operations if o.session is index)
    if any("endoscopic-technique" in row.concepts for row in rows):
        yield _on(index, "index_minimally_invasive", "yes")
    anterior = any("anterior-approach" in row.concepts for row in rows) or DISC_REPLACEMENT in index.classes
    yield _on(index, "anterior_surgery", "yes" if anterior else "no")


def _ever(chart: Chart, operations: tuple[Operation, ...]) -> Iterator[Finding]:
    story = _told(chart)
    majors = tuple(o for o in operations if _major(o))
    since = _fused_since(operations)
    discs = tuple(o for o, fused in zip(operations, since, strict=True) if _major(o) and _unfused(o, DISCECTOMY, fused))
    opened = tuple(
        o for o, fused in zip(operations, since, strict=True) if _major(o) and _unfused(o, DECOMPRESSION, fused)
    )
    same = {id(o) for o in discs}
    also = tuple(o for o in opened if id(o) not in same)
    by_class = {c: tuple(o for o in majors if c in o.session.classes) for c in sorted(MAJOR)}
    certain = bool(majors) and not any(o.session.stated_only for o in majors)
    for name, who in (
        ("ever_discectomy", discs),
        ("ever_decompression", by_class[DECOMPRESSION]),
        ("ever_fused", by_class[FUSION]),
        ("unfused_operation", (*discs, *also)),
        ("posterior_surgery", tuple(o for o in majors if o.session.posterior)),
    ):
        if who or certain:
            yield _of(name, "yes" if who else "no", who or majors)
    fusions = by_class[FUSION]
    named = bool(fusions) and all(o.place_of(FUSION).segments for o in fusions)
    if "L5-S1" in story.fused.segments or named:
        yield _of("fused_to_sacrum", "yes" if "L5-S1" in story.fused.segments else "no", fusions)
    yield from _levels("fused_levels", FUSION, fusions)
    yield from _levels("decompressed_levels", DECOMPRESSION, by_class[DECOMPRESSION])
    for name, concept in (
        ("total_discectomy", "total-discectomy"),
        ("facetectomy", "facetectomy"),
        ("root_retraction_note", "root-retraction-note"),
        ("wrong_site_coded", "wrong-site-code"),
        ("wrong_site_stated", "wrong-site-stated"),
        ("numbering_uncertain", "transitional-vertebra"),
    ):
        if told := said(chart, concept):
            yield finding(name, "yes", told)


def _levels(name: str, class_: str, who: tuple[Operation, ...]) -> Iterator[Finding]:
    """A count is exact only when every session of the class names its segments."""
    segments = spine.join(o.place_of(class_) for o in who).segments
    if segments:
        exact = all(o.place_of(class_).segments for o in who)
        yield _of(name, Interval(len(segments), len(segments) if exact else 18), who)


def _fused_since(operations: tuple[Operation, ...]) -> list[frozenset[str]]:
    """For each operation, the segments that were fused then or later."""
    fused: list[frozenset[str]] = []
    for operation in reversed(operations):
        own = operation.place_of(FUSION).segments if FUSION in operation.session.classes else ()
        fused.append((fused[-1] if fused else frozenset()) | frozenset(own))
    return fused[::-1]


def _unfused(operation: Operation, class_: str, fused: frozenset[str]) -> bool:
    """The class was done at a segment that was not fused then or since; an unnamed segment counts as such."""
    if class_ not in operation.session.classes:
        return False
    place = operation.place_of(class_)
    own = operation.place_of(FUSION) if FUSION in operation.session.classes else None
    if own is not None and not apart(place, own):
        return False
    return not place.segments or bool(set(place.segments) - fused)


def _times(chart: Chart, operations: tuple[Operation, ...]) -> Iterator[Finding]:
    story = _told(chart)
    majors = tuple(o for o in operations if _major(o))
    if majors:
        stated = majors[-1].session.stated_only
        yield _of("n_surgeries", Interval(len(majors), 60 if stated else len(majors)), majors)
        yield _of("days_since_surgery", story.dsi, majors[-1:])
    yield _of("days_since_any", story.dsi_any, operations)
    # A needle starts the clock of bleeding and infection, not that of an operation.
    cut = tuple(o for o in operations if not _is_needle(o.session)) or operations
    yield _of("days_since_operated", _days_since_any(chart, cut), cut)
    still = story.dsi_any.low <= chart.numbers["quarter_days"]
    yield _of("early_window_open", "yes" if still else "no", operations)
    fusions = tuple(o for o in majors if FUSION in o.session.classes)
    if fusions:
        yield _of("fusion_age_days", _days_since(chart, fusions[-1].session), fusions[-1:])


def _implants(chart: Chart, operations: tuple[Operation, ...]) -> Iterator[Finding]:
    devices = {d.ref for d in chart.record.devices if is_in_use(d)}
    parts = tuple(s for s in said(chart, "instrumentation", "interspinous-spacer") if s.source in devices)
    placed = max((n for n, o in enumerate(operations) if o.session.instrumented), default=None)
    removed = [o for o in operations[(-1 if placed is None else placed) + 1 :] if _took_out(o)]
    if parts or (placed is not None and not removed):
        session = operations[placed].session if placed is not None else None
        refs = session.refs if session else ()
        yield finding("implant_present", "yes", parts, refs=refs, when=session.when if session else None)
    elif removed:
        yield _of("implant_present", "no", tuple(removed))
    yield from _stimulators(chart, operations)


def _stimulators(chart: Chart, operations: tuple[Operation, ...]) -> Iterator[Finding]:
    out = explants.removed(chart)
    stimulators = tuple(
        o
        for o in operations
        if o.session.minor & {"stimulator", "pump"} and not explants.is_out(chart, o.session.when, o.session.devices)
    )
    marks = explants.still_in(chart, said(chart, "stimulator-present"))
    if stimulators or marks:
        refs = tuple(r for o in stimulators for r in o.session.refs)
        yield finding("stimulator_present", "yes", marks, refs=refs, when=_when(stimulators))
    elif out:
        yield finding("stimulator_present", "no", out, when=out[-1].stated)


def _took_out(operation: Operation) -> bool:
    return "hardware-removal" in operation.session.minor and not operation.session.instrumented


def _told(chart: Chart) -> SurgeryStory:
    return chart.surgery or SurgeryStory()


def _when(operations: tuple[Operation, ...]) -> Span | None:
    return operations[-1].session.when if operations else None


def _on(session: Session, name: str, value: str, basis: Basis = Basis.CODE) -> Finding:
    return finding(name, value, refs=session.refs, basis=basis, when=session.when, words="; ".join(session.titles))


def _of(name: str, value: str | Interval, operations: tuple[Operation, ...]) -> Finding:
    """A finding on operations: their references, and the words and date of the latest."""
    refs = tuple(r for o in operations for r in o.session.refs)
    latest = operations[-1].session if operations else None
    return finding(name, value, refs=refs, when=_when(operations), words="; ".join(latest.titles) if latest else "")
