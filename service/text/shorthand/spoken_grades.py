"""Muscle power in spoken or bare figures: a text in, the same with each grade as "n/5" out.

Dictation writes "hip flexor three bilateral, dorsiflex or one right zero left", a hurried note "hips 4 knees 4 toes 1
both". A joint or a number counts only behind a word for power, and only where two items stand there: "power to two
toes" is none.
"""

from __future__ import annotations

import re

from service.text.shorthand.exam_grades import MUSCLE

_LEAD = re.compile(
    r"\b(?:(?:muscle |motor |leg |lower limb )?(?:strength|power)|motor(?: exam\w*)?|mrc|myotomes)\b"
    r"(?!\s(?:cut|tool|of attorney))"
    r"(?P<row>[^.\n]{4,260})",
    re.IGNORECASE,
)
_HEARD = re.compile(r"\b(?P<part>dorsi|plant(?:ar|er| her| are))[ -]?flex(?:ion|ors?| ors?| or)?\b", re.IGNORECASE)
_JOINTS = {
    "hip": "hip flexion",
    "knee": "knee extension",
    "ankle": "ankle dorsiflexion",
    "toe": "great toe extension",
}
_WORDS = {"nil": 0, "none": 0, "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_GRADE = rf"(?:(?:{'|'.join(_WORDS)})\b|[0-5](?![\d%/.]))(?!\s?(?:weeks?|days?|hours?|months?|years?|out of|over)\b)"
_SIDE = r"(?:right|left|rt|lt|[RL]|both|bilat\w*)"
_ITEM = re.compile(
    rf"(?P<gap>[\s,;]*)(?<![\w/])(?P<item>{MUSCLE}|(?P<joint>hip|knee|ankle|(?:big |great )?toe)s?)"
    rf"(?P<side>\s*[:=]?\s*(?:{_SIDE}\s)?)"
    rf"(?P<one>{_GRADE})(?P<more>(?:\s{_SIDE}\b)?\s(?P<two>{_GRADE})(?=\s{_SIDE}\b))?",
    re.IGNORECASE,
)
_PRIOR = re.compile(
    r",?\s(?=(?:prior|previous|last) exam\b|before(?: this)? all\b|yesterday (?:all|full)\b)", re.IGNORECASE
)
_ALL = re.compile(rf"\b(?P<all>all|throughout)\s(?P<one>{_GRADE})(?=[.\s]|\Z)", re.IGNORECASE)
_AS_EVER = re.compile(
    r"\b(?:as (?:pre-?op\w*|before|previously|ever)|unchanged|same as|isq|baseline|known|chronic|long-?standing)\b",
    re.I,
)
_COURSE = re.compile(
    rf"(?<![\w/])(?P<item>{MUSCLE})\s"
    r"(?:has |have |had |went |dropped |fell |gone |fallen |power ){0,3}(?:from )?"
    rf"(?P<one>five|four|three|two)\s(?:down )?to\s(?P<two>nil|zero|one|two|three|four|five)\b",
    re.IGNORECASE,
)
"""A course in words: "dorsiflexors from five to one"."""
_FEWEST = 2


def with_spoken_grades(text: str) -> str:
    """The text with bare and spoken grades behind a word for power as "n/5"."""
    return _COURSE.sub(_of_course, _LEAD.sub(_row, text))


def _of_course(found: re.Match[str]) -> str:
    return f"{found['item']} from {_over_five(found['one'])} to {_over_five(found['two'])}"


def _row(found: re.Match[str]) -> str:
    row = _HEARD.sub(lambda f: "dorsiflexion" if f["part"][0] in "dD" else "plantarflexion", found["row"])
    items = list(_ITEM.finditer(row))
    if len(items) < _FEWEST or not any(item["joint"] or item["one"][0].isalpha() for item in items):
        return found[0]  # a row in figures is read as it is
    if _AS_EVER.search(row):
        return found[0]
    told = _ITEM.sub(_graded, row)
    now, *then = _PRIOR.split(told, maxsplit=1)
    before = f". {_ALL.sub(_of_all, then[0])}" if then else ""
    return found[0][: found.start("row") - found.start()] + now + before


def _of_all(found: re.Match[str]) -> str:
    return f"{found['all']} {_over_five(found['one'])}"


def _graded(found: re.Match[str]) -> str:
    joint = (found["joint"] or "").lower().split()
    name = _JOINTS[joint[-1]] if joint else found["item"]
    more = (found["more"] or "").removesuffix(found["two"] or "")
    second = f"{more}{_over_five(found['two'])}" if found["two"] else ""
    gap = ", " if found["gap"] and found.start() else found["gap"]
    return f"{gap}{name}{found['side'].rstrip()} {_over_five(found['one'])}{second}"


def _over_five(figure: str) -> str:
    return f"{_WORDS.get(figure.lower(), figure)}/5"
