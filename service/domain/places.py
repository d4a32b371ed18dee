"""Where on the body: a place on the spine, and a side."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct


class Precision(StrEnum):
    SEGMENT = "segment"
    REGION = "region"
    NONE = "none"


class Place(Struct, frozen=True, gc=False):
    """Where on the spine: named disc segments (``L4-L5``), else a region, else nothing.

    ``segments`` runs cranial to caudal; ``region`` is one of cervical, thoracic, thoracolumbar, lumbar,
    lumbosacral, sacral, sacroiliac, spine, or "" when nothing is said.
    """

    segments: tuple[str, ...] = ()
    region: str = ""

    @property
    def precision(self) -> Precision:
        if self.segments:
            return Precision.SEGMENT
        return Precision.REGION if self.region else Precision.NONE


NOWHERE = Place()


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    UNKNOWN = "unknown"


def one_side(sides: Iterable[Side]) -> Side:
    """One side from several ways of telling it: both when they name both, unknown when none names any."""
    named = set(sides) - {Side.UNKNOWN}
    if not named:
        return Side.UNKNOWN
    return named.pop() if len(named) == 1 else Side.BILATERAL


def same_side(one: Side, other: Side) -> bool | None:
    """Whether two sides are the same; ``None`` when either is not known to be one side alone."""
    if {one, other} <= {Side.LEFT, Side.RIGHT}:
        return one is other
    return None
