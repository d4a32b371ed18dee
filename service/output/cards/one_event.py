"""One event, one card: the alarms of an answer in; out, those that get a card, and what stands on it, not beside it.

Three emergencies of one infection on three cards are read as three patients: the first says it, the others are named.
"""

from __future__ import annotations

from collections.abc import Iterable

from service.domain.conclusions import Alarm, Cause, Conclusions, Reason
from service.output.cards import headline, quotes

_NERVES = ("rf-hematoma", "rf-cauda-equina", "rf-abscess", "rf-cord")
_INFECTION = ("rf-implant-sepsis", "rf-wound-sepsis", "rf-abscess", "rf-discitis", "rf-meningitis")
_PART_OF: dict[str, tuple[str, ...]] = {
    "rf-deficit": (*_NERVES, "rf-implant-malposition"),
    "exam-verify": _NERVES,
    "exam-hematoma": _NERVES,
    "exam-retention": _NERVES,
    "rf-abscess": _INFECTION,
    "rf-discitis": _INFECTION,
    "rf-dural-csf-leak": ("rf-meningitis",),
    "exam-infection": (*_INFECTION, "rf-dural-csf-leak"),
    "rf-dvt": ("rf-pe",),
    "rf-told-emergency": (*_NERVES, *_INFECTION, "rf-deficit", "rf-pe", "rf-dvt", "rf-vascular", "rf-dural-csf-leak"),
}
"""Which emergency speaks for which alarm: its pathway looks for both, or the lesser question is answered by it."""


def events(conclusions: Conclusions) -> list[Alarm]:
    """One alarm for one event: those that are signs of another that speaks stand among its reasons."""
    return [alarm for alarm in _told(conclusions) if not _of(alarm, conclusions)]


def signs(alarm: Alarm, conclusions: Conclusions) -> list[Alarm]:
    """The alarms that stand on the card of this one."""
    return [each for each in _told(conclusions) if _spoken_for(each, conclusions) == alarm.id]


def apart(spoken: list[Alarm], conclusions: Conclusions) -> tuple[list[Cause], dict[str, list[Cause]]]:
    """The causes with a card of their own, and by alarm those that rest on the very words that raised it."""
    words = {alarm.id: quoted(alarm.because, conclusions) for alarm in spoken}
    alone: list[Cause] = []
    folded: dict[str, list[Cause]] = {}
    for cause in conclusions.causes:
        said = leading(cause, conclusions)
        of = next((ident for ident, known in words.items() if said and said <= known), None)
        if of is None:
            alone.append(cause)
        else:
            folded.setdefault(of, []).append(cause)
    return alone, folded


def grouped(causes: list[Cause], conclusions: Conclusions) -> list[list[Cause]]:
    """The causes in their order, those that rest on the same words of the chart together."""
    groups: list[list[Cause]] = []
    for cause in causes:
        words = leading(cause, conclusions)
        same = next((group for group in groups if words and words <= _found(group[0], conclusions)), None)
        if same is None:
            groups.append([cause])
        else:
            same.append(cause)
    return groups


def quoted(reasons: Iterable[Reason], conclusions: Conclusions) -> frozenset[str]:
    """The words of the chart that these reasons rest on."""
    findings = conclusions.sheet.findings
    return frozenset(words for reason in reasons for words in quotes.each_of(reason, findings))


def leading(cause: Cause, conclusions: Conclusions) -> frozenset[str]:
    """The words that would lead the card of this cause."""
    lead = headline.lead(cause.for_, conclusions.sheet.findings)
    return quotes.each_of(lead, conclusions.sheet.findings) if lead else frozenset()


def _found(cause: Cause, conclusions: Conclusions) -> frozenset[str]:
    """The words of what was found for this cause, beside those that lead its card."""
    return leading(cause, conclusions) | quoted((r for r in cause.for_ if r.group == "finding"), conclusions)


def _told(conclusions: Conclusions) -> tuple[Alarm, ...]:
    return (*conclusions.alarms, *conclusions.warnings)


def _spoken_for(alarm: Alarm, conclusions: Conclusions) -> str:
    """The alarm whose card names this one, through those that it is a part of in turn; "" when it has its own."""
    by_id = {each.id: each for each in _told(conclusions)}
    at, seen = _of(alarm, conclusions), {alarm.id}
    while at and at not in seen and (above := _of(by_id[at], conclusions)):
        seen.add(at)
        at = above
    return at


def _of(alarm: Alarm, conclusions: Conclusions) -> str:
    """The alarm that this one is a sign of, or that rests on the same words of the chart and was told before it; the
    emergency that leads for a warning that asks for nothing."""
    told = _told(conclusions)
    if alarm.sign_of and any(each.id == alarm.sign_of for each in told):
        return alarm.sign_of
    asks = any(alarm.id in step.for_ids for step in conclusions.steps)
    if alarm.indicator != "critical" and not asks and told[0].indicator == "critical":
        return told[0].id
    own = quoted(alarm.because, conclusions)
    for each in told:
        if each.id == alarm.id:
            return ""
        if each.indicator == "critical" and each.id in _PART_OF.get(alarm.id, ()):
            return each.id
        if own and each.indicator == alarm.indicator and not each.sign_of and own <= quoted(each.because, conclusions):
            return each.id
    return ""
