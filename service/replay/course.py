"""One patient's past: lines in; the rows of every opening, what was said at it and what came after, out.

The chart is read once. A chart that no code and no word connects with spine surgery is left after one look, and so are
the openings before the first entry that does; `look=False` evaluates all, and the rows must be the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from service import intake
from service.domain.errors import ServiceError
from service.fhir.record import Record
from service.fhir.resources import BY_TYPE
from service.findings import case_sheet
from service.intake import Entry, Gathered
from service.intake.references import aliases
from service.pipeline import Service
from service.replay import cards, coverage, known, outcomes, reading_sample, rewind
from service.replay.buckets import MERGED, Lines, parse
from service.replay.moments import DAY, day_of
from service.replay.openings import ENCOUNTERS, Opening, death_of, openings
from service.replay.outcomes import History, Outcome
from service.replay.pseudonyms import pseudonym
from service.replay.rewind import Grade, Item

_EVER = float("inf")
_LATEST = date(9999, 12, 31)
_READ = frozenset({*BY_TYPE, "Medication"})
_NOTHING = History(None, ())


class Shelf(Protocol):
    """Where the drugs are that entries refer to."""

    def of(self, entries: Iterable[Entry]) -> list[Entry]: ...


@dataclass(frozen=True)
class Plan:
    """What a run asks of each chart. ``first`` and ``last`` are instants in seconds; ``last`` itself is outside."""

    key: bytes
    zone: ZoneInfo
    wanted: tuple[Outcome, ...]
    how: str = ENCOUNTERS
    first: float = 0.0
    last: float = float("inf")
    strict: bool = False
    look: bool = True


@dataclass
class Rows:
    """What one bucket comes to: plain rows for each table, and counts that are added up."""

    sample: reading_sample.Drawn
    openings: list[dict[str, Any]] = field(default_factory=list)
    fired: list[dict[str, Any]] = field(default_factory=list)
    outcomes: list[dict[str, Any]] = field(default_factory=list)
    bad: list[tuple[str, str]] = field(default_factory=list)
    gaps: Counter[coverage.Gap] = field(default_factory=Counter)
    patients: int = 0
    resources: int = 0
    evaluations: int = 0


def replay(lines: Lines, drugs: Shelf, plan: Plan, service: Service, rows: Rows) -> None:
    """Add one patient's rows."""
    read = parse(lines)
    rows.bad += read.bad
    rows.patients += 1
    rows.resources += len(read.entries)
    raws = [entry.resource for entry in read.entries]
    coverage.count(raws, service.knowledge.codes, rows.gaps)
    chart = known.about(raws, plan.zone, aliases(read.entries))
    items = rewind.items([entry for entry in read.entries if entry.kind in _READ], chart)
    death = death_of((raw for raw in raws if raw.get("resourceType") in ("Patient", MERGED)), chart)
    opened = openings(items, chart, how=plan.how, first=plan.first, last=plan.last, death=death)
    whose = pseudonym(plan.key, lines.patient)
    if plan.look and not _may_concern(items, _EVER, lines.patient, service):
        rows.openings += [_opening(whose, each, plan, _NOTHING, None) for each in opened]
        return
    shared = drugs.of(entry for entry in read.entries if entry.kind in _READ)
    items += rewind.items(shared, chart)
    until = max((item.known for item in items if item.known is not None), default=0.0)
    history = _history(items, until, lines.patient, plan, service)
    rows.outcomes += [{"patient": whose, **row} for row in history.rows]
    spoken: list[tuple[float, frozenset[str], list[Entry]]] = []
    begins = _first_concerned(items, opened, lines.patient, service) if plan.look else 0
    rows.openings += [_opening(whose, each, plan, history, until) for each in opened[:begins]]
    for opening in opened[begins:]:
        told = _Told(items, opening, plan, chart, lines.patient, service, rows)
        rows.openings.append(_opening(whose, opening, plan, history, until, told))
        rows.fired += [{"patient": whose, "at": _iso(opening.at), **row} for row in told.fired]
        _offer(told, opening, lines.patient, rows)
        spoken.append((opening.at, frozenset(card.rule for card in told.strict.cards), told.visible))
    _offer_misses(history, spoken, lines.patient, plan, rows)


class _Told:
    """Both readings of one opening, and how sure the entries are that each card stands on."""

    def __init__(
        self, items: Sequence[Item], opening: Opening, plan: Plan, chart: known.Chart, patient: str, service: Service,
        rows: Rows,
    ) -> None:  # fmt: skip
        day = day_of(opening.at, plan.zone)
        strict, grades = _visible(items, opening.at, chart, lenient=False)
        self.visible = strict
        self.strict = cards.say(strict, day, patient, service)
        self.lenient, self.both = self.strict, False
        self.shares = grades
        rows.evaluations += 1
        if not plan.strict and any(rewind.shows_undated(item, opening.at) for item in items):
            kept, self.shares = _visible(items, opening.at, chart, lenient=True)
            if [entry.resource for entry in kept] != [entry.resource for entry in strict]:
                self.lenient, self.both = cards.say(kept, day, patient, service), True
                rows.evaluations += 1
        self.fired = self._fired(grades)

    def _fired(self, grades: dict[str, Grade]) -> list[dict[str, Any]]:
        held = {(card.rule, card.key): (card, grades) for card in self.lenient.cards}
        surely = {(card.rule, card.key): (card, grades) for card in self.strict.cards}
        also = {name: (card, self.shares) for name, (card, _) in held.items() if name not in surely}
        return [
            {**card.row(), **_grade(card.refs, known_as), "strict": name in surely, "lenient": name in held}
            for name, (card, known_as) in (surely | also).items()
        ]


def _visible(
    items: Sequence[Item], moment: float, chart: known.Chart, *, lenient: bool
) -> tuple[list[Entry], dict[str, Grade]]:
    seen: list[Entry] = []
    grades: dict[str, Grade] = {}
    for item in items:
        raw, grade = rewind.at(item, moment, chart, lenient=lenient)
        if raw is not None:
            seen.append(item.entry if raw is item.raw else Entry(item.entry.path, raw, item.entry.full_url))
            grades[item.ref] = grade
    return seen, grades


def _grade(refs: Sequence[str], grades: dict[str, Grade]) -> dict[str, Any]:
    """The worst grade of the entries that a card stands on, and the share of each."""
    found = [grades.get(ref, grades.get(ref.partition("#")[0].replace("Observation/", "DiagnosticReport/")))
             for ref in refs]  # fmt: skip
    told = [grade for grade in found if grade is not None]
    share = {grade.name.lower(): round(told.count(grade) / len(told), 3) if told else 0.0 for grade in Grade}
    return {"grade": max(told, default=Grade.UNDATED).name.lower(), **share}


def _offer(told: _Told, opening: Opening, patient: str, rows: Rows) -> None:
    raws = [entry.resource for entry in told.visible]
    for card in told.strict.cards:
        rows.sample.offer(card.rule, patient, opening.at, raws)
    if not told.strict.cards and told.strict.silent not in (cards.NO_SURGERY, cards.FAILED):
        rows.sample.offer(reading_sample.QUIET, patient, opening.at, raws)


def _offer_misses(
    history: History, spoken: Sequence[tuple[float, frozenset[str], list[Entry]]], patient: str, plan: Plan, rows: Rows
) -> None:
    """The last opening before an emergency of which no card had been shown, for reading."""
    for outcome in plan.wanted:
        coded = [row["known"] for row in history.rows if row["outcome"] == outcome.id and row["basis"] == "code"]
        if not outcome.emergency or not coded:
            continue
        begins = coded[0] - outcome.before * DAY
        before = [each for each in spoken if begins <= each[0] < coded[0]]
        if before and not any(said & set(outcome.cards) for _, said, _ in before):
            at, _, visible = before[-1]
            raws = [entry.resource for entry in visible]
            rows.sample.offer(reading_sample.missed(outcome.id), patient, at, raws)


def _opening(
    whose: str, opening: Opening, plan: Plan, history: History, until: float | None, told: _Told | None = None
) -> dict[str, Any]:
    count = Counter(told.shares.values()) if told else Counter()
    of = sum(count.values()) or 1
    return {
        "patient": whose,
        "at": _iso(opening.at),
        "clinic": opening.clinic,
        "clinician": pseudonym(plan.key, opening.clinician),
        "silent": told.strict.silent if told else cards.NO_SURGERY,
        "cards": len(told.strict.cards) if told else 0,
        "cards_lenient": len(told.lenient.cards) if told else 0,
        "operated": history.operated,
        "until": _iso(until) if until else None,
        **{grade.name.lower(): round(count[grade] / of, 3) if told else None for grade in Grade},
    }


def _first_concerned(items: Sequence[Item], opened: Sequence[Opening], patient: str, service: Service) -> int:
    """The number of openings before anything of the chart told of spine surgery."""
    return bisect_left(opened, True, key=lambda each: _may_concern(items, each.at, patient, service))


def _may_concern(items: Sequence[Item], moment: float, patient: str, service: Service) -> bool:
    """Asked of everything that may have been there by then, in its first form: more entries never make it less."""
    entries = [
        Entry(item.entry.path, rewind.first_form(item), item.entry.full_url)
        for item in items
        if item.known is None or item.known <= moment
    ]
    record = _record(entries, _LATEST, patient)
    return record is None or case_sheet.may_concern(record, service.knowledge)


def _history(items: Sequence[Item], until: float, patient: str, plan: Plan, service: Service) -> History:
    record = _record([item.entry for item in items], day_of(until, plan.zone), patient)
    return _NOTHING if record is None else outcomes.read(record, items, plan.wanted, service, plan.zone)


def _record(entries: Sequence[Entry], as_of: date, patient: str) -> Record | None:
    try:
        return intake.read(Gathered(list(entries)), as_of, patient=patient)
    except ServiceError:
        return None


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
