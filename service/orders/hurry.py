"""An order that is drafted to wait while the chart asks for it now or soon: say so, with the priority as a button."""

from __future__ import annotations

from msgspec.structs import replace

from service.domain.conclusions import Conclusions, NextStep
from service.knowledge.records import URGENCIES
from service.orders.advice import Advice
from service.orders.draft_orders import Draft
from service.output.cards import headline, quotes
from service.output.cards.markdown import uncapitalised

PRIORITY = {"emergency": "stat", "urgent": "urgent"}
_WHEN = {"emergency": "now", "urgent": "urgent"}


def is_late(draft: Draft, wanted: NextStep | None) -> bool:
    """Whether the chart wants this step sooner than the draft asks for."""
    return wanted is not None and URGENCIES.index(wanted.urgency) < URGENCIES.index(draft.urgency)


def hurried(
    base: Advice, kept: NextStep, wanted: NextStep | None, minded: Advice | None, conclusions: Conclusions
) -> Advice:
    """The urgency leads; what the order asks for besides (contrast, a device, kidneys) stands behind it."""
    urgency = wanted.urgency if wanted else kept.urgency
    wants = wanted.for_ids if wanted else ()
    alarms = [each for each in (*conclusions.alarms, *conclusions.warnings) if each.id in wants]
    because = next((each.because for each in alarms), next((c.for_ for c in conclusions.causes if c.id in wants), ()))
    findings = conclusions.sheet.findings
    lead = headline.lead(because, findings)
    said = next(iter(headline.finding(lead, findings)), "")
    span = quotes.day(lead, findings) if lead else None
    day = f", {quotes.told(span)}" if span else ""
    also = minded if minded is not None and minded.say in ("mind", "contrast") else None
    return replace(
        base,
        say="urgency",
        summary=f"{drafted(base)}; consider it {_WHEN[urgency]}{f': {uncapitalised(said)}{day}' if said else ''}",
        indicator=alarms[0].indicator if alarms else "warning",
        reasons=(*because[:2], *(also.reasons if also else ())),
        cautions=also.cautions if also else (),
        becomes=also.becomes if also else None,
        lines=(also.summary,) if also and also.say == "contrast" else (),
        priority=PRIORITY[urgency],
    )


def drafted(advice: Advice) -> str:
    """How the order is drafted: "MRI of the lumbar spine is drafted routine"."""
    given = advice.draft.resource.get("priority")
    return f"{advice.title} is drafted {given if given in ('routine', 'urgent', 'asap') else 'without a priority'}"
