"""Stimulators and pumps that were taken out: what the chart says of a device in, what still stands out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from service.chart.chart import Chart, begun, said
from service.domain.spans import Span
from service.domain.statements import Statement

_OUT = re.compile(r"\b(?:remov|explant)")
_NEW = re.compile(r"\b(?:replac|revis|re-?implant|re-?insert|exchang|reposition)")
_LEAD = re.compile(r"\b(?:leads?|electrodes?)\b")
_TRIAL = re.compile(r"\btrial\b")
_GENERATOR = re.compile(r"\b(?:generator|ipg|battery)\b")
_PUMP = re.compile(r"\bpumps?\b")
_WHOLE = re.compile(r"\b(?:leads?|electrodes?|complete|entire|whole|system|all|trial|pump)\b")
_IMPLANTED = ("stimulator-present", "stimulator-implant", "pump-implant")


def removed(chart: Chart) -> tuple[Statement, ...]:
    """The removals, oldest first. One without a day tells nothing: the device may have been placed after it."""
    return tuple(s for s in said(chart, *_IMPLANTED) if s.stated and _is_removal(s))


def still_in(chart: Chart, statements: Iterable[Statement]) -> list[Statement]:
    """Without the removals, and without what they took out. An active Device stands for itself, and so does an
    undated word: to ask for MR safety once too often is the lesser harm."""
    return [
        s
        for s in statements
        if s.source.startswith("Device/") or not (_takes_out(s) or is_out(chart, begun(s), s.words))
    ]


def out_of_the_magnet(chart: Chart, statements: Iterable[Statement]) -> list[Statement]:
    """As ``still_in``, for MR safety: leads often stay when the generator goes, so what was taken out must name them,
    or be called complete."""
    whole = [s for s in said(chart, *_IMPLANTED) if _takes_out(s) and _WHOLE.search(s.words.lower())]
    return [
        s
        for s in statements
        if s not in whole
        and (s.source.startswith("Device/") or not any(_ends(out, begun(s), s.words) for out in whole))
    ]


def is_out(chart: Chart, when: Span | None, words: str) -> bool:
    return any(_ends(out, when, words) for out in said(chart, *_IMPLANTED) if _takes_out(out))


def _ends(removal: Statement, when: Span | None, words: str) -> bool:
    """Whether it took out what was placed on that day: no pump takes a stimulator along, and a trial only itself."""
    if when is None or removal.stated is None or when.last > removal.stated.first:
        return False
    return _is_pump(removal.words) == _is_pump(words) and (not _is_trial(removal.words) or _is_trial(words))


def _is_removal(statement: Statement) -> bool:
    return _takes_out(statement) and not _is_trial(statement.words)


def _takes_out(statement: Statement) -> bool:
    """A Procedure that takes out the whole device, or the leads of a trial: no exchange, and no part of a device."""
    words = statement.words.lower()
    if not statement.source.startswith("Procedure/") or not _OUT.search(words) or _NEW.search(words):
        return False
    return _is_trial(words) or bool(_LEAD.search(words)) == bool(_GENERATOR.search(words))


def _is_trial(words: str) -> bool:
    return _TRIAL.search(words.lower()) is not None


def _is_pump(words: str) -> bool:
    return _PUMP.search(words.lower()) is not None
