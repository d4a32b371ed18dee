"""The noun between orders and their cards: what is to be said about one drafted order."""

from __future__ import annotations

from msgspec import Struct

from service.domain.conclusions import NextStep, Reason
from service.domain.statements import Ref
from service.orders.draft_orders import Draft


class Advice(Struct, frozen=True):
    """What is to be said of one draft. ``say`` is done, instead, mind, contrast, modality or missing."""

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
