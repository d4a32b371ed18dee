"""What the words of a chart together are like: a chart in; the cause, the alarm or that nothing is the matter, out."""

from __future__ import annotations

from collections.abc import Iterator

from service.chart.chart import Chart
from service.domain.chart_answers import ALARMS, QUIET, SERIOUS, URGENT
from service.domain.findings import Finding
from service.domain.statements import Resemblance

_CLEARLY = 1.5
"""How much likelier a cause must be than the next, for the words to speak for it."""


def read(chart: Chart) -> Iterator[Finding]:
    held = chart.resembles
    if not held:
        return
    quiet, serious = _sum(held, QUIET), _sum(held, SERIOUS)
    alarm = next((each for each in held if each.answer in ALARMS), None)
    if alarm and _reaches(chart, alarm.likelihood, "reads_alarm"):
        yield _told("reads_alarm", ALARMS[alarm.answer], alarm)
        if alarm.answer in URGENT and _reaches(chart, alarm.likelihood, "reads_urgent"):
            yield _told("reads_urgent", "yes", alarm)
    cause, second = [*(each for each in held if each.answer not in QUIET | ALARMS.keys()), None, None][:2]
    if _reaches(chart, quiet, "reads_uneventful"):
        if not _reaches(chart, serious, "reads_uneasy"):
            surely = _reaches(chart, quiet, "reads_well") and not _reaches(chart, serious, "reads_serious")
            yield _told("reads_uneventful", "surely" if surely else "yes", held[0])
    elif cause and _reaches(chart, cause.likelihood, "reads_like"):
        if second and cause.likelihood < _CLEARLY * second.likelihood:
            return
        yield _told("reads_like", cause.answer, cause)
        if not _reaches(chart, cause.likelihood, "reads_surely"):
            return
        yield _told("reads_surely", "yes", cause)
        own = cause.likelihood if cause.answer in SERIOUS else 0.0
        if not _reaches(chart, serious - own, "reads_serious"):
            yield _told("reads_harmless", "warnings" if own else "yes", cause)


def _reaches(chart: Chart, likelihood: float, limit: str) -> bool:
    return likelihood * 100 >= chart.numbers[f"{limit}_percent"]


def _sum(held: tuple[Resemblance, ...], answers: frozenset[str]) -> float:
    return sum(each.likelihood for each in held if each.answer in answers)


def _told(name: str, word: str, of: Resemblance) -> Finding:
    return Finding(name, word, (of.source,) if of.source else (), of.basis, of.words, of.stated)
