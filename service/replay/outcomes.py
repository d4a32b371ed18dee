"""What happened after a card: outcomes.toml and a whole chart in, the days of each outcome out.

The concepts are the project's own; a code and a report are read by the same reader as for the cards, so what it cannot
read is no outcome either. That is said in the report.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct, ValidationError, convert, field

from service.chart.operations import CLASS_OF
from service.domain.statements import Polarity, Statement
from service.fhir.record import Record
from service.findings import case_sheet
from service.pipeline import Service
from service.replay.moments import DAY, day_of
from service.replay.rewind import Item

SHIPPED = Path(__file__).with_name("outcomes.toml")
_ELSEWHERE = frozenset({"cervical", "thoracic"})


class Outcome(Struct, frozen=True, rename={"sources": "from"}, forbid_unknown_fields=True):
    """One entry of outcomes.toml; its comment says what the fields mean. ``days`` 0 stands for --follow-up."""

    id: str
    title: str
    concepts: tuple[str, ...]
    sources: tuple[str, ...]
    cards: tuple[str, ...]
    modality: str = ""
    same_level: bool = False
    days: int = 0
    emergency: bool = False
    before: int = 7


class _File(Struct, forbid_unknown_fields=True):
    outcome: tuple[Outcome, ...] = field(default=())


def load(path: Path, follow_up: int, service: Service) -> tuple[Outcome, ...]:
    """Read outcomes.toml. Raises ValueError with a sentence for a wrong field, an unknown rule or concept."""
    try:
        told = convert(tomllib.loads(path.read_text("utf-8")), _File, strict=True)
    except (tomllib.TOMLDecodeError, ValidationError, UnicodeDecodeError) as problem:
        raise ValueError(f"{path.name}: {problem}") from None
    rules = {record.id for record in service.knowledge.records} | set(service.knowledge.disabled)
    concepts = service.knowledge.codes.concepts
    for each in told.outcome:
        if unknown := sorted(set(each.cards) - rules):
            raise ValueError(f"{path.name}: {each.id}: there is no rule {', '.join(unknown)}")
        if unknown := sorted(set(each.concepts) - concepts):
            raise ValueError(f"{path.name}: {each.id}: no value set is about {', '.join(unknown)}")
    return tuple(
        Outcome(**{name: getattr(each, name) for name in Outcome.__struct_fields__} | {"days": each.days or follow_up})
        for each in told.outcome
    )


class History(Struct, frozen=True):
    """What a whole chart says happened: the day of the first lumbar operation, and the outcomes after it."""

    operated: str | None
    rows: tuple[dict[str, Any], ...]


def read(record: Record, items: Iterable[Item], wanted: Sequence[Outcome], service: Service, zone: ZoneInfo) -> History:
    """Every outcome of one chart after its first lumbar operation, once for each day. Undated entries are none."""
    since = {item.ref: item.known for item in items}
    said = [each for each in case_sheet.say(record, service.knowledge) if each.polarity is Polarity.YES]
    operations = [
        (known, each)
        for each in said
        if each.source.startswith("Procedure/") and each.concept in CLASS_OF and each.place.region not in _ELSEWHERE
        and (known := since.get(each.source)) is not None
    ]  # fmt: skip
    if not operations:
        return History(None, ())
    first = min(known for known, _ in operations)
    levels = {segment for _, each in operations for segment in each.place.segments}
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for each in said:
        known = since.get(each.source)
        if known is None or known <= first + DAY:
            continue
        for outcome in wanted:
            if _is(each, outcome, levels):
                on = day_of(known - 1, zone).isoformat()
                found.setdefault((outcome.id, on), _row(outcome, on, known, each))
    operated = day_of(first - 1, zone)
    return History(operated.isoformat(), tuple(found[key] for key in sorted(found)))


def _is(said: Statement, outcome: Outcome, levels: set[str]) -> bool:
    kind = said.source.partition("/")[0]
    if said.concept not in outcome.concepts or kind not in outcome.sources or said.place.region in _ELSEWHERE:
        return False
    if outcome.modality and kind == "DiagnosticReport" and said.modality != outcome.modality:
        return False
    return not outcome.same_level or bool(levels & set(said.place.segments))


def _row(outcome: Outcome, on: str, known: float, said: Statement) -> dict[str, Any]:
    return {"outcome": outcome.id, "on": on, "known": known, "window": outcome.days, "basis": str(said.basis)}


def as_settings(wanted: Iterable[Outcome]) -> list[Mapping[str, Any]]:
    """The outcomes as plain values, for the figures and for telling one run from another."""
    return [{name: getattr(each, name) for name in Outcome.__struct_fields__} for each in wanted]
