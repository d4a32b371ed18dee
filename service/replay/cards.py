"""What the service says of one chart at one instant: visible entries in; the cards, or why it is silent, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service import intake, pipeline
from service.domain.conclusions import Alarm, Cause, Conclusions, Reason
from service.domain.errors import ServiceError
from service.intake import Entry, Gathered
from service.intake.hook_request import Call
from service.replay.content_key import content_key

NO_SURGERY = "no lumbar surgery on record"
NO_PAIN = "no pain after surgery on record"
SILENCED = "kept silent by another rule"
NOT_SURE = "causes fit, none well enough for a card"
NOTHING = "nothing to say"
FAILED = "could not be evaluated"
HOOK = "patient-view"


@dataclass(frozen=True, slots=True)
class Card:
    """One card: the rule it speaks for and what it is about; ``refs`` are the entries that it stands on."""

    rule: str
    kind: str
    indicator: str
    certainty: str
    level: str
    side: str
    steps: tuple[str, ...]
    key: str
    refs: tuple[str, ...]

    def row(self) -> dict[str, Any]:
        return {
            "card": self.rule, "kind": self.kind, "indicator": self.indicator, "certainty": self.certainty,
            "level": self.level, "side": self.side, "steps": self.steps, "key": self.key,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """The cards of one opening; ``silent`` says why there are none."""

    cards: tuple[Card, ...]
    silent: str


def say(entries: Sequence[Entry], as_of: date, patient: str, service: pipeline.Service) -> Said:
    """What a panel would show at the opening of this chart."""
    try:
        record = intake.read(Gathered(list(entries)), as_of, patient=patient)
        call = Call(HOOK, "", patient, "", {}, {})
        conclusions, write = pipeline.answer(record, call, service)
        written = write(conclusions, pipeline.writing(service, patient))
    except ServiceError:
        return Said((), FAILED)
    cards = tuple(_card(card, conclusions) for card in written)
    return Said(cards, "" if cards else _why(conclusions))


def _card(card: dict[str, Any], conclusions: Conclusions) -> Card:
    rule = card["source"]["topic"]["code"]
    story = conclusions.sheet.story
    told = _told(rule, conclusions)
    reasons = _reasons(told)
    level = ", ".join(story.levels)
    refs = dict.fromkeys(ref for reason in reasons for ref in reason.refs)
    return Card(
        rule=rule,
        kind=told.kind
        if isinstance(told, Alarm)
        else "cause"
        if told in conclusions.causes
        else "notice"
        if told
        else rule,
        indicator=card["indicator"],
        certainty=told.certainty if isinstance(told, Cause) else "",
        level=level,
        side=story.side,
        steps=tuple(step.id for step in conclusions.steps if rule in step.for_ids),
        key=content_key(rule, level, story.side, reasons),
        refs=tuple(refs or dict.fromkeys(story.refs)),
    )


def _told(rule: str, conclusions: Conclusions) -> Alarm | Cause | None:
    told: tuple[Alarm | Cause, ...] = (
        *conclusions.alarms, *conclusions.warnings, *conclusions.causes, *conclusions.notices,
    )  # fmt: skip
    return next((each for each in told if each.id == rule), None)


def _reasons(told: Alarm | Cause | None) -> tuple[Reason, ...]:
    if told is None:
        return ()
    return told.because if isinstance(told, Alarm) else (*told.for_, *told.against)


def _why(conclusions: Conclusions) -> str:
    findings = conclusions.sheet.findings
    if (surgery := findings.get("lumbar_surgery")) is None or surgery.value != "yes":
        return NO_SURGERY
    if (pain := findings.get("fbss_context")) is None or pain.value != "yes":
        return NO_PAIN
    if conclusions.suppressed:
        return SILENCED
    return NOT_SURE if conclusions.fits else NOTHING
