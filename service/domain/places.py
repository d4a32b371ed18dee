"""Where on the body: a place on the spine, and a side."""

from __future__ import annotations

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
