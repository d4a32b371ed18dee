"""Words of a chart to places on the spine and to sides."""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.places import NOWHERE, Place, Side
from service.domain.spine import cranial_to_caudal, leading_region, segments_between

_LONGEST_TEXT = 100_000
_LETTERS = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "sacral"}
_LAST_SACRAL = 5
_LIKE_ASCII = str.maketrans({"İ": "i", "ı": "i", "ſ": "s", "\N{KELVIN SIGN}": "k"})
"""The letters beyond ASCII that a search without regard to case takes for ASCII ones."""
# The patterns are meant for folded text. Each begins with the letters that it needs and only then looks at what stands
# before them: so the search runs from one such letter to the next, instead of trying every place.
_NUMBER = re.compile(r"\d{1,2}")
_JOINT = r"\s{0,3}(?:[-/–—‑−]|\bto\b|\b(?:on|over)\b(?=\s?[ls]\s?\d)|\bthrough\b|\bthru\b)\s{0,3}"
_PAIR = re.compile(
    r"(?P<a>[cdlst](?<![a-z0-9.][cdlst])(?:(?<=t)h)?)\s?(?P<m>\d{1,2})"
    rf"(?:(?P<chain>(?:{_JOINT}(?:th|[cdlst])?\s?\d{{1,2}}(?!\d|\.\d)){{1,6}})"
    r"|(?P<b>th|[cdlst])(?P<n>\d{1,2})(?!\d)"
    rf"|{_JOINT}(?P<pelvis>pelvis|ilium|iliac|sacrum))"
)
_USUAL = {f"l{n}{joint}{low}{n + 1}": (f"L{n}-L{n + 1}",) for n in range(1, 5) for joint in "-/" for low in ("", "l")}
_USUAL |= {f"l5{joint}{low}1": ("L5-S1",) for joint in "-/" for low in ("", "s")}
"""The discs that reports name most, as they spell them; every other spelling is taken apart."""
_OF_SIX = {("L", 5, "L", 6): ("L4-L5",), ("L", 6, "S", 1): ("L5-S1",)}
"""The discs about a sixth lumbar vertebra, counted from the sacrum as the roots are: the lowest is the one on S1. A
bare "L5-6" may be a slip, and leaves the level open."""
_LINK = re.compile(r"(?P<a>th|[cdlst])?\s?(?P<n>\d{1,2})(?!\d)")
_NERVES = re.compile(r"\s{0,3}(?:nerve\s{1,3})?(?:roots?\b|dermatom|myotom|distribution|innervat)")
"""Roots and dermatomes are named like levels but are none."""
_LONE = re.compile(r"l(?<![a-z0-9.]l)\s?[1-5](?![\d.])(?!\s?mm)")
_DIGIT = re.compile(r"\d")
_STEMS = ("lumb", "spin", "sacr", "cervic", "thorac", "vertebra", "sij", "si joint", "si-joint")
_NAMED: tuple[tuple[str, frozenset[str], re.Pattern[str]], ...] = (
    ("lumbosacral", frozenset({"sacr", "spin"}), re.compile(r"lumbo-?\s?sacral|l(?<!\wl)(?:[./]?s[- ]spine|5 ?sacr)")),
    (
        "thoracolumbar",
        frozenset({"lumb", "spin"}),
        re.compile(r"thoraco-?\s?lumbar|dorso-?\s?lumbar|t(?<!\wt)[./]?l[- ]spine"),
    ),
    (
        "lumbar",
        frozenset({"lumb", "spin"}),
        re.compile(
            r"lumbar(?<![a-z]lumbar)(?<!thoraco-lumbar)(?<!thoraco lumbar)(?<!dorso-lumbar)|lumbago|l(?<!\wl)-?spine\b"
        ),
    ),
    (
        "sacroiliac",
        frozenset({"sacr", "sij", "si joint", "si-joint"}),
        re.compile(r"s(?:acro-?\s?iliac|i(?<!\wsi)(?:[- ]joint|j\b))"),
    ),
    (
        "sacral",
        frozenset({"sacr"}),
        re.compile(r"sacr(?<![a-z]sacr)(?<!lumbo-sacr)(?<!lumbo sacr)(?:al\b|um\b|oplast)"),
    ),
    (
        "thoracic",
        frozenset({"thorac", "spin"}),
        re.compile(r"t(?:(?<![a-z]t)horacic (?:spine|vert|disc|level|fusion|lamin|region|cord)|(?<!\wt)-spine\b)"),
    ),
    (
        "cervical",
        frozenset({"cervic", "spin"}),
        re.compile(r"c(?:(?<![a-z]c)ervical (?!cancer|cerclage|canal dil|os\b)|(?<!\wc)-spine\b)"),
    ),
    ("spine", frozenset({"spin", "vertebra"}), re.compile(r"spin(?<!\wspin)(?:e|al)\b|vertebra(?<!\wvertebra)")),
)
"""Each region with the stems of which its names hold one: a look for those spares most texts the closer one."""
_GRADED = r"(?:mild|moderate|severe|marked|minor|minimal|slight)(?:ly)?(?: to (?:moderate|severe|marked))?"
_BOTH = re.compile(
    r"\bbilateral(?:ly)?\b|\bb/l\b|\bboth (?:sides|legs|feet|lower|hips|calves|thighs|buttocks|l4|l5|s1)"
    r"|\bleft(?:-sided)?\s{0,3}(?:and|/|&|\+|>|<|more than|greater than|worse than)\s{0,3}(?:the )?right\b"
    r"|\bright(?:-sided)?\s{0,3}(?:and|/|&|\+|>|<|more than|greater than|worse than)\s{0,3}(?:the )?left\b"
    rf"|\bleft and {_GRADED} right\b|\bright and {_GRADED} left\b"
    r"|\b[lr]\s?[>=<]\s?[lr]\b"
)
_MAY_BOTH = re.compile(r"b(?:ilat|oth|/l)|[<=>]")
_NO_SIDE = re.compile(
    r"\b(?:was|were|is|are|been|being|be|has|had|have|having|patient|he|she|they|who)\s{1,3}left\s{1,3}"
    r"(?:with|in|behind|alone|untouched|over|the|this|her|his|their|our|against|hospital|clinic)\b"
    r"|\bleft\s{1,3}(?:the (?:hospital|clinic|ward|department|country)|against|ama\b|untouched|in situ|in place|behind)"
    r"|\b(?:all right|right (?:away|now|after|before|hand dominant)|(?:right|left)-?\s?handed|left hand dominant)"
)
_MAY_NO_SIDE = re.compile(
    r"left(?:\s{1,3}(?:with|in|behind|alone|untouched|over|th|he|hi|our|against|hosp|clinic|ama)|-?\s?hand)"
    r"|right(?: (?:away|now|after|before)|-?\s?hand)|all right"
)
_ALONE = r"(?=\s(?:[ls]\d|(?!spine|sp\b)[a-z]{3}))"
"""Behind a lone letter that names a side ("R lateral recess", "L S1 root"): a word or a level, but not "L spine"."""
_LEFT = re.compile(rf"l(?:(?<!\wl)(?:eft|t|le|-sided)\b|(?<![\w/&.\-']l)(?<!\d\sl)(?<![dm]r\sl){_ALONE})|\(l\)")
_RIGHT = re.compile(rf"r(?:(?<!\wr)(?:ight|t|le|-sided)\b|(?<![\w/&.\-']r)(?<!\d\sr)(?<![dm]r\sr){_ALONE})|\(r\)")


def fold(text: str) -> str:
    """The text in small letters, as a search without regard to case would take it; each letter keeps its place."""
    return text.lower() if text.isascii() else text.translate(_LIKE_ASCII).lower()


def place_in_text(text: str) -> Place:
    """Every level a text names; without one, the region it names.

    ``L4-5``, ``L4/L5``, ``L5-1`` and ``L3-4-5`` name discs, ``L3-S1`` every disc between; a lone vertebra or a root
    gives only the region.
    """
    return place_in(fold(text[:_LONGEST_TEXT]))


def place_in(folded: str) -> Place:
    """As ``place_in_text``, of a text that is folded already."""
    segments: set[str] = set()
    regions: set[str] = set()
    numbered = _DIGIT.search(folded) is not None
    for found in _PAIR.finditer(folded) if numbered else ():
        named = () if _NERVES.match(folded, found.end()) else _USUAL.get(found[0]) or tuple(_discs(found))
        segments.update(named)
        if not named:
            regions |= _region_of_pair(found)
    if segments:
        return Place(segments=cranial_to_caudal(segments))
    if stems := [stem for stem in _STEMS if stem in folded]:
        regions |= {name for name, needed, said in _NAMED if not needed.isdisjoint(stems) and said.search(folded)}
    if numbered and _LONE.search(folded):
        regions.add("lumbar")
    return Place(region=leading_region(regions)) if regions else NOWHERE


def side_in_text(text: str) -> Side:
    """The side a text speaks of; both sides named apart from each other leave it unknown."""
    return side_in(fold(text[:_LONGEST_TEXT]))


def side_in(folded: str) -> Side:
    """As ``side_in_text``, of a text that is folded already."""
    names_left, names_right = "left" in folded, "right" in folded
    if (names_left or names_right) and _MAY_NO_SIDE.search(folded):
        folded = _NO_SIDE.sub(" ", folded)
    if ((names_left and names_right) or _MAY_BOTH.search(folded)) and _BOTH.search(folded):
        return Side.BILATERAL
    left, right = _LEFT.search(folded), _RIGHT.search(folded)
    if bool(left) == bool(right):
        return Side.UNKNOWN
    return Side.LEFT if left else Side.RIGHT


def _discs(found: re.Match[str]) -> Iterator[str]:
    letter, number = _letter(found["a"]), int(found["m"])
    if found["pelvis"]:
        yield from segments_between(f"{letter}{number}", "S1")
    elif found["b"]:
        yield from _from_to(letter, number, _letter(found["b"]), int(found["n"]))
    else:
        for link in _LINK.finditer(found["chain"]):
            next_letter, next_number = _next(letter, number, link)
            if link["a"] or number > next_number:
                yield from _OF_SIX.get((letter, number, next_letter, next_number), ())
            yield from _from_to(letter, number, next_letter, next_number)
            letter, number = next_letter, next_number


def _next(letter: str, number: int, link: re.Match[str]) -> tuple[str, int]:
    """The vertebra that a link of a chain names: a bare number goes on in the same region, ``L5-1`` on to S1."""
    bare = int(link["n"])
    if link["a"]:
        return _letter(link["a"]), bare
    if letter == "L" and number in {5, 6} and bare == 1:
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
    return {"th": "T", "d": "T"}.get(text) or text.upper()


def _region_of_pair(found: re.Match[str]) -> set[str]:
    letter, numbers = _letter(found["a"]), [int(n) for n in _NUMBER.findall(found[0])]
    if max(numbers) > 12 or (letter == "T" and max(numbers) < 5):  # T1 and T2 are MR sequences, T3 and T4 hormones
        return set()
    return {_LETTERS[letter]}
