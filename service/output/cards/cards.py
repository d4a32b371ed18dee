"""Conclusions to CDS Hooks cards: emergencies first, at most three causes, nothing when there is nothing to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from service.domain.conclusions import LONGEST_SUMMARY, Alarm, Cause, Conclusions, NextStep, Reason
from service.output.cards import (
    actions,
    envelope,
    headline,
    known,
    one_event,
    proposed_order,
    quotes,
    step_names,
    suggestions,
    text,
)
from service.output.cards.context import Writing, topic_of
from service.output.cards.lines import FIRST, MUST, NEXT, NOTE, SECOND, Line, fit, listed
from service.output.cards.markdown import clip, escape, uncapitalised

CAUSE_CARDS = 3
STEPS_TOLD = 3
QUESTIONS_TOLD = 3
FITS_TOLD = 3
ALONE = "Nothing else in the chart speaks for it"
_URGENCIES = ("emergency", "urgent", "routine")
_WHOLE_SPINE, _LUMBAR = "mri-whole-spine", "mri-lumbar"
_FIRST = {"emergency-pathway": 0, _WHOLE_SPINE: 1}
_KINDS = {"imaging": 1, "bedside": 2, "referral": 2}
_SHORT_QUESTION = {
    "1": "red flags?",
    "2": "any relief, how long?",
    "3": "leg or back?",
    "4": "sudden or gradual?",
    "5": "worse walking or sitting?",
}
_INDICATORS = ("info", "warning", "critical")


@dataclass(frozen=True, slots=True)
class _Draft:
    """One card before it is JSON."""

    topic: str
    title: str
    summary: str
    indicator: str
    lines: tuple[Line, ...]
    reasons: tuple[Reason, ...]
    steps: tuple[NextStep, ...]
    asks: bool = False
    words: frozenset[str] = frozenset()
    """Of an alarm, what of the chart raised it: other words are new evidence."""

    @property
    def may_hide(self) -> bool:
        """Whether somebody may mark it as known: never an emergency, and never what asks for something now."""
        return self.indicator != "critical" and all(step.urgency != "emergency" for step in self.steps)


def write(conclusions: Conclusions, writing: Writing) -> list[dict[str, Any]]:
    """Write the cards of one answer, most pressing first; an empty list when there is nothing to say.

    Each next step is suggested once, on the first card that wants it. Summaries keep within 139 characters; the
    detail is plain markdown of at most six lines and sixty words, in which every text from the chart is escaped.
    A card that somebody marked as known is left out while that holds; one that asks for something now never is.
    """
    spoken = one_event.events(conclusions)
    causes, folded = one_event.apart(spoken, conclusions)
    drafts = [
        _alarm(alarm, folded.get(alarm.id, []), conclusions, reads=n == 0 and alarm.indicator == "critical")
        for n, alarm in enumerate(spoken)
    ]
    drafts += _causes(causes, conclusions)
    if conclusions.orientation:
        drafts.append(_orientation(conclusions))
    drafts += [_notice(notice, conclusions) for notice in conclusions.notices]
    given: set[str] = set()
    # Emergencies lead; below them the rank of the causes counts, whatever colour a card has.
    ordered = sorted(drafts, key=lambda draft: draft.indicator != "critical")
    keyed = [(draft, known.content_key(draft.topic, draft.reasons, conclusions, draft.words)) for draft in ordered]
    shown = [(draft, key) for draft, key in keyed if key not in writing.known or not draft.may_hide]
    return [_card(draft, key, conclusions, writing, given, first=n == 0) for n, (draft, key) in enumerate(shown)]


def _alarm(alarm: Alarm, folded: list[Cause], conclusions: Conclusions, *, reads: bool) -> _Draft:
    """The card of one event. ``reads``: it is the emergency that says what of the chart somebody has to read."""
    signs = one_event.signs(alarm, conclusions)
    because = (*alarm.because, *_further(alarm, signs))
    one = {alarm.id, *(each.id for each in signs), *(each.id for each in folded)}
    wanted = [step for step in conclusions.steps if one & set(step.for_ids)]
    steps = _apart(wanted)
    lead = headline.lead(because, conclusions.sheet.findings)
    asked = next(actions.sentences(alarm.action, wanted, ""), Line(MUST, headline.REVIEW)).text.partition(";")[0]
    # What shows or excludes the danger is told first, then who decides.
    theirs = {each.id for each in signs}
    own = [step for step in steps if set(step.for_ids) & one - theirs or step.urgency == "emergency"]
    acts = sorted(own, key=lambda step: (_URGENCIES.index(step.urgency), _FIRST.get(step.id, _KINDS.get(step.kind, 3))))
    summary = headline.write(alarm.summary or alarm.title, lead, acts, conclusions, otherwise=asked)
    lines = (
        *actions.sentences(alarm.action, wanted, summary),
        *text.mind(wanted, conclusions, alarm.id, summary),
        text.not_understood(conclusions) if reads else Line(MUST, ""),
        *text.reasons(because, conclusions, summary),
        _with_it(signs),
        _also(folded),
    )
    return _Draft(
        alarm.id,
        alarm.title,
        summary,
        alarm.indicator,
        lines,
        because,
        steps,
        words=one_event.quoted(because, conclusions),
    )


def _apart(steps: Iterable[NextStep]) -> tuple[NextStep, ...]:
    """The steps of an alarm, without an MRI of the lumbar spine beside one of the whole spine that is as urgent."""
    given = tuple(steps)
    whole = next((_URGENCIES.index(step.urgency) for step in given if step.id == _WHOLE_SPINE), len(_URGENCIES))
    return tuple(step for step in given if step.id != _LUMBAR or _URGENCIES.index(step.urgency) < whole)


def _further(alarm: Alarm, signs: list[Alarm]) -> list[Reason]:
    """What the signs rest on beside what the alarm itself rests on."""
    told = {reason.findings for reason in alarm.because}
    return [reason for each in signs for reason in each.because if reason.findings not in told]


def _with_it(signs: list[Alarm]) -> Line:
    """What else this card speaks for; that an age is unclear says nothing beside an emergency."""
    named = [escape(uncapitalised(each.title)) for each in signs if each.id != "exam-verify"]
    return listed(MUST, "With it: ", named, ", ".join)


def _also(causes: list[Cause]) -> Line:
    named = [f"{escape(uncapitalised(each.title))} ({each.certainty})" for each in causes]
    return listed(NEXT, "Also fits: ", named, ", ".join)


def _causes(causes: list[Cause], conclusions: Conclusions) -> list[_Draft]:
    """At most three cards: causes that rest on the same words of the chart share one, and what is cut is named."""
    groups = one_event.grouped(causes, conclusions)
    wanting = {ident for step in conclusions.steps for ident in step.for_ids}
    # A second cause that asks for nothing is no reason for a second card.
    own = [group for n, group in enumerate(groups) if n == 0 or any(cause.id in wanting for cause in group)]
    beside = [cause for group in groups if group not in own for cause in group]
    drafts = [
        _cause(group, beside if n == 0 else [], conclusions, first=n == 0) for n, group in enumerate(own[:CAUSE_CARDS])
    ]
    if cut := [escape(uncapitalised(cause.title)) for group in own[CAUSE_CARDS:] for cause in group]:
        more = listed(NEXT, f"And {len(cut)} more: ", cut, ", ".join)
        drafts[-1] = replace(drafts[-1], lines=(*drafts[-1].lines, more))
    return drafts


def _cause(group: list[Cause], beside: list[Cause], conclusions: Conclusions, *, first: bool) -> _Draft:
    """One card for causes that rest on the same words; ``beside``: those that are only named on it."""
    cause, others = group[0], [*group[1:], *beside]
    findings = conclusions.sheet.findings
    lead = headline.lead(cause.for_, findings)
    name = headline.placed(cause.summary or cause.title, lead, conclusions)
    if cause.certainty and not cause.overridden:
        name = f"{name}, {cause.certainty}"
    ids = {each.id for each in group}
    steps = tuple(step for step in conclusions.steps if ids & set(step.for_ids))
    summary = headline.write(name, lead, steps, conclusions)
    lines = (
        _also(others),
        *text.reasons((r for r in cause.for_ if r is not lead or _cut(summary)), conclusions, summary),
        *text.against(cause.against, conclusions),
        _further_steps(steps, summary),
        *text.mind(steps, conclusions, cause.id, summary),
        text.worth_testing(conclusions) if first else Line(SECOND, ""),
        *(Line(NOTE, escape(note)) for each in group for note in _notes(each)),
    )
    if not any(line.text for line in lines):
        lines = (Line(FIRST, ALONE),)
    reasons = tuple(reason for each in group for reason in (*each.for_, *each.against))
    indicator = max((each.indicator for each in group), key=_INDICATORS.index)
    return _Draft(
        cause.id, cause.title, summary, indicator, lines, reasons, steps, asks=first and cause.certainty == "possible"
    )


def _notes(cause: Cause) -> Iterable[str]:
    return [note for note in cause.notes if note not in cause.general][:1]


def _cut(summary: str) -> bool:
    return "…" in summary


def _further_steps(steps: tuple[NextStep, ...], summary: str) -> Line:
    """The steps that had no room in the summary."""
    left = [step for step in steps if step_names.short(step).lower() not in summary.lower()]
    return listed(NEXT, "Then: ", left, lambda some: uncapitalised(step_names.action(some)), STEPS_TOLD)


def _notice(notice: Cause, conclusions: Conclusions) -> _Draft:
    steps = tuple(step for step in conclusions.steps if notice.id in step.for_ids)
    action = step_names.action(steps[:2])
    dated = headline.operated_on(conclusions)
    summary = (notice.summary or notice.title) + (f"{f', {dated}' if dated else ''}. {action}" if action else "")
    lines = (
        *text.reasons(notice.for_, conclusions, summary),
        *text.mind(steps, conclusions, notice.id, summary),
        *(Line(NOTE, escape(note)) for note in notice.notes),
    )
    return _Draft(notice.id, notice.title, summary, notice.indicator, lines, notice.for_, steps)


def _orientation(conclusions: Conclusions) -> _Draft:
    """The one card that asks: what fits, in order, and the first questions that would tell the causes apart."""
    fitting = conclusions.fits
    # What a notice or a warning wants stands on its card; what a modifier wants (the operative report) has no other.
    elsewhere = {each.id for each in conclusions.notices} | {each.id for each in conclusions.warnings}
    steps = tuple(step for step in conclusions.steps if set(step.for_ids) - elsewhere)[:3]
    history = [question for question in conclusions.questions if not question.bedside]
    reasons = (_context(conclusions), *(reason for cause in fitting[:FITS_TOLD] for reason in cause.for_[:1]))
    ask = "Ask: " + " ".join(_SHORT_QUESTION.get(question.id, "") for question in history[:QUESTIONS_TOLD]).strip()
    act = step_names.action(steps[:2]) or (ask if history else headline.REVIEW)
    day = headline.dated(None, conclusions)
    summary = clip(f"Pain after spine surgery, cause not yet clear, {day}. {act}", LONGEST_SUMMARY)
    fits = [escape(uncapitalised(cause.title)) for cause in fitting]
    lines = (
        listed(FIRST, "Fits so far, not a diagnosis: ", fits, ", ".join, FITS_TOLD),
        *(Line(FIRST, f"Ask: {escape(question.text)}") for question in history[:QUESTIONS_TOLD]),
        *text.mind(steps, conclusions, "orientation", summary),
        text.worth_testing(conclusions),
    )
    return _Draft("orientation", "Pain after spine surgery", summary, "info", lines, reasons, steps, asks=True)


def _context(conclusions: Conclusions) -> Reason:
    """What the orientation card stands on when no cause does: the operation, and pain since it. Ask first, says S3."""
    sheet = conclusions.sheet
    stated = (sheet.findings[name] for name in ("index_surgery", "current_pain") if name in sheet.findings)
    refs = dict.fromkeys((*sheet.story.refs, *(ref for finding in stated for ref in finding.refs)))
    return Reason("Pain after spine surgery", 0, quotes.FIT, ("fbss_context",), tuple(refs), ("S3",))


def _card(
    draft: _Draft, key: str, conclusions: Conclusions, writing: Writing, given: set[str], *, first: bool
) -> dict[str, Any]:
    lines = (
        text.story(conclusions) if first else Line(FIRST, ""),
        *draft.lines,
        text.not_available(writing.missing) if first else Line(FIRST, ""),
    )
    card = envelope.write(draft.topic, draft.title, draft.summary, draft.indicator, fit(lines, draft.summary), writing)
    card["extension"] = {known.EXTENSION: key}
    topic = topic_of(draft.topic, draft.title)
    steps = [step for step in draft.steps if step.id not in given]
    given.update(step.id for step in steps)
    offered = suggestions.orders(
        steps,
        topic,
        draft.reasons,
        conclusions,
        writing,
        grave=draft.indicator != "info",
        undecided=any(proposed_order.decides(step) for step in draft.steps),
    )
    if draft.asks and any(not question.bedside for question in conclusions.questions):
        offered += suggestions.ask(draft.topic, conclusions, writing)
    if draft.may_hide:
        offered += suggestions.hide(draft.topic, draft.title, key, conclusions, writing)
    if offered:
        card["suggestions"] = offered
        card["selectionBehavior"] = "any"
    return card
