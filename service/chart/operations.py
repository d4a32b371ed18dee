"""Procedures to operations: the rows of the record that concern the lumbar spine, gathered into sessions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from service.chart.chart import Chart, by_source, is_elsewhere, is_lumbar
from service.domain import partial_dates, spine
from service.domain.places import NOWHERE, Place, Side, one_side
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Ref, Session, Statement
from service.fhir import resources
from service.fhir.elements import encounter_of
from service.fhir.eligibility import is_completed

DISCECTOMY, DECOMPRESSION, FUSION, DISC_REPLACEMENT, MINOR = "D", "L", "F", "R", "M"
MAJOR = frozenset({DISCECTOMY, DECOMPRESSION, FUSION, DISC_REPLACEMENT})

CLASS_OF = {
    "discectomy": DISCECTOMY,
    "total-discectomy": DISCECTOMY,
    "decompression": DECOMPRESSION,
    "facetectomy": DECOMPRESSION,
    "interspinous-spacer": DECOMPRESSION,
    "fusion": FUSION,
    "disc-replacement": DISC_REPLACEMENT,
}
MINOR_KIND = {
    "spinal-injection": "injection",
    "nerve-root-block": "injection",
    "facet-block": "injection",
    "discography": "discography",
    "myelogram": "myelogram",
    "stimulator-implant": "stimulator",
    "pump-implant": "pump",
    "vertebral-augmentation": "augmentation",
    "hardware-removal": "hardware-removal",
    "hardware-revision": "hardware-revision",
    "instrumentation": "instrumentation",
    "washout": "washout",
    "dural-repair": "dural-repair",
    "adhesiolysis": "adhesiolysis",
}
_PLACED_AWAY = frozenset({"stimulator-implant", "pump-implant"})
_IMPLANTS = frozenset({"instrumentation", "interspinous-spacer", "disc-replacement"})


class Row(Struct, frozen=True, gc=False):
    """One Procedure of the lumbar spine: what its concepts make of it."""

    ref: Ref
    title: str
    concepts: frozenset[str]
    when: Span | None
    place: Place
    side: Side
    encounter: Ref
    devices: frozenset[str] = frozenset()

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(CLASS_OF[c] for c in self.concepts if c in CLASS_OF)

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(MINOR_KIND[c] for c in self.concepts if c in MINOR_KIND)


class Operation(Struct, frozen=True, gc=False):
    """A session with the places of each of its classes, a disc removal that served a fusion left out."""

    session: Session
    rows: tuple[Row, ...]
    where: tuple[tuple[str, Place], ...] = ()

    def place_of(self, class_: str) -> Place:
        return dict(self.where).get(class_, NOWHERE)


def read_sessions(chart: Chart, also_unlocalised: bool = False) -> tuple[Operation, ...]:
    """Every lumbar session on record, oldest first; undated ones lead.

    A minor procedure without a level counts only beside a lumbar operation (``also_unlocalised`` says that one is
    known by statement): its clock matters for infection and bleeding, but alone it may belong to another region.
    """
    rows = tuple(_rows(chart))
    rows = (*rows, *_reported_rows(chart))
    located = [r for r in rows if is_lumbar(r.place)]
    if also_unlocalised or any(r.classes for r in located):
        located += [r for r in rows if not r.classes and not is_lumbar(r.place)]
    operations = (_operation(group) for group in _gather(located))
    return tuple(sorted(operations, key=lambda o: _age_order(o.session)))


def _rows(chart: Chart) -> Iterable[Row]:
    said = by_source(chart)
    for procedure in chart.record.procedures:
        own = [s for s in said.get(procedure.ref, ()) if s.polarity is Polarity.YES]
        told = [s for s in own if s.concept in CLASS_OF or s.concept in MINOR_KIND]
        if not told or not is_completed(procedure):
            continue
        when = next((s.stated for s in told if s.stated), None)
        place = spine.join(s.place for s in told)
        # The lead of a stimulator lies at the thoracic spine although the pain it treats does not.
        if is_elsewhere(place) and not any(s.concept in _PLACED_AWAY for s in told):
            continue
        if when is not None and when.first > chart.as_of:
            continue
        yield Row(
            ref=procedure.ref,
            title=_title(procedure, told),
            concepts=frozenset(s.concept for s in own),
            when=when if when is None or when.last <= chart.as_of else replace(when, last=chart.as_of),
            place=place,
            side=one_side(s.side for s in told),
            encounter=encounter_of(procedure),
            devices=frozenset(kind for s in told for kind in s.attributes.devices),
        )


def _reported_rows(chart: Chart) -> Iterable[Row]:
    """An operative report is proof of the operation on its day, with or without a Procedure.

    Where a Procedure of the same day tells less (no level, no side), the report's row joins its session.
    """
    said = by_source(chart)
    for ref in (*(r.ref for r in chart.record.reports), *(d.ref for d in chart.record.documents)):
        own = [s for s in said.get(ref, ()) if s.polarity is Polarity.YES and not s.about_surgery]
        told = [s for s in own if s.concept in CLASS_OF and s.basis is Basis.REPORT and s.onset]
        place = spine.join(s.place for s in told)
        if not told or is_elsewhere(place):
            continue
        yield Row(
            ref=ref,
            title=told[0].words,
            concepts=frozenset(s.concept for s in told),
            when=told[0].onset,
            place=place,
            side=one_side(s.side for s in told),
            encounter=told[0].encounter,
        )


def _title(procedure: resources.Procedure, told: list[Statement]) -> str:
    return next((s.words for s in told if s.words), "") or (procedure.code.text or "" if procedure.code else "")


def _gather(rows: list[Row]) -> list[list[Row]]:
    """Rows of one operation: same encounter, same (partial) date, or exact dates at most one day apart.

    A minor procedure on a later day of the same stay keeps its own session, because its date starts a clock of its
    own. A date of other precision joins a session only if it is the one session that it can mean.
    """
    rows = sorted(rows, key=lambda r: r.ref)
    linked = list(range(len(rows)))  # union by the lowest: each row points to an earlier one of its group, or itself

    def first_of(at: int) -> int:
        while linked[at] != at:
            linked[at] = linked[linked[at]]
            at = linked[at]
        return at

    for one, other in _links(rows):
        low, high = sorted((first_of(one), first_of(other)))
        linked[high] = low
    groups: dict[int, list[Row]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(first_of(at), []).append(row)
    return _join_vague(list(groups.values()))


def _links(rows: list[Row]) -> Iterator[tuple[int, int]]:
    """Enough pairs of rows that belong together to tell every group; never all pairs, for charts may be long."""
    days: dict[int, int] = {}
    vague: dict[Span, int] = {}
    encounters: dict[Ref, list[int]] = {}
    for at, row in enumerate(rows):
        if row.when and row.when.first == row.when.last:
            yield at, days.setdefault(row.when.first.toordinal(), at)
        elif row.when:
            yield at, vague.setdefault(row.when, at)
        if row.encounter:
            encounters.setdefault(row.encounter, []).append(at)
    yield from ((at, days[day + 1]) for day, at in days.items() if day + 1 in days)
    for stay in encounters.values():
        yield from _of_one_stay(rows, stay)


def _of_one_stay(rows: list[Row], stay: list[int]) -> Iterator[tuple[int, int]]:
    """Within an encounter: operations always belong together; others unless their dates surely lie apart."""
    yield from pairwise(at for at in stay if rows[at].classes)
    undated = [at for at in stay if rows[at].when is None]
    if undated:
        yield from ((at, undated[0]) for at in stay)
        return
    spans = sorted((when.first, when.last, at) for at in stay if (when := rows[at].when))
    for (_, _, before), (first, _, at), last in zip(
        spans, spans[1:], accumulate((last for _, last, _ in spans), max), strict=False
    ):
        if first <= last:
            yield before, at


def _join_vague(groups: list[list[Row]]) -> list[list[Row]]:
    """A year-only row that repeats an operation dated to the day is that operation, if only one fits."""
    exact = [g for g in groups if _exact(g)]
    days = sorted((r.when.first, at) for at, g in enumerate(exact) for r in g if r.when)
    kept = [list(g) for g in exact]
    for vague in (g for g in groups if not _exact(g)):
        near = {
            at
            for when in {r.when for r in vague if r.when}
            for _, at in days[bisect_left(days, (when.first, 0)) : bisect_left(days, (when.last, len(exact)))]
        }
        fits = [at for at in sorted(near) if _may_repeat(vague, exact[at])]
        if len(fits) == 1:
            kept[fits[0]] += vague
        else:
            kept.append(vague)
    return kept


def _exact(group: list[Row]) -> bool:
    return any(r.when and r.when.first == r.when.last for r in group)


def _may_repeat(vague: list[Row], group: list[Row]) -> bool:
    classes = frozenset(c for r in vague for c in r.classes)
    return bool(classes & {c for r in group for c in r.classes}) and any(
        v.when and r.when and v.when.first <= r.when.first and r.when.last <= v.when.last for v in vague for r in group
    )


def _operation(group: list[Row]) -> Operation:
    rows = tuple(sorted(group, key=lambda r: (not r.classes, r.ref)))
    major = tuple(r for r in rows if r.classes)
    where = _where(major)
    concepts = frozenset(c for r in rows for c in r.concepts)
    session = Session(
        classes=frozenset(where) if major else frozenset({MINOR}),
        when=partial_dates.latest(r.when for r in major or rows),
        place=spine.join(r.place for r in major or rows),
        side=one_side(r.side for r in major or rows),
        refs=tuple(r.ref for r in rows),
        titles=tuple(dict.fromkeys(r.title for r in rows if r.title)),
        minor=frozenset(k for r in rows for k in r.kinds - {"instrumentation"}),
        instrumented=bool(concepts & _IMPLANTS),
        posterior=any("anterior-approach" not in r.concepts and r.classes - {DISC_REPLACEMENT} for r in major),
        revision="revision-operation" in concepts,
        devices=frozenset(kind for r in rows for kind in r.devices),
    )
    return Operation(session, rows, tuple(sorted(where.items())))


def _where(major: tuple[Row, ...]) -> dict[str, Place]:
    """The place of each class. A disc removed where the session also fused is a step of the fusion."""
    where = {
        c: spine.join(r.place for r in major if c in r.classes) for c in sorted({c for r in major for c in r.classes})
    }
    fused = where.get(FUSION) or where.get(DISC_REPLACEMENT)
    discs = where.get(DISCECTOMY)
    if fused and discs and not apart(discs, fused):
        del where[DISCECTOMY]
    elif fused and discs:
        where[DISCECTOMY] = Place(tuple(s for s in discs.segments if s not in fused.segments), discs.region)
    return where


def apart(place: Place, fused: Place) -> bool:
    """Surely at least one segment beyond the fused ones; a region never proves that."""
    return bool(place.segments and fused.segments and set(place.segments) - set(fused.segments))


def _age_order(session: Session) -> tuple[object, ...]:
    when = session.when
    return (when is not None, when.last if when else date.min, when.first if when else date.min, session.refs)
