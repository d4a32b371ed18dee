"""Where on the spine: words of a chart to places and sides, and how one place lies to another.

Two places are compared as levels only when both name disc segments; a region never proves the same or another level.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from service.words import Place, Side

SEGMENTS = ("T10-T11", "T11-T12", "T12-L1", "L1-L2", "L2-L3", "L3-L4", "L4-L5", "L5-S1")
VERTEBRAE = ("T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5", "S1")
REGIONS = ("lumbosacral", "lumbar", "thoracolumbar", "sacroiliac", "sacral", "thoracic", "cervical", "spine")
"""The regions of `Place`, the one that wins when several are said of one thing first."""

SAME_LEVEL, SAME_REGION, ADJACENT, REMOTE = "same level", "same region", "adjacent", "remote"
UNKNOWN_LEVEL = "unknown level"

_LONGEST_TEXT = 100_000
_LUMBAR_REGIONS = frozenset({"lumbosacral", "lumbar", "thoracolumbar"})
_REACH = {
    "lumbar": frozenset(SEGMENTS[2:]),
    "lumbosacral": frozenset(SEGMENTS[2:]),
    "thoracolumbar": frozenset(SEGMENTS[:5]),
}
"""Loose on purpose: charts say lumbar for L5-S1 and lumbosacral for the whole lumbar spine."""

_LETTERS = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}
_LAST_SACRAL = 5
_NUMBER = re.compile(r"\d{1,2}")
_JOINT = r"\s{0,3}(?:[-/–—‑−]|\bto\b|\bthrough\b|\bthru\b)\s{0,3}"
_PAIR = re.compile(
    r"(?<![A-Za-z0-9.])(?P<a>Th|[CTDLS])\s?(?P<m>\d{1,2})"
    rf"(?:(?P<chain>(?:{_JOINT}(?:Th|[CTDLS])?\s?\d{{1,2}}(?!\d|\.\d)){{1,6}})"
    r"|(?P<b>Th|[CTDLS])(?P<n>\d{1,2})(?!\d)"
    rf"|{_JOINT}(?P<pelvis>pelvis|ilium|iliac|sacrum))",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?P<a>Th|[CTDLS])?\s?(?P<n>\d{1,2})(?!\d)", re.IGNORECASE)
_NERVES = re.compile(r"\s{0,3}(?:nerve\s{1,3})?(?:roots?\b|dermatom|myotom|distribution|innervat)", re.IGNORECASE)
"""Roots and dermatomes are named like levels but are none."""

_LONE = re.compile(r"(?<![A-Za-z0-9.])L\s?[1-5](?![\d.])(?!\s?mm)", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_STEM = re.compile(
    r"(?P<lumb>lumb)|(?P<sacr>sacr)|(?P<si>\bsi(?=j\b|[- ]joint))|(?P<thorac>thorac)|(?P<cervic>cervic)|(?P<spin>spin)"
    r"|(?P<vertebra>vertebra)",
    re.IGNORECASE,
)
"""What any name of a region holds: one look that spares most texts the eight closer ones."""

_NAMED: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    (
        "lumbosacral",
        frozenset({"sacr", "spin"}),
        re.compile(r"lumbo-?\s?sacral|\bl[./]?s[- ]spine|\bl5 ?sacr", re.IGNORECASE),
    ),
    (
        "thoracolumbar",
        frozenset({"lumb", "spin"}),
        re.compile(r"(?:thoraco|dorso)-?\s?lumbar|\bt[./]?l[- ]spine", re.IGNORECASE),
    ),
    (
        "lumbar",
        frozenset({"lumb", "spin"}),
        re.compile(r"(?<![a-z])(?<!thoraco-)(?<!thoraco )(?<!dorso-)lumbar|lumbago|\bl-?spine\b", re.IGNORECASE),
    ),
    ("sacroiliac", frozenset({"sacr", "si"}), re.compile(r"sacro-?\s?iliac|\bsi[- ]joint|\bsij\b", re.IGNORECASE)),
    (
        "sacral",
        frozenset({"sacr"}),
        re.compile(r"(?<![a-z])(?<!lumbo-)(?<!lumbo )sacr(?:al\b|um\b|oplast)", re.IGNORECASE),
    ),
    (
        "thoracic",
        frozenset({"thorac", "spin"}),
        re.compile(r"(?<![a-z])thoracic (?:spine|vert|disc|level|fusion|lamin|region|cord)|\bt-spine\b", re.IGNORECASE),
    ),
    (
        "cervical",
        frozenset({"cervic", "spin"}),
        re.compile(r"(?<![a-z])cervical (?!cancer|cerclage|canal dil|os\b)|\bc-spine\b", re.IGNORECASE),
    ),
    ("spine", frozenset({"spin", "vertebra"}), re.compile(r"\bspin(?:e|al)\b|\bvertebra", re.IGNORECASE)),
)

_BOTH = re.compile(
    r"\bbilateral(?:ly)?\b|\bb/l\b|\bboth (?:sides|legs|feet|lower|hips|calves|thighs|buttocks|l4|l5|s1)"
    r"|\bleft(?:-sided)?\s{0,3}(?:and|/|&|\+|>|<|more than|greater than|worse than)\s{0,3}(?:the )?right\b"
    r"|\bright(?:-sided)?\s{0,3}(?:and|/|&|\+|>|<|more than|greater than|worse than)\s{0,3}(?:the )?left\b"
    r"|\b[lr]\s?[>=<]\s?[lr]\b",
    re.IGNORECASE,
)
_NO_SIDE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|has|had|have|having|patient|he|she|they|who)\s{1,3}left\s{1,3}"
    r"(?:with|in|behind|alone|untouched|over|the|this|her|his|their|our|against|hospital|clinic)\b"
    r"|\bleft\s{1,3}(?:the (?:hospital|clinic|ward|department|country)|against|ama\b|untouched|in situ|in place|behind)"
    r"|\b(?:all right|right (?:away|now|after|before|hand dominant)|(?:right|left)-?\s?handed|left hand dominant)",
    re.IGNORECASE,
)
_MAY_SIDE = re.compile(r"left|right|bilat|both|\bb/l|\b[lr](?:t|le)?\b", re.IGNORECASE)
_LEFT = re.compile(r"\bleft\b|\blt\b|\blle\b|\(l\)|\bl-sided\b", re.IGNORECASE)
_RIGHT = re.compile(r"\bright\b|\brt\b|\brle\b|\(r\)|\br-sided\b", re.IGNORECASE)


def place_in_text(text: str) -> Place:
    """Every level a text names; without one, the region it names.

    ``L4-5``, ``L4/L5``, ``L5-1`` and ``L3-4-5`` name discs, ``L3-S1`` every disc between; a lone vertebra or a root
    gives only the region.
    """
    text = text[:_LONGEST_TEXT]
    segments: set[str] = set()
    regions: set[str] = set()
    numbered = _DIGIT.search(text) is not None
    for found in _PAIR.finditer(text) if numbered else ():
        named = () if _NERVES.match(text, found.end()) else tuple(_discs(found))
        segments.update(named)
        if not named:
            regions |= _region_of_pair(found)
    if segments:
        return Place(segments=_in_order(segments))
    if stems := {found.lastgroup or "" for found in _STEM.finditer(text)}:
        regions |= {name for name, needed, said in _NAMED if not needed.isdisjoint(stems) and said.search(text)}
    if numbered and _LONE.search(text):
        regions.add("lumbar")
    return Place(region=_leading(regions))


def side_in_text(text: str) -> Side:
    """The side a text speaks of; both sides named apart from each other leave it unknown."""
    if not _MAY_SIDE.search(text):
        return Side.UNKNOWN
    text = _NO_SIDE.sub(" ", text[:_LONGEST_TEXT])
    if _BOTH.search(text):
        return Side.BILATERAL
    left, right = _LEFT.search(text), _RIGHT.search(text)
    if bool(left) == bool(right):
        return Side.UNKNOWN
    return Side.LEFT if left else Side.RIGHT


def join(places: Iterable[Place]) -> Place:
    """One place from several ways of telling it: all segments named, else the leading region."""
    told = tuple(places)
    segments = {segment for place in told for segment in place.segments}
    if segments:
        return Place(segments=_in_order(segments))
    return Place(region=_leading({place.region for place in told if place.region}))


def segments_between(upper: str, lower: str) -> tuple[str, ...]:
    """The discs between two vertebrae: ``L3``, ``S1`` gives L3-L4, L4-L5 and L5-S1; the order does not matter."""
    if upper not in VERTEBRAE or lower not in VERTEBRAE:
        return ()
    first, last = sorted((VERTEBRAE.index(upper), VERTEBRAE.index(lower)))
    return SEGMENTS[first:last]


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


def _discs(found: re.Match[str]) -> Iterator[str]:
    letter, number = _letter(found["a"]), int(found["m"])
    if found["pelvis"]:
        yield from segments_between(f"{letter}{number}", "S1")
    elif found["b"]:
        yield from _from_to(letter, number, _letter(found["b"]), int(found["n"]))
    else:
        for link in _LINK.finditer(found["chain"]):
            next_letter, next_number = _next(letter, number, link)
            yield from _from_to(letter, number, next_letter, next_number)
            letter, number = next_letter, next_number


def _next(letter: str, number: int, link: re.Match[str]) -> tuple[str, int]:
    """The vertebra that a link of a chain names: a bare number goes on in the same region, ``L5-1`` on to S1."""
    bare = int(link["n"])
    if link["a"]:
        return _letter(link["a"]), bare
    if (letter, number, bare) == ("L", 5, 1):
        return "S", 1
    if (letter, number, bare) == ("T", 12, 1):
        return "L", 1
    return letter, bare


def _from_to(letter: str, number: int, other_letter: str, other: int) -> tuple[str, ...]:
    if letter == other_letter and other < number - 1:
        return ()  # "L5-3" may be a slip or a measure: no level
    lower = "S1" if other_letter == "S" and 1 <= other <= _LAST_SACRAL else f"{other_letter}{other}"
    upper = "T10" if letter == "T" and number < 10 and other_letter != "T" else f"{letter}{number}"
    return segments_between(upper, lower)


def _letter(text: str) -> str:
    return {"TH": "T", "D": "T"}.get(text.upper(), text.upper())


def _region_of_pair(found: re.Match[str]) -> set[str]:
    letter, numbers = _letter(found["a"]), [int(n) for n in _NUMBER.findall(found[0])]
    if max(numbers) > 12 or (letter == "T" and max(numbers) < 5):  # T1 and T2 are MR sequences, T3 and T4 hormones
        return set()
    return {_LETTERS[letter]}


def _leading(regions: set[str]) -> str:
    if {"lumbar", "sacral"} <= regions:
        return "lumbosacral"
    return next((name for name in REGIONS if name in regions), "")


def _in_order(segments: set[str]) -> tuple[str, ...]:
    return tuple(segment for segment in SEGMENTS if segment in segments)


def _overlap(one: Place, other: Place) -> bool:
    return bool(_reach(one) & _reach(other))


def _reach(place: Place) -> frozenset[str]:
    return frozenset(place.segments) | _REACH.get(place.region, frozenset())
