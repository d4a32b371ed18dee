"""Numbers that mean something: a number with its form, unit and neighbours in, the classes of its range out.

``4/5`` beside "power" is weakness, ``450 ml`` beside "residual" is retention, ``78/41`` is a blood pressure. Spelt
numbers count as figures ("thirty-nine point one", "one oh two"). The ranges are language data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from service.text.clauses.compared import compared
from service.text.clauses.matcher import Atom, around
from service.text.clauses.series import PAIN, STRENGTH, rows, scored
from service.text.vocabulary.language import Language
from service.text.vocabulary.tokens import Token

_PLUS = 0.3
"""What the plus of "4+/5" adds: more than a 4, less than full."""
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)([+-]?)(?:/(\d+)(?:\.\d+)?)?\Z")
NEAR = 5
"""Words between a number and what it measures."""
_SYSTOLIC, _DIASTOLIC = (50, 260), (20, 150)
"""What the two figures of a blood pressure may be, the first the higher."""
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
_UNITS = {name: value for value, name in enumerate(_SMALL.split(" "))} | {"oh": 0, "nought": 0}
_LARGE = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {name: 10 * value for value, name in enumerate(_LARGE.split(" "), 2)}
_ELSEWHERE = frozenset(
    ["min", "mins", "minute", "minutes", "hour", "hours", "hrs", "day", "days", "week", "weeks", "wk", "wks",
     "month", "months", "year", "years", "yr", "yrs", "m", "metres", "meters", "metre", "meter", "km", "mile", "miles",
     "yard", "yards", "yds", "ft", "steps", "times", "lengths", "reps"]
)  # fmt: skip
"""Units of time, way and number: a figure before one of them is no vital sign and no grade ("sat 50 min")."""
_TO = frozenset({"to", "-", "or"})
_ROW = 0.65
"""What part of the lower bound of a vital sign the first figure of its row is at least: "sat 30 to 60 to 90"."""
_LITRES = frozenset({"litre", "litres", "liter", "liters"})
_JOINS = frozenset({"-", "and"})


class _Figure(NamedTuple):
    """A number of the text: its first token and the one behind it, its value, what it is set over, its places."""

    start: int
    end: int
    value: float
    over: float | None
    decimal: bool


def numbered(read: Sequence[Token], found: list[Atom], language: Language) -> list[Atom]:
    """The atoms with those of the numbers, in order."""
    added: list[Atom] = []
    # The vital sign whose name stands right before a number: in "T 36.8 P 104" the second is no temperature.
    vital = language.groups["vital-signs"]
    owners = {a.end: a for a in found if not a.inner and not a.classes.isdisjoint(vital)}
    told = list(_figures(read))
    together: dict[int, str] = {}
    for scale in (STRENGTH, PAIN):
        row = [scored(read, f.start, f.end, f.value) for f in told if f.over == scale]
        if len(row) > 1:
            together |= rows(read, row, scale, _subjects(found, language))
    for figure in told:
        names = _names(read, figure, found, owners, language)
        if figure.start in together:
            names.add(together[figure.start])
        if names:
            added.append(Atom(figure.start, figure.end, frozenset(names)))
    added += compared(read, [(f.start, f.value) for f in told if f.over is None], found)
    if not added:
        return found
    taken = {a.start for a in added}
    kept = [a for a in found if not (a.start in taken and a.end == a.start + 1)]
    return sorted([*kept, *added], key=lambda a: (a.start, a.end))


def _subjects(found: Sequence[Atom], language: Language) -> frozenset[int]:
    return frozenset(
        at
        for atom in found
        if "motor" in atom.classes or not language.site_classes.isdisjoint(atom.classes)
        for at in range(atom.start, atom.end)
    )


def _figures(read: Sequence[Token]) -> Iterator[_Figure]:
    at, size = 0, len(read)
    while at < size:
        word = read[at].word
        figure = _written(read, at) if word[0].isdigit() else _spoken(read, at)
        if figure is None and word in _UNITS and at + 1 < size and read[at + 1].word == "out":
            figure = _of_five(read, _Figure(at, at + 1, float(_UNITS[word]), None, False))
            figure = figure if figure.over else None
        if figure is None:
            at += 1
            continue
        if figure.over is None and figure.end + 2 < size and read[figure.end].word == "out":
            figure = _of_five(read, figure)
        if figure.over is None and figure.end + 1 < size and read[figure.end].word in {"over", "on", "/"}:
            below = _written(read, figure.end + 1) or _spoken(read, figure.end + 1)
            if below is not None and below.over is None and _is_pressure(figure.value, below.value):
                figure = figure._replace(end=below.end, over=below.value)
        yield figure
        at = figure.end


def _of_five(read: Sequence[Token], figure: _Figure) -> _Figure:
    """The figure with its scale where that is written out: "3 out of 5", "three out of five"."""
    words = [token.word for token in read[figure.end : figure.end + 3]]
    if words[:2] == ["out", "of"] and words[2:] in (["5"], ["five"]):
        return figure._replace(end=figure.end + 3, over=STRENGTH)
    return figure


def _written(read: Sequence[Token], at: int) -> _Figure | None:
    match = _NUMBER.match(read[at].word)
    if match is None:
        return None
    value, decimal = float(match[1]), "." in match[1]
    glued = at and read[at - 1].word == "." and read[at - 1].end == read[at].start
    opens = at == 1 or (at > 1 and read[at - 2].end < read[at - 1].start)
    if glued and opens and not decimal and match[3] is None:  # ".55"
        value, decimal = float(f"0.{match[1]}"), True
    if match[2] == "+" and match[3] == "5":
        value += _PLUS
    return _Figure(at, at + 1, value, float(match[3]) if match[3] else None, decimal)


def _spoken(read: Sequence[Token], at: int) -> _Figure | None:
    """A number in words of two digits or more: "seventy-eight", "one oh two", "thirty nine point one"."""
    first = read[at].word
    if (
        first not in _UNITS
        and first not in _TENS
        and not (first == "a" and at + 1 < len(read) and read[at + 1].word == "hundred")
    ):
        return None
    value, reach, size, groups, said = 0.0, at, len(read), 0, ""
    while reach < size:
        word = read[reach].word
        if (
            word in _JOINS
            and groups
            and reach + 1 < size
            and (read[reach + 1].word in _UNITS or read[reach + 1].word in _TENS)
        ):
            if word == "and" and said != "hundred":
                break
            reach += 1
            continue
        if word == "hundred" and 0 < value < 10:
            value *= 100
        elif word == "a" and not groups:
            value = 1
        elif word in _TENS and (not groups or value % 100 == 0 or value < 10):
            value = value * 100 + _TENS[word] if 0 < value < 10 else value + _TENS[word]
        elif word in _UNITS and not groups:
            value = _UNITS[word]
        elif (word in _UNITS and said in _TENS and 0 < _UNITS[word] < 10) or (word in _UNITS and said == "hundred"):
            value += _UNITS[word]
        elif word in _UNITS and said in {"oh", "zero"} and 0 < value < 10:
            value = value * 100 + _UNITS[word]
        elif word in {"oh", "zero"} and 0 < value < 10 and reach + 1 < size and read[reach + 1].word in _UNITS:
            pass
        else:
            break
        groups, said = groups + 1, word
        reach += 1
    decimal = False
    if reach + 1 < size and read[reach].word == "point" and read[reach + 1].word in _UNITS:
        value, reach, decimal = value + _UNITS[read[reach + 1].word] / 10, reach + 2, True
    if value < 20 and not decimal:
        return None
    return _Figure(at, reach, value, None, decimal)


def _is_pressure(value: float, over: float) -> bool:
    return _SYSTOLIC[0] <= value <= _SYSTOLIC[1] and _DIASTOLIC[0] <= over <= _DIASTOLIC[1] and value > over


def _names(
    read: Sequence[Token], figure: _Figure, found: Sequence[Atom], owners: Mapping[int, Atom], language: Language
) -> set[str]:
    at, last = figure.start, figure.end
    follows = read[last].word if last < len(read) else ""
    before = read[at - 1].word if at else ""
    if (
        at > 1
        and len(before) == 1
        and before.isalnum()
        and read[at - 2].end == read[at - 1].start
        and read[at - 2].word[-1].isalnum()
    ):
        before = ""  # the end of a longer word ("HbA1c 36")
    percent = follows in {"%", "percent", "pct"} or (
        follows == "per" and last + 1 < len(read) and read[last + 1].word == "cent"
    )
    if figure.over is not None:
        forms = {f"of {figure.over:g}"} | ({"bp"} if _is_pressure(figure.value, figure.over) else set())
    else:
        form = "percent" if percent else "minus" if before in {"-", "minus"} else "plain"
        forms = {form, "decimal"} if figure.decimal and form != "percent" else {form}
    if "minus" in forms:
        forms.add("plain")
    unit, opens = _unit(read, last), _opens_row(read, at)
    value = figure.value * 1000 if follows in _LITRES else figure.value  # the ranges of volumes are of millilitres
    close = around(read, found, at, last, NEAR)
    nearest = max((a for a in close if a.end <= at and not a.inner), key=lambda a: a.end, default=None)
    last_told = nearest.classes if nearest is not None else frozenset()
    near: set[str] = set()
    behind: set[str] = set()
    room, reach = read[at].room, read[last - 1].room
    owner = owners.get(at)
    for atom in [owner] if owner else close:
        if atom.end <= at and room - read[atom.end - 1].room <= NEAR:
            near |= atom.classes
        elif atom.start >= last and read[atom.start].room - reach <= NEAR:
            behind |= atom.classes
    return {
        number.name
        for form in forms
        for number in language.numbers.get(form, ())
        if number.low <= value <= number.high
        and number.unless.isdisjoint(last_told)
        and (not number.units or follows in number.units or (len(before) > 1 and before in number.units))
        and (not number.near or not number.near.isdisjoint(near) or not number.after.isdisjoint(behind))
        and (not number.near or unit not in _ELSEWHERE or unit in number.units)
        and (opens is None or opens >= number.low * _ROW or number.near.isdisjoint(language.groups["vital-signs"]))
    }


def _opens_row(read: Sequence[Token], at: int) -> float | None:
    """The first figure of a row that leads up to this one: 30 for the 90 of "30 to 60 to 90"."""
    first = None
    while at > 1 and read[at - 1].word in _TO and (figure := _written(read, at - 2)) is not None:
        first, at = figure.value, at - 2
    return first


def _unit(read: Sequence[Token], at: int) -> str:
    """The word behind a figure, or behind the range that it opens: "20 to 90 min"."""
    size = len(read)
    while at + 1 < size and read[at].word in _TO and read[at + 1].word[0].isdigit():
        at += 2
    return read[at].word if at < size else ""
