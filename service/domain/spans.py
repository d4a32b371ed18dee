"""Stretches of time and of number: the days a date can mean, and a whole number that is known only by its bounds."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class Span(Struct, frozen=True, gc=False):
    """The days that a (possibly partial) FHIR date can mean: ``2019-03`` is 2019-03-01 .. 2019-03-31.

    ``approx`` marks a date that stands in for the one wanted (``recordedDate`` for an onset).
    """

    first: date
    last: date
    approx: bool = False


class Interval(Struct, frozen=True, gc=False):
    """A whole number known only to lie between ``low`` and ``high`` (both included)."""

    low: int
    high: int
