"""Steps that need not be suggested again: what texts and papers tell of them in; those that still count out.

One rule for all steps: the table of rules/language/done.toml says how each is told and how long it counts (since the
present pain began, since the operation, so many days, ever). What was declined counts like what was done, for the same
time; what is under way counts as long as an order does. Studies are kept as files and have findings of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from service.chart.chart import Chart, after_index, age_days
from service.chart.measurements import readings
from service.chart.retold_studies import FILED
from service.chart.units import surely_above, surely_at_most
from service.domain import partial_dates
from service.domain.done_steps import DECLINED, DONE, PENDING, UNREPORTED, DoneStep, Settled
from service.domain.spans import Span
from service.fhir.elements import observation_done, procedure_done, report_done, request_stated, words_of
from service.fhir.eligibility import has_result, is_completed, is_final, is_ordered
from service.findings.imaging.study_age import is_current
from service.text.done_steps import named
from service.text.vocabulary.done_words import DoneWords

_LABS = "labs-crp-esr"
_MOST = 100
"""Characters of the chart's own words in a reason."""
_SAYS = {
    DONE: "Already done",
    UNREPORTED: "Already done, the result is not here: obtain it",
    PENDING: "Under way: obtain the result",
    DECLINED: "Declined: discuss before it is offered again",
}


def read(chart: Chart, table: DoneWords | None) -> tuple[Settled, ...]:
    """The steps that are settled, each once, by the latest word on it."""
    if table is None or chart.surgery is None or not chart.surgery.in_scope:
        return ()
    latest: dict[str, tuple[tuple[object, ...], Settled]] = {}
    for told in (*chart.done, *_papers(chart, table), *_measured_labs(chart)):
        if not _settles(chart, told):
            continue
        words = f"“{told.words[:_MOST]}”" if told.words else ""
        day = told.when.last if told.when else None
        written = f", {partial_dates.say(told.when)}" if told.when and told.dated else ""
        # Values of this work-up answer an urgent question of a cause too.
        fresh = told.step == _LABS and _within(chart, told.when, chart.numbers["workup_days"])
        routine = told.routine and not fresh
        reason = f"{_SAYS[told.manner]}: {words}{written}"
        made = Settled(
            told.step, reason, routine, day, told.not_for, _answers_alarm(chart, told), _of_today(chart, told)
        )
        place = (day is not None, day, told.manner == DONE, made.reason)
        if told.step not in latest or place > latest[told.step][0]:
            latest[told.step] = place, made
    return tuple(made for _, made in latest.values())


def _settles(chart: Chart, told: DoneStep) -> bool:
    if told.study in FILED and told.manner != DECLINED:
        return False
    if told.manner == PENDING and not _within(chart, told.when, chart.numbers["order_pending_days"]):
        return False
    if told.step == _LABS and not _labs_settle(chart, told):
        return False
    return counts(chart, told)


def counts(chart: Chart, told: DoneStep) -> bool:
    """Whether it was done in the time that the step asks for."""
    if told.limit and not _within(chart, told.when, chart.numbers[told.limit]):
        return False
    if told.since == "ever":
        return True
    if told.since == "pain":
        return is_current(chart, told.when) is True
    if told.since == "operation":
        return after_index(chart, told.when)
    return _within(chart, told.when, chart.numbers[told.since])


def _within(chart: Chart, when: Span | None, days: float) -> bool:
    ago = age_days(when, chart)
    return ago is not None and ago.high <= days


def _of_today(chart: Chart, told: DoneStep) -> bool:
    """Whether it was taken in this emergency: nobody takes it twice in one night."""
    return told.step in _TAKEN_AT_ONCE and told.manner != DECLINED and _within(chart, told.when, _SAME_DAYS)


_TAKEN_AT_ONCE = frozenset({"blood-cultures", "bladder-scan"})
"""Tests that whoever sees an emergency takes at once, and whose result stays true for its hours."""


def _answers_alarm(chart: Chart, told: DoneStep) -> bool:
    """Whether a bedside warning need not ask for it either: blood of today or yesterday, or raised twice by now,
    or both taken this week long after the operation.

    A note may tell an old normal value without its day; one that is raised needs no second look on the same day.
    """
    if told.step != _LABS or told.manner != DONE or told.when is None:
        return False
    measured = {r.ref: r for concept in _LIMITED for r in readings(chart, concept)}
    if told.source not in measured:
        return _within(chart, told.when, 0) and _are_normal(chart, told) is False
    if _within(chart, told.when, _SAME_DAYS):
        return True
    late = chart.surgery is not None and chart.surgery.dsi_any.low > chart.numbers["labs_answer_days"]
    if not _within(chart, told.when, chart.numbers["labs_max_age_days" if late else "labs_recent_days"]):
        return False
    raised = [_raised(chart, concept) for concept in _LIMITED]
    # So long after an operation raised values follow no curve: where both were taken this week, both are known.
    week = chart.numbers["labs_recent_days"]
    late = late and all(any(_within(chart, r.when, week) for r in readings(chart, concept)) for concept in _LIMITED)
    return any(len(days) > 1 or (late and days) for days in raised)


_SAME_DAYS = 1
"""Days."""
_LIMITED = {"crp": "crp_late", "esr": "esr_limit"}


def _raised(chart: Chart, concept: str) -> set[date]:
    """The days on which it was raised, in the time in which an old value still answers."""
    limit, days = chart.numbers[_LIMITED[concept]], chart.numbers["labs_answer_days"]
    return {
        r.when.last for r in readings(chart, concept) if _within(chart, r.when, days) and surely_above(r.amount, limit)
    }


def _labs_settle(chart: Chart, told: DoneStep) -> bool:
    """Only normal values settle the question; a sign of infection asks for new ones whatever the old ones were."""
    if _answers_alarm(chart, told):
        return True
    if any(_is(chart, name, word) for name, word in _ASKS_AGAIN):
        return False
    if told.manner == DECLINED:
        return True
    if told.manner in {PENDING, UNREPORTED}:
        return _within(chart, told.when, chart.numbers["labs_max_age_days"])
    return _are_normal(chart, told) is True and not any(
        _are_normal(chart, other) is False and told.when and other.when and other.when.last >= told.when.last
        for other in chart.done
        if other.step == _LABS
    )


def _are_normal(chart: Chart, told: DoneStep) -> bool | None:
    """Whether the values told are normal, by the number where one is named, else by the word for them."""
    if told.amount is not None and (limit := _LIMITS.get(told.name[:3])):
        return told.amount <= chart.numbers[limit]
    return {"normal": True, "abnormal": False}.get(told.result)


_LIMITS = {"crp": "crp_late", "c r": "crp_late", "c-r": "crp_late", "esr": "esr_limit", "sed": "esr_limit"}
_ASKS_AGAIN = (
    ("fever", "yes"),
    ("wound_drainage", "yes"),
    ("draining_sinus", "yes"),
    ("infection_labs", "abnormal"),
    ("crp_raised", "yes"),
    ("spinal_infection_coded", "yes"),
    ("implant_infection_coded", "yes"),
    ("wound_infection_coded", "yes"),
)


def _is(chart: Chart, name: str, word: str) -> bool:
    found = chart.known.get(name)
    return found is not None and found.value == word


def _papers(chart: Chart, table: DoneWords) -> Iterator[DoneStep]:
    """What resources tell by their own name and status; studies that are kept as files are read elsewhere."""
    record = chart.record
    for procedure in record.procedures:
        if is_completed(procedure):
            yield from _named(words_of(procedure.code), DONE, procedure_done(procedure), procedure.ref, table)
    for report in record.reports:
        if is_final(report):
            yield from _named(words_of(report.code), DONE, report_done(report), report.ref, table)
    for observation in record.observations:
        if has_result(observation) and is_final(observation):
            yield from _named(words_of(observation.code), DONE, observation_done(observation), observation.ref, table)
    for request in record.service_requests:
        manner = DONE if is_completed(request) else PENDING if is_ordered(request) else ""
        if manner:
            yield from _named(words_of(request.code), manner, request_stated(request), request.ref, table)


def _named(words: str, manner: str, when: Span | None, ref: str, table: DoneWords) -> Iterator[DoneStep]:
    rows = named(words, table) if words else ()
    for row in rows:
        if row.study in FILED or (row.step == _LABS and manner == DONE):
            continue
        yield DoneStep(
            row.step,
            manner,
            ref,
            row.since,
            row.study,
            when=when,
            dated=True,
            words=words,
            limit=row.limit,
            routine=row.routine,
            not_for=row.not_for,
        )


def _measured_labs(chart: Chart) -> Iterator[DoneStep]:
    """The latest CRP or ESR as a value, where it is normal for whatever day it was taken on."""
    for concept, limit in _LIMITED.items():
        values = readings(chart, concept)
        latest = values[-1] if values else None
        if latest and latest.firm and surely_at_most(latest.amount, chart.numbers[limit]):
            result, amount = "normal", None
        elif latest:
            result, amount = "abnormal", None
        else:
            continue
        yield DoneStep(
            _LABS,
            DONE,
            latest.ref,
            "pain",
            result=result,
            amount=amount,
            when=latest.when,
            dated=True,
            words=latest.words,
            limit="labs_answer_days",
            routine=True,
        )
