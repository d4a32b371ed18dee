"""Rows and tables of an examination as the sentences they stand for: muscle power, reflexes, sensation.

"IP 5/5, TA 5/3" under "R/L" is a weak left foot; "L4 intact, L5 reduced on left" is no intact sensation. Words beside
the figures are kept. What a reader of sentences understands anyway stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain.places import Side
from service.text.context.as_before import as_before, is_newer
from service.text.shorthand.exam_grades import (
    FULL,
    LEVEL,
    MAY_GRADE,
    MUSCLE,
    ORDER,
    PLUS,
    SLIGHT,
    TOKEN,
    Grade,
    grades,
    order_of,
)

_ITEM = rf"(?:{MUSCLE}|{LEVEL})"
_SIDED = r"(?:[RL]|right|left|rt|lt)"
_FIGURE = r"[0-5][+-]?(?![\d%+-]|\.\d)"
_BARE_ITEM = re.compile(
    rf"(?<![\w/-]){_ITEM}\s*(?:[:=|-]|grade|power|MRC)?\s*(?:{_SIDED}\s?[:=]?\s?)?{_FIGURE}"
    rf"(?!\s?(?:/|cm|mm|mg|ml|weeks?|wks?|months?|mo\b|days?|years?|yrs?|h\b|hours?|x\b|times|out of 10|screws?"
    rf"|levels?))",
    re.IGNORECASE,
)
_GRADED = re.compile(
    r"[0-5](?<![\d/.:][0-5])[+-]?(?:\s?/\s?[0-5]|(?![\d.:%/-])(?:[\s,;|)]|\Z)|\.(?:\s|\Z)"
    r"| out of 5)"
)
"""A figure that may be a grade: no part of a longer number."""
_NEAR = 40
"""Characters between a grade and the muscle it is of."""
_TABLE_ROW = re.compile(
    rf"[ \t>*-]*(?:(?:{_SIDED})\s+)?{_ITEM}(?:\s*\([^()]{{1,12}}\))?[\s:|=]+(?:{_SIDED}[\s:=]*)?{_FIGURE}(?:\s?/\s?5)?"
    rf"(?:[\s|,/]+(?:{_SIDED}[\s:=]*)?{_FIGURE}(?:\s?/\s?5)?)?[\s|]*\Z",
    re.IGNORECASE,
)
_STRENGTH = re.compile(
    r"\b(?:motor|power|strength|myotomes?|mrc|LE|BLE|LEs|lower (?:limb|extremit)\w*)\b", re.IGNORECASE
)
_PIECE = re.compile(r"(?<=[\w)+-])\.\s+(?=[A-Z])")
_SERIES = re.compile(
    rf"(?P<head>(?<![\w/-]){MUSCLE}\s(?:on the (?:left|right) )?(?:power )?(?:was|were|is|are|went|gone|from"
    rf"|now)?\s?(?:at )?(?:grade )?)"
    rf"(?P<run>[0-5][+-]?(?![\d/.%])(?:\s(?:at|on|in)\s[\w:]{{2,12}}|\s(?:yesterday|overnight|this morning))?"
    rf"(?:,?\s(?:and|then|now|to|->|today|is|at|,|it's|only)\s?){{1,3}}[0-5][+-]?(?![\d/.%]).*)",
    re.IGNORECASE,
)
_LONE = re.compile(r"(?<![\d/.:])(?<!\bat )(?<!\bday )\b([0-5][+-]?)(?![\d/.:%]|\s?(?:hours?|h\b|days?|weeks?|/))")
_LEVELS = re.compile(rf"(?<![\w/-]){LEVEL}\s*[:=]?\s*[0-5][+-]?(?:\s?/\s?5)?(?![\d/%]|\.\d|\s?[cm]m)")
_EXCEPT = re.compile(
    r"\b(?:full|5/5|normal|intact|grade 5)\b[^.;]{0,40}\b(?:except|save|apart from|other than|bar|aside from)\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"[0-5][+-]?\s?/\s?[0-5]")
_EARLIER = re.compile(
    r"\b(?:admission|now|was|were|previously|prior|pre-?op\w*|from|last week|yesterday)\b", re.IGNORECASE
)
_SIDE_ONLY = re.compile(rf"\b(?:exam|{_SIDED})\b", re.IGNORECASE)
_PASSING = re.compile(
    rf"\b(?:{_SIDED}|both|bilat\w*|b/l|side|on|the|now|today|normal|full|intact|all|exam|\w+ visit|pre-?op\w*)\b",
    re.IGNORECASE,
)
_IS_WEAK = re.compile(r"\b[0-4][+-]?(?:\s?/\s?5|\b)(?!/)")
_OF_ALL = re.compile(r"\W*(?:all|both|these|neuro\w*|exam|everything|power|isq)\b", re.IGNORECASE)
_SIDE_WORD = {Side.RIGHT: "right ", Side.LEFT: "left ", Side.BILATERAL: "bilateral "}


def with_rows(text: str) -> str:
    """The text with rows and tables of grades as sentences; one look where it grades nothing."""
    text = with_signs(text)
    if not _may_grade(text):
        return text
    out: list[str] = []
    table: list[str] = []
    head = ""
    for line in text.split("\n"):
        if _GRADED.search(line) and _TABLE_ROW.match(line):
            table.append(line)
            continue
        if table:
            out.append(_of_table(head, table))
            table = []
        head = line if line.strip() else head
        out.append(_in_pieces(line))
    if table:
        out.append(_of_table(head, table))
    return "\n".join(out)


def _may_grade(text: str) -> bool:
    return any(MAY_GRADE.search(text, max(0, f.start() - _NEAR), f.end() + _NEAR) for f in _GRADED.finditer(text))


def _of_table(head: str, rows: Sequence[str]) -> str:
    order = order_of(head)
    if len(rows) < 2 and order.first is Side.UNKNOWN:
        return "\n".join(_in_pieces(row) for row in rows)
    told = [grade for row in rows for grade in grades(row, bare=True, order=order)]
    return _sentence(told) if told else "\n".join(rows)


def _in_pieces(line: str) -> str:
    if not _may_grade(line):
        return line
    return ". ".join(_piece(piece) if _GRADED.search(piece) else piece for piece in _PIECE.split(line))


def _piece(piece: str) -> str:
    order = order_of(piece)
    paired = order.pairs and order.first is not Side.UNKNOWN and _PAIR.search(piece) is not None
    bare = len(_BARE_ITEM.findall(piece))
    levels = len(_LEVELS.findall(piece))
    if paired or bare > 2 or levels > 2 or (bare and _STRENGTH.search(piece)):
        told = grades(piece, bare=True, order=order)
        if len(told) >= max(1, bare, levels - 1):
            return _framed(piece, told)
    if "/5" in piece and _EARLIER.search(piece):
        told = grades(piece, order=order)
        now = [g for g in told if not g.earlier]
        if now and len(now) < len(told) and all(g.value >= FULL for g in now):
            return _framed(piece, told)
    if _EXCEPT.search(piece):
        told = grades(piece, bare=True, order=order)
        if any(g.value < FULL and not g.earlier for g in told):
            return _framed(piece, told)
    if found := _SERIES.search(piece):
        run = _LONE.sub(r"\1/5", found["run"])
        return f"{piece[: found.start()]}{found['head']}{run}"
    return piece


def _framed(piece: str, told: Sequence[Grade]) -> str:
    """The row as a sentence, with the words before its first and behind its last figure."""
    figures = [f for f in TOKEN.finditer(piece) if f["muscle"] or f["one"] or f["grade"]]
    head, tail = piece[: figures[0].start()].strip(" -:,("), piece[figures[-1].end() :].strip(" )],;.")
    head = _SIDE_ONLY.sub("", _STRENGTH.sub("", ORDER.sub("", head))).strip(" -:,(#")
    sentence = _sentence(told, " as known" if _is_as_before(piece, figures, told) else "")
    lead = f"{head}: " if head and not any(c.isalpha() for c in head) else f"{head}. " if len(head) > 2 else ""
    if len(_PASSING.sub("", tail).strip(" )],;.")) > 2 and not ORDER.match(tail):
        sentence = f"{sentence.rstrip('.')}; {tail}"
    return f"{lead}{sentence}"


def _is_as_before(piece: str, figures: Sequence[re.Match[str]], told: Sequence[Grade]) -> bool:
    """Whether the row says of its one weak muscle, right behind it, that it was so before the operation, or of all that
    is weak at its end."""
    weak = [g for g in told if g.value < FULL and not g.earlier]
    rest = piece[figures[-1].end() :].lstrip(" )],;.")
    if is_newer(piece) or not weak:
        return False
    if all(_was_no_better(grade, told) for grade in weak):
        return True
    if as_before(rest, alone=True) >= 0:
        return len(weak) == 1 or _OF_ALL.match(rest) is not None
    if len({g.muscle for g in weak}) > 1:
        return False
    ends = [*(f.start() for f in figures[1:]), len(piece)]
    behind = [piece[f.end() : end] for f, end in zip(figures, ends, strict=True) if _IS_WEAK.search(f[0])]
    if len(behind) > 1 and not any(map(str.strip, behind[:-1])):
        behind = behind[-1:]  # "EHL 4+ 4+ (same as pre-op)", a figure a side
    return len(behind) == 1 and as_before(behind[0]) >= 0


def _was_no_better(grade: Grade, told: Sequence[Grade]) -> bool:
    """Whether the row tells of that muscle what it had before the operation, and it was no more than now."""
    before = [g for g in told if g.baseline and g.muscle == grade.muscle]
    sided = [g for g in before if g.side is grade.side] or [g for g in before if g.side is Side.BILATERAL]
    return bool(sided) and all(g.value <= grade.value for g in sided)


def _sentence(told: Sequence[Grade], remark: str = "") -> str:
    """One sentence a side on which something is weak, what is full behind it in brackets; else one for all. ``remark``
    is said of what is weak."""
    weak = [g for g in told if g.value < FULL and not g.earlier]
    full = [g for g in told if g.value >= FULL and not g.earlier]
    behind = ", ".join(map(_words, full))
    if not weak:
        return f"Strength 5/5 in both legs; {behind}." if len(behind) > 1 else "Strength 5/5 in both legs."
    sides = list(dict.fromkeys(g.side for g in weak))
    if {Side.RIGHT, Side.LEFT} <= {g.side for g in weak if g.value < SLIGHT}:
        return f"Motor exam of both legs: {', '.join([*(f'{_words(g)}{remark}' for g in weak), *map(_words, full)])}."
    parts = [", ".join(f"{_words(g)}{remark}" for g in weak if g.side is side) for side in sides]
    if behind and len(sides) > 1:
        parts[-1] = f"{parts[-1]}, {', '.join(_words(g) for g in full if g.side is sides[-1])}".rstrip(", ")
    elif behind:
        parts[-1] = "; ".join([parts[-1], *_beside(full, sides[0])])
    return " ".join(f"Motor exam: {part}." for part in parts)


def _beside(full: Sequence[Grade], side: Side) -> Sequence[str]:
    """What is full beside a weak side. The other side is not named: the sentence is about the weak one."""
    same = ", ".join(_words(g) for g in full if g.side is side)
    other = ", ".join(_words(g._replace(side=Side.UNKNOWN)) for g in full if g.side is not side)
    return [part for part in (same, f"opposite side {other}" if other else "") if part]


def _words(grade: Grade) -> str:
    where = f"{_SIDE_WORD.get(grade.side, '')}{grade.muscle or 'power'}"
    if grade.value >= FULL:
        return f"{where} (5)"
    part = grade.value % 1
    figure = round(grade.value - PLUS) if 0 < part < 0.5 else round(grade.value + PLUS) if part else int(grade.value)
    return f"{where} {figure}{'+' if 0 < part < 0.5 else '-' if part else ''}/5"


# --- reflexes and sensation -----------------------------------------------------------------------------------------

_JERK = r"(?P<jerk>KJ|AJ|patellars?|achilles|(?:knee|ankle) (?:jerks?|reflex(?:es)?)|knees?|ankles?)"
_JERKS = re.compile(
    rf"(?<![\w/]){_JERK}\s*[:=]?\s*(?P<one>[0-4]\+?|\+{{1,3}}|-)\s?(?:/|,|\s)\s?(?P<two>[0-4]\+?|\+{{1,3}}"
    rf"|-)(?![\w/+%]|\.\d)",
    re.IGNORECASE,
)
_ONE_JERK = re.compile(
    rf"(?<![\w/])(?P<side>R|L|right|left)\s{_JERK}\s*[:=]?\s*(?P<figure>[0-4]\+?|\+{{1,3}}|-)(?![\w/+%]|\.\d),?",
    re.IGNORECASE,
)
_REFLEX = re.compile(r"\b(?:reflex(?:es)?|DTRs?|KJ|AJ|jerks?)\b", re.IGNORECASE)
_SENSATION = re.compile(
    r"(?<!\w)(?:sensation|sensory|light touch|LT|pin ?prick|PP|dermatomes?"
    r"|SILT)\b",
    re.IGNORECASE,
)
_WHOLE = r"(?:intact|normal|preserved|nl|N|OK)(?:\s?/\s?(?:intact|normal|nl|N|OK))?"
_LESS = r"(?:reduced|decreased|diminished|dec'?d?|absent|impaired|altered|loss|lost|numb|down)"
_INTACT = re.compile(
    rf"(?<![\w-])(?:L[1-5]|S[1-3])(?:\s?[-/,]\s?(?:L[1-5]|S[1-3]))*\s*[:=]?\s*(?:is |are )?{_WHOLE}"
    rf"(?:\s(?:b/l|bilat\w*|both sides))?(?!\w)[,;]?",
    re.IGNORECASE,
)
_LEVELLED = re.compile(r"[LS][1-5]\b.*[LS][1-5]\b")
_IS_LESS = re.compile(rf"\b{_LESS}\b", re.IGNORECASE)


def with_signs(text: str) -> str:
    """The text with rows of reflexes and dermatomes as sentences."""
    lines = text.split("\n")
    if "eflex" in text or "EFLEX" in text or "DTR" in text or "KJ" in text or "AJ" in text or "jerk" in text:
        lines = [_reflexes(line) if _REFLEX.search(line) else line for line in lines]
    if "ntact" in text or "ormal" in text or " N" in text:
        lines = [". ".join(map(_dermatomes, _PIECE.split(line))) if _LEVELLED.search(line) else line for line in lines]
    return "\n".join(lines)


def _reflexes(line: str) -> str:
    sides = order_of(line).sides
    single = [(found, found["figure"] in "0-") for found in _ONE_JERK.finditer(line)]
    if any(lost for _, lost in single) and len(single) > 1:
        line = _ONE_JERK.sub(_lost_jerk, line)
    return _JERKS.sub(lambda found: _jerk(found, sides), line)


def _lost_jerk(found: re.Match[str]) -> str:
    if found["figure"] not in "0-":
        return ""
    return f"{found['side']} {'knee' if found['jerk'][0] in 'kKpP' else 'ankle'} jerk absent"


def _jerk(found: re.Match[str], sides: tuple[Side, Side]) -> str:
    name = "knee jerk" if found["jerk"][0] in "kKpP" else "ankle jerk"
    lost = [
        _SIDE_WORD.get(side, "")
        for side, figure in zip(sides, (found["one"], found["two"]), strict=True)
        if figure in "0-"
    ]
    if len(lost) == 2:
        return f"both {name}s absent"
    return f"{lost[0]}{name} absent" if lost else f"{name}s present and equal"


def _dermatomes(piece: str) -> str:
    """Of dermatomes listed one by one those with less than normal; where all are intact, that all are."""
    if not _SENSATION.search(piece) or len(_INTACT.findall(piece)) < 2:
        return piece
    if _IS_LESS.search(piece):
        return f"Sensation {_INTACT.sub('', piece)}"
    return f"{_INTACT.sub('', piece).rstrip(' ,;:.')}: sensation intact L2 to S1."
