"""When a chart was opened: its visits, or every day on which something was recorded."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from service.replay.known import Chart
from service.replay.moments import DAY, begins, day_of, midnight, passed
from service.replay.rewind import Item

ENCOUNTERS, DAYS = "encounters", "days"
_NOT_HELD = frozenset({"planned", "cancelled", "entered-in-error"})


class Opening(NamedTuple):
    """One opening: the instant (seconds), the clinic in the chart's own words, the clinician's reference."""

    at: float
    clinic: str = ""
    clinician: str = ""


def openings(
    items: Iterable[Item], chart: Chart, *, how: str, first: float, last: float, death: float | None
) -> list[Opening]:
    """The openings from ``first`` up to (not at) ``last``, in time; none after death."""
    if how == DAYS:
        days = {day_of(item.known - 1, chart.zone) for item in items if item.known is not None}
        found = {Opening(midnight(day, chart.zone) + DAY - 1) for day in days}
    else:
        found = {_of(item, chart) for item in items if item.kind == "Encounter" and item.known is not None
                 and str(item.raw.get("status", "")).lower() not in _NOT_HELD}  # fmt: skip
    end = last if death is None else min(last, death)
    return sorted({each.at: each for each in sorted(found) if first <= each.at < end}.values())


def death_of(resources: Iterable[dict[str, Any]], chart: Chart) -> float | None:
    """When the patient had died for certain; None where the chart gives no date."""
    dates = [passed(told, chart.zone) for each in resources
             if isinstance(told := each.get("deceasedDateTime"), str)]  # fmt: skip
    return min((date for date in dates if date is not None), default=None)


def _of(item: Item, chart: Chart) -> Opening:
    period = item.raw.get("period")
    start = begins(period["start"], chart.zone) if isinstance(period, dict) else None
    return Opening(start if start is not None else 0.0, _clinic(item.raw), _clinician(item.raw))


def _clinic(encounter: dict[str, Any]) -> str:
    """The department as the visit names it, else the kind of visit."""
    named = [encounter.get("serviceProvider"), *(_dict(each).get("location") for each in _list(encounter, "location"))]
    for held in named:
        if told := _dict(held).get("display") or _dict(held).get("reference"):
            return str(told)[:80]
    for concept in (encounter.get("serviceType"), *_list(encounter, "type")):
        coding = _dict(next(iter(_list(_dict(concept), "coding")), None))
        if told := _dict(concept).get("text") or coding.get("display"):
            return str(told)[:80]
    return str(_dict(encounter.get("class")).get("code") or "")[:80]


def _clinician(encounter: dict[str, Any]) -> str:
    for each in _list(encounter, "participant"):
        if told := _dict(_dict(each).get("individual")).get("reference"):
            return str(told)
    return ""


def _dict(held: object) -> dict[str, Any]:
    return held if isinstance(held, dict) else {}


def _list(held: dict[str, Any], name: str) -> list[Any]:
    told = held.get(name)
    return told if isinstance(told, list) else []
