"""The spine: its discs and vertebrae in their order, and how one place lies to another.

Two places are compared as levels only when both name disc segments; a region never proves the same or another level.
"""

from __future__ import annotations

from collections.abc import Iterable

from service.domain.places import Place

SEGMENTS = ("T10-T11", "T11-T12", "T12-L1", "L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1")
VERTEBRAE = ("T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5", "S1")
REGIONS = ("lumbosacral", "lumbar", "thoracolumbar", "sacroiliac", "sacral", "thoracic", "cervical", "spine")
"""The regions of `Place`, the one that wins when several are said of one thing first."""

SAME_LEVEL, SAME_REGION, ADJACENT, REMOTE = "same level", "same region", "adjacent", "remote"
UNKNOWN_LEVEL = "unknown level"

_LUMBAR_REGIONS = frozenset({"lumbosacral", "lumbar", "thoracolumbar"})
_REACH = {
    "lumbar": frozenset(SEGMENTS[2:]),
    "lumbosacral": frozenset(SEGMENTS[2:]),
    "thoracolumbar": frozenset(SEGMENTS[:5]),
}
"""Loose on purpose: charts say lumbar for L5-S1 and lumbosacral for the whole lumbar spine."""


def join(places: Iterable[Place]) -> Place:
    """One place from several ways of telling it: all segments named, else the leading region."""
    told = tuple(places)
    segments = {segment for place in told for segment in place.segments}
    if segments:
        return Place(segments=cranial_to_caudal(segments))
    return Place(region=leading_region({place.region for place in told if place.region}))


def segments_between(upper: str, lower: str) -> tuple[str, ...]:
    """The discs between two vertebrae: ``L3``, ``S1`` gives L3-L4, L4-L5 and L5-S1; the order does not matter."""
    if upper not in VERTEBRAE or lower not in VERTEBRAE:
        return ()
    first, last = sorted((VERTEBRAE.index(upper), VERTEBRAE.index(lower)))
    return SEGMENTS[first:last]


def in_words(segments: Iterable[str]) -> str:
    """Segments as a surgeon writes them, each unbroken run from end to end: L3-L4, L4-L5, L5-S1 gives "L3-S1"."""
    runs: list[list[str]] = []
    for segment in segments:
        if runs and runs[-1][-1].partition("-")[2] == segment.partition("-")[0]:
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return ", ".join(f"{run[0].partition('-')[0]}-{run[-1].partition('-')[2]}" for run in runs)


def adjacent_segments(fused: tuple[str, ...]) -> tuple[str, ...]:
    """The segments directly above and below each contiguous block, less the block itself."""
    at = {SEGMENTS.index(segment) for segment in fused if segment in SEGMENTS}
    beside = {i + step for i in at for step in (-1, 1)} - at
    return tuple(SEGMENTS[i] for i in sorted(beside) if 0 <= i < len(SEGMENTS))


def relation(finding: Place, operated: Place) -> str:
    """How a finding lies to the operated place; levels only when both name segments, never ``remote`` by region."""
    if finding.segments and operated.segments:
        if set(finding.segments) & set(operated.segments):
            return SAME_LEVEL
        if finding.region or operated.region:
            return SAME_REGION if _overlap(finding, operated) else UNKNOWN_LEVEL
        return ADJACENT if set(finding.segments) & set(adjacent_segments(operated.segments)) else REMOTE
    return SAME_REGION if _overlap(finding, operated) else UNKNOWN_LEVEL


def is_lumbar(place: Place) -> bool | None:
    """Whether a place is at the lumbar spine (T12-L1 to L5-S1); ``None`` when it names no part of the spine."""
    if place.segments:
        return any(segment in _REACH["lumbar"] for segment in place.segments) or place.region in _LUMBAR_REGIONS
    if place.region in {"", "spine"}:
        return None
    return place.region in _LUMBAR_REGIONS


def leading_region(regions: set[str]) -> str:
    if {"lumbar", "sacral"} <= regions:
        return "lumbosacral"
    return next((name for name in REGIONS if name in regions), "")


def cranial_to_caudal(segments: set[str]) -> tuple[str, ...]:
    return tuple(segment for segment in SEGMENTS if segment in segments)


def _overlap(one: Place, other: Place) -> bool:
    return bool(_reach(one) & _reach(other))


def _reach(place: Place) -> frozenset[str]:
    return frozenset(place.segments) | _REACH.get(place.region, frozenset())
