"""A step that somebody is about to order in; what the rules on steps say to it (keep, replace, withhold, mind) out."""

from __future__ import annotations

from collections.abc import Iterable

from service.domain.findings import CaseSheet
from service.knowledge import Knowledge
from service.reasoning import next_steps
from service.reasoning.differential import Case
from service.reasoning.engine import Engine
from service.reasoning.next_steps import Selection, Want

BY = "order"


def judge(
    step: str,
    urgency: str,
    alarm: bool,
    without: Iterable[str] = (),
    contrast: str = "",
    *,
    sheet: CaseSheet,
    engine: Engine,
    knowledge: Knowledge,
) -> Selection:
    """Treat a drafted order as a want, so that advice on orders and next steps on cards agree by construction.

    ``without`` names findings to leave out, for an order that is like the step but not the step itself; ``contrast``
    is what the draft says of it (with, without, or "").
    """
    findings = {name: finding for name, finding in sheet.findings.items() if name not in frozenset(without)}
    settled = {} if without else {each.step: each for each in sheet.settled}
    case = Case(findings, engine.properties(findings), settled=settled)
    return next_steps.select([Want(step, urgency, "", BY, 0, alarm, contrast)], case, engine, knowledge)
