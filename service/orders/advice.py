"""The noun between orders and their cards: what is to be said about one drafted order."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from service.domain.conclusions import NextStep, Reason
from service.domain.statements import Ref
from service.orders.draft_orders import Draft
from service.reasoning.next_steps import Selection

Judge = Callable[[str, str, bool, tuple[str, ...], str], Selection]
"""Step, urgency, whether a red flag wants it, findings to leave out, the draft's contrast → what the rules on steps
say."""


class Advice(Struct, frozen=True):
    """What is to be said of one draft. ``say`` is done, instead, mind, contrast, modality, urgency or missing.

    ``step`` is the step of the rules that the draft stands for, ``result`` what the study that was done showed, in the
    words of its report; ``priority`` the FHIR priority that the order should have; ``brief`` asks for one line.
    """

    draft: Draft
    say: str
    topic: str
    title: str
    summary: str
    indicator: str
    reasons: tuple[Reason, ...]
    cautions: tuple[str, ...] = ()
    becomes: NextStep | None = None
    also: tuple[NextStep, ...] = ()
    earlier: tuple[Ref, ...] = ()
    lines: tuple[str, ...] = ()
    step: str = ""
    result: str = ""
    priority: str = ""
    brief: bool = False
