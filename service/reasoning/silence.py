"""What is not said: causes that stand, negatives and alarms in; what they silence, with the reason, out."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from service.knowledge import Knowledge
from service.knowledge.records import CauseRecord
from service.reasoning.differential import Case, Hypothesis
from service.reasoning.red_flags import Sounded
from service.reasoning.scoring import DOCUMENTED, LIKELY


class Silence(Struct, frozen=True, gc=False):
    """What the negatives and the red flags take away: causes with the reason, steps with the reason, orientation."""

    speaking: tuple[CauseRecord, ...]
    causes: dict[str, str]
    orientation: bool


def is_minor(case: Case) -> bool:
    return case.is_("minor_patient", "yes")


def silenced_by(
    standing: Sequence[Hypothesis], doors: frozenset[str], sounded: Sounded, case: Case, knowledge: Knowledge
) -> Silence:
    speaking = []
    causes: dict[str, str] = {}
    orientation = is_minor(case)
    surely = case.is_("reads_surely", "yes")
    if is_minor(case):
        causes.update(dict.fromkeys(knowledge.causes, "the rule set is for adults"))
    for negative in knowledge.negatives.values():
        quiet = negative.suppresses
        if quiet is None or negative.id not in doors:
            continue
        # A warning adds its card; what is not worth orienting on without it is not worth it beside it.
        orientation = orientation or quiet.orientation
        if sounded.any and not quiet.always:
            continue
        speaking.append(negative)
        proven = {
            each.record.id for each in standing if (quiet.unproven and each.found) or (surely and each.reads_like)
        }
        for id_ in knowledge.causes if quiet.causes is None else quiet.causes:
            if id_ not in quiet.spared and id_ not in proven:
                causes.setdefault(id_, negative.title)
    if sounded.critical:
        for each in standing:
            if each.certainty not in (DOCUMENTED, LIKELY):
                causes.setdefault(each.record.id, "a critical red flag fired; only likely causes stay beside it")
    return Silence(tuple(speaking), causes, orientation)


def outshone(ranked: Sequence[Hypothesis], knowledge: Knowledge, *, surely: bool = False) -> dict[str, str]:
    """Beside a cause that is likely or documented, or that all words of the chart ``surely`` read like, those for which
    nothing was found are not named, nor worked up."""
    if not ranked or not (ranked[0].certainty in (DOCUMENTED, LIKELY) or (surely and ranked[0].reads_like)):
        return {}
    lead = ranked[0].record
    reason = f"{lead.title} is likelier, and nothing was found for this one"
    return {each.record.id: reason for each in ranked[1:] if not each.found}
