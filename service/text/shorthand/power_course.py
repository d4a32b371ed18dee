"""Grades of leg power told over time, in any notation: a note in, the note with each course as a plain sentence out.

"M4 on leaving and M1 today", "5 -> 2 since yesterday" and "Before/now: TA 5/2" tell that power falls, and one sentence
says so for the reader of sentences. A course that rises, or stays as it was on admission, is as before. Times and
arrows make a course: two grades without either are of two muscles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from service.text.context.as_before import is_newer
from service.text.shorthand.exam_grades import FULL, LEVEL, MUSCLE, muscle_of, value_of

_CONTEXT = re.compile(
    rf"(?<![\w-])(?:{MUSCLE}|{LEVEL}|(?:dorsi|plantar)\w*|legs?|foot|feet|ankles?|toes?|knees?|thighs?|power|strength"
    r"|motor|MRC|all fours|limbs?)(?!\w)",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:pains?|vas|nrs|pupils?|sensation|numb\w*|urine|drain|reflex\w*|jerks?|score|temp\w*|arms?|hands?|grip|steps"
    r"|biceps|triceps|deltoids?|UE|[LR]UE|CK|mm|cm|mg|ml|sets?|reps|bends?|raises?|walk\w*|drains?|tablets?"
    r"|exercises?)\b",
    re.IGNORECASE,
)
_LEGEND = re.compile(r"\((?:\s*\w{1,2}\s*=\s*[\w -]+[,;/]?){2,}\)")
"""What the letters of a chart stand for: nothing of the patient."""
_TOES = re.compile(
    r"\b(?:toes?|digits?|rays?|web ?spaces?)\s[1-5](?:\s?(?:,|and|&|-|to|\+)\s?[1-5])+(?!\s?/\s?5)", re.IGNORECASE
)
"""Toes by their numbers, which are no grades."""
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d\d(?:\s?(?:h|hrs|am|pm))?\b|\b\d{1,2}\s?(?:am|pm|h|hrs|o'clock)\b|\bat (?:\d{4}|midnight|noon"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b|\b(?:pod|day|week|wk|d) ?#?\d{1,2}\b"
    r"|\b(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a|an|several)"
    r" ?(?:hours?|hrs?|h|days?|wks?|weeks?|months?|minutes?|min)\b",
    re.IGNORECASE,
)
_THEN = re.compile(
    r"\b(?:pre-?\s?op\w*|before|admission|discharge|leaving|was|were|had been|previously|prior|(?<!since )yesterday"
    r"|from|then(?= [0-5mM])"
    r"|last \w+|baseline|at first|initially|release|arrival|in recovery|recovery|week of op)\b",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:now|today|tonight|this (?:morning|evening|afternoon)|currently|at present|is)\b", re.IGNORECASE
)
_SEQUENCE = re.compile(
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\b(?:overnight|afternoon|evening|morning|night|since|within|later"
    r"|visits?|after"
    r"|check)\b|\bthrough the\b|\bover the\b|→|->|=>|@",
    re.IGNORECASE,
)
_MUSCLE = re.compile(rf"(?<![\w-])(?P<muscle>{MUSCLE})(?!\w)", re.IGNORECASE)
_FIGURE = re.compile(
    rf"(?<![\w-])(?P<muscle>{MUSCLE}|{LEVEL}(?=\s?[:=]?\s?[0-5]\b))(?!\w)"
    r"|(?<![\w/])(?P<side>right|left|rt|lt|R|L)(?=[\W\d]|\Z)"
    r"|(?<![A-Za-z\d/.:@+#-])(?:\b(?:M|MRC |grade "
    r"|MRC grade ))?(?P<figure>[0-5][+-]?)(?P<over>\s?/\s?5(?![\d/]))?(?![\d/.:%x]*[\d/:%])(?!\s?(?:kg|x\b|times"
    r"|screws?|levels?|people|sticks?|stairs|km|m\b|visits?|checks?|occasions?|assessments?|nights?))"
    r"|\b(?P<full>full|strong)\b|\b(?P<trace>flicker\w*|trace)\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"[,;()>]|->|→|=>|\.\s|\bthen\b(?! [0-5M])|\band\b|\bto\b(?=\s+(?:pre-?\s?op|admission|baseline))|\bto\b(?=\s(?:M"
    r"|grade )?[0-5]|\sbarely|\sa flicker)|\bbut\b",
    re.IGNORECASE,
)
_ARROW = re.compile(r"->|→|=>|(?<=\d)\s?>\s?(?=\d)")
_JOINS = re.compile(r"(?:@|before|after|now|then|today|later|mon|tue|wed|thu|fri|sat|sun|at\b|by\b)", re.IGNORECASE)
_COLUMNS = re.compile(
    r"(?P<head>[A-Za-z][\w -]{2,24}(?:\s?/\s?[A-Za-z][\w -]{1,24}){1,3})\s?:(?P<rows>[^.\n]*)", re.IGNORECASE
)
_CELLS = re.compile(r"(?P<label>[A-Za-z][A-Za-z ]{1,20}?)\s?:?\s(?P<cells>[0-5][+-]?(?:\s?/\s?[0-5][+-]?){1,3})(?!\d)")
_LETTERS = re.compile(r"(?<![\w/=-])(?P<letter>[SWA])(?![\w/=.-](?!\s))(?!\s?=)")
_SENTENCE = re.compile(r"(?<=[\w)!])\.\s+(?=\S)")


_SIGN = re.compile(
    r"\b(?:drop\w*|weak\w*|hang\w*|paraly\w*|can ?not|can't|unable|saddle|floppy|drag\w*|trip\w*|bladder|pass\w*)\b",
    re.IGNORECASE,
)
_POWER = re.compile(rf"(?<![\w-])(?:{MUSCLE}|power|strength|motor|MRC)(?!\w)", re.IGNORECASE)
_LIMB = re.compile(r"\b(?:legs?|foot|feet|ankles?|toes?|knees?|thighs?|limbs?)\b", re.IGNORECASE)
_GLUED = re.compile(r"\b([RL])(?=[0-5][+-]?(?![\w/.]))")
"""The side of a figure, where both sides are told so; "L5" alone is a level."""
_SIDED = re.compile(r"\b[RL]\s\Z")
_NEAR = 3
"""Words between what a figure is of, or when it was, and the figure."""
_WORD = re.compile(r"[A-Za-z]{3,}")
_MOST_BESIDE = 5
_SPINE = re.compile(r"\b[CTLS]\d{1,2}\s?[/-]\s?(?:[CTLS]?\d{1,2})\b", re.IGNORECASE)
"""A level of the spine, which is no grade."""


class _Told(NamedTuple):
    """A grade: of which muscle and side, and when (-1 then, 0 in the order of the text, 1 now)."""

    muscle: str
    side: str
    value: float
    when: int


def with_courses(text: str) -> str:
    """The text; each fall of power in a sentence of its own behind where it is told, each rise as one sentence."""
    if not _CONTEXT.search(text):
        return text
    text = _LEGEND.sub("", text)
    return "\n".join(_line(line) if _CONTEXT.search(line) else line for line in text.split("\n"))


def _line(line: str) -> str:
    of_breath = _OF_BREATH.search(line) is not None
    out = [piece if of_breath and "MRC" in piece else _piece(piece) for piece in _groups(line)]
    return ". ".join(piece.rstrip(". ") if at + 1 < len(out) else piece for at, piece in enumerate(out))


def _groups(line: str) -> Sequence[str]:
    """Sentences; those that open with a time stay with the ones before."""
    out: list[str] = []
    for part in _SENTENCE.split(line):
        marked = _CLOCK.sub("@", part)
        if out and _JOINS.match(marked) and re.search(r"[0-5]|strong|flicker", part):
            out[-1] += f". {part}"
        else:
            out.append(part)
    return out


def _piece(piece: str) -> str:
    if not _CONTEXT.search(piece):
        return piece
    if fall := _letters(piece):
        return f"{piece.rstrip('. ')}. {fall}"
    graded = _TOES.sub("toes", piece)
    columns = _columns(graded)
    courses, alone = (columns, 0) if columns else _courses(graded)
    if not courses:
        return piece
    falls = [c for c in courses if c[-1].value < c[-2].value or c[-1].value < min(t.value for t in c[:-1])]
    if falls:
        told = [f"{_name(c)} power was {_figure(c[-2].value)}/5, now {_figure(c[-1].value)}/5" for c in falls]
        return f"{piece.rstrip('. ')}. {'. '.join(told)}."
    steady = all(c[-1].value >= max(t.value for t in c) for c in courses)
    sooner = all(c[-1].value > c[0].value or c[0].when < 0 for c in courses)
    weak = any(t.value < FULL for c in courses for t in c)
    if steady and sooner and weak and not alone and _tells_no_more(piece):
        return (
            ". ".join(
                f"{_name(c)} {f'{_figure(c[-1].value)}/5 as before surgery' if c[-1].value < FULL else 'power 5/5'}"
                for c in courses
            )
            + "."
        )
    return piece


def _tells_no_more(piece: str) -> bool:
    """Whether the piece holds little beside its figures, and nothing new: only then may one sentence stand for it."""
    if is_newer(_quiet(piece)) or _OTHER.search(piece) or _SIGN.search(piece):
        return False
    rest = _FIGURE.sub(" ", _CLOCK.sub(" ", piece))
    for known in (_THEN, _NOW, _SEQUENCE, _CONTEXT):
        rest = known.sub(" ", rest)
    return len(_WORD.findall(rest)) <= _MOST_BESIDE


def _quiet(piece: str) -> str:
    return re.sub(r"\bsince (?:the |her |his |my )?(?:op\w*|surg\w*|discharge|admission)\b", "", piece)


def _name(course: Sequence[_Told]) -> str:
    side = {"r": "Right ", "l": "Left "}.get(course[-1].side, "")
    return f"{side}{course[-1].muscle or 'leg'}".strip().capitalize()


def _figure(value: float) -> str:
    return str(int(value + 0.5) if value % 1 > 0.5 else int(value)) + ("+" if 0 < value % 1 < 0.5 else "")


def _letters(piece: str) -> str:
    """ "R leg S S S then W at 22.00": a chart in letters, strong, weak, absent."""
    if not re.search(r"\b(?:legs?|foot|feet)\b", piece, re.IGNORECASE):
        return ""
    told = [m["letter"] for m in _LETTERS.finditer(piece)]
    if (
        len(told) > 1
        and told[0] == "S"
        and told[-1] in "WA"
        and re.search(r"\bthen\b|@|now|->", _CLOCK.sub("@", piece))
    ):
        return f"Leg power was 5/5, now {3 if told[-1] == 'W' else 0}/5."
    return ""


def _columns(piece: str) -> list[list[_Told]]:
    """ "Before/after/now: TA 5/5/2, EHL 5/4/0"."""
    found = _COLUMNS.search(piece)
    if found is None:
        return []
    heads = [h.strip() for h in found["head"].split("/")]
    if not all(_THEN.search(h) or _NOW.search(h) or _SEQUENCE.search(h) or _CLOCK.search(h) for h in heads):
        return []
    out: list[list[_Told]] = []
    for row in _CELLS.finditer(found["rows"]):
        cells = [value_of(c.strip()) for c in row["cells"].split("/")]
        if len(cells) == len(heads):
            out.append(
                [_Told(muscle_of(row["label"].strip()), "", v, -1 if at == 0 else 0) for at, v in enumerate(cells)]
            )
    return out


_OF_BREATH = re.compile(r"\b(?:copd|fev\s?1|dyspn\w*|breathless\w*|inhalers?|mmrc|CAT)\b", re.IGNORECASE)
"""What makes "MRC 2 (was 3)" a scale of breathlessness."""


def _courses(piece: str) -> tuple[list[list[_Told]], int]:
    """The courses, and how many figures less than full are part of none."""
    marked = _CLOCK.sub("@", _SPINE.sub(" ", piece))
    if {m[1] for m in _GLUED.finditer(marked)} == {"R", "L"}:
        marked = _GLUED.sub(r"\1 ", marked)
    timed = bool(_THEN.search(marked) or _NOW.search(marked) or _SEQUENCE.search(marked) or _ARROW.search(marked))
    if not timed:
        return [], 0
    bare = not _OTHER.search(piece)
    told: list[_Told] = []
    muscle, side = "", ""
    edges = [0, *(m.end() for m in _CUT.finditer(marked)), len(marked)]
    for begin, end in pairwise(edges):
        segment = marked[begin:end]
        then = _THEN.search(segment) is not None
        when = 1 if _NOW.search(segment) and not (then and " than " in segment) else -1 if then else 0
        for found in _FIGURE.finditer(segment):
            if found["muscle"]:
                muscle, side = muscle_of(found["muscle"]), side if not told or told[-1].muscle == muscle else ""
            elif found["side"]:
                side = found["side"][0].lower()
            elif found["full"] or found["trace"]:
                told.append(_Told(muscle, side, FULL if found["full"] else 1.0, when))
            elif (
                found["over"]
                or re.match(r"(?:M|MRC|grade)", found[0], re.IGNORECASE)
                or (bare and _is_grade(marked, begin, begin + found.start(), told))
            ):
                told.append(_Told(muscle, side, value_of(found["figure"]), when))
    groups: dict[tuple[str, str], list[_Told]] = {}
    for each in told:
        groups.setdefault((each.muscle, each.side), []).append(each)
    dated = [g for g in groups.values() if len(g) > 1 and _dated(g, marked)]
    alone = sum(t.value < FULL for g in groups.values() for t in g) - sum(t.value < FULL for g in dated for t in g)
    return [sorted(g, key=lambda t: t.when) for g in dated], alone


def _is_grade(marked: str, begin: int, at: int, told: Sequence[_Told]) -> bool:
    """Whether a bare figure is one of power: a muscle stands in its part, or it is the next of a course that began."""
    before = marked[begin:at]
    if _POWER.search(before) and len(_POWER.split(before)[-1].split()) <= _NEAR:
        return True
    near = len(before.split()) <= _NEAR
    if "@" in marked and _SIDED.search(before):
        return True
    if _LIMB.search(before):
        return bool(_THEN.search(before) or _NOW.search(before) or _SEQUENCE.search(before)) or near
    return bool(told) and near


def _dated(course: Sequence[_Told], marked: str) -> bool:
    """Whether the grades stand at different times: one is told of then or of now, or times or arrows part them."""
    return (
        len({t.when for t in course}) > 1
        or _ARROW.search(marked) is not None
        or len([*_SEQUENCE.finditer(marked)]) + marked.count("@") >= len(course) - 1
    )
