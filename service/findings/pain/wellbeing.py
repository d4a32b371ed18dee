"""Whether the patient is well: what notes tell of it, against every complaint since, in; ``doing_well`` out.

A note of an undisturbed course names pain too: the score, the pain that was, a knee, the ache after a day on the feet.
Such a mention is no complaint while the note says that its patient is well and nothing is called bad, new, worse, back
or not relieved. Alarms never ask for this; it keeps causes from being sought for somebody whom nothing ails.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from service.chart.chart import Chart, after_index, finding, said
from service.domain import partial_dates
from service.domain.findings import Finding
from service.domain.spans import Span
from service.domain.statements import Basis, Polarity, Statement
from service.findings.pain import standing
from service.findings.pain.complaints import LEGS, Entries, is_open, type_of
from service.text.context.well_words import CLOSED, RESULT, SCORED

_COMPLAINS = ("no-relief", "pain-worse", "pain-returned")
_ENOUGH = 2
"""Kinds of good news that tell of a patient who is well where none names the result: "back at work", "no tablets"."""
_BAD = frozenset({"severe", "moderate"})


def read(chart: Chart, entries: Entries) -> Iterator[Finding]:
    """``doing_well``, where the newest note that tells of it says so and nothing that stands speaks against it, or
    where notes grade every pain of now as no more than relief leaves."""
    slight = _graded_slight(chart, entries)
    if slight:
        yield finding("doing_well", "yes", slight)
        return
    told = tuple(s for s in said(chart, "doing-well") if after_index(chart, s.stated))
    if not told or told[-1].stated is None:
        return
    day = told[-1].stated
    said_then = tuple(s for s in told if s.stated == day)
    kinds = {s.attributes.well for s in said_then}
    if RESULT not in kinds and len(kinds - {CLOSED}) < _ENOUGH:
        return
    against = (*said(chart, "doing-well", polarity=Polarity.NO), *said(chart, *_COMPLAINS))
    if any(_is_near(chart, s, day) for s in against if is_open(s)):
        return
    if any(_ails(chart, s, day, kinds) for s in (*entries.now, *entries.vague)):
        return
    yield finding("doing_well", "yes", said_then)


def _graded_slight(chart: Chart, entries: Entries) -> tuple[Statement, ...]:
    """The pains of now, when notes grade each of them and none counts as more than relieved: "back 3, leg 1"."""
    now = (*entries.now, *entries.vague)
    against = (*said(chart, "doing-well", polarity=Polarity.NO), *said(chart, *_COMPLAINS))
    if entries.revived or any(is_open(s) for s in against):
        return ()
    return now if now and all(_is_graded_slight(chart, s) for s in now) else ()


def _is_graded_slight(chart: Chart, entry: Statement) -> bool:
    told, score = entry.attributes, entry.attributes.score
    if entry.basis is not Basis.NOTE or score is None or score > chart.numbers["score_relief"]:
        return False
    return not (told.severity in _BAD or told.turned or told.new or told.begun or told.sore or told.old)


def _ails(chart: Chart, entry: Statement, day: Span, kinds: Set[str]) -> bool:
    """Whether this pain is a complaint beside such a note: coded, scored as pain on that day or since, or bad."""
    if entry.basis is Basis.VALUE:
        return entry.stated is None or not partial_dates.surely_before(entry.stated, day)
    if entry.basis is not Basis.NOTE:
        return True
    told, score = entry.attributes, entry.attributes.score
    if not _is_near(chart, entry, day):
        return False
    if score is not None:
        return score >= chart.numbers["score_pain"]
    began = entry.onset is not None and after_index(chart, entry.onset)
    if told.severity in _BAD or told.turned or told.new or told.begun or began:
        return True
    if told.long or told.severity or standing.is_eased(chart, entry) or SCORED in kinds:
        return False
    # A good result bears a back that aches; a leg that hurts, graded by nobody, is what the operation was for.
    return RESULT not in kinds or bool(type_of(entry) & LEGS)


def _is_near(chart: Chart, entry: Statement, day: Span) -> bool:
    """Told since, or so shortly before that one good day does not end it."""
    if entry.stated is None:
        return True
    return partial_dates.days_between(entry.stated, day).low <= chart.numbers["new_pain_days"]
