"""Stimulators and pumps that were taken out: what the chart says of a device in, what still stands out."""

from __future__ import annotations

from collections.abc import Iterable, Set

from service.chart.chart import Chart, begun, said
from service.domain.spans import Span
from service.domain.statements import Statement

_PUMP, _TRIAL = "pump", "trial"
_IMPLANTED = ("stimulator-present", "stimulator-implant", "pump-implant")


def removed(chart: Chart) -> tuple[Statement, ...]:
    """The removals, oldest first. One without a day tells nothing: the device may have been placed after it."""
    return tuple(
        s for s in said(chart, *_IMPLANTED) if s.stated and _takes_out(s) and _TRIAL not in s.attributes.devices
    )


def still_in(chart: Chart, statements: Iterable[Statement]) -> list[Statement]:
    """Without the removals, and without what they took out. An active Device stands for itself, and so does an
    undated word: to ask for MR safety once too often is the lesser harm."""
    return [
        s
        for s in statements
        if s.resource == "Device" or not (_takes_out(s) or is_out(chart, begun(s), s.attributes.devices))
    ]


def out_of_the_magnet(chart: Chart, statements: Iterable[Statement]) -> list[Statement]:
    """As ``still_in``, for MR safety: leads often stay when the generator goes, so what was taken out must name them,
    or be called complete."""
    whole = [s for s in said(chart, *_IMPLANTED) if _takes_out(s) and s.attributes.removal == "whole"]
    return [
        s
        for s in statements
        if s not in whole
        and (s.resource == "Device" or not any(_ends(out, begun(s), s.attributes.devices) for out in whole))
    ]


def is_out(chart: Chart, when: Span | None, devices: Set[str]) -> bool:
    """Whether something of those kinds, placed on that day, was taken out since."""
    return any(_ends(out, when, devices) for out in said(chart, *_IMPLANTED) if _takes_out(out))


def _ends(removal: Statement, when: Span | None, devices: Set[str]) -> bool:
    """Whether it took out what was placed on that day: no pump takes a stimulator along, and a trial only itself."""
    if when is None or removal.stated is None or when.last > removal.stated.first:
        return False
    gone = removal.attributes.devices
    return (_PUMP in gone) == (_PUMP in devices) and (_TRIAL not in gone or _TRIAL in devices)


def _takes_out(statement: Statement) -> bool:
    return statement.resource == "Procedure" and bool(statement.attributes.removal)
