"""Pictures as SVG that need no colour: lengths, patterns and labels say everything; their tables stand beside them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import NamedTuple

from service.replay.report.cells import FEW, HIDDEN, LEAST, number, small

WIDTH, _LABEL, _ROW, _BAR, _RIGHT = 860, 300, 30, 18, 90
DEFINITIONS = (
    '<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs>'
    '<pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" class="paper"/><line x1="0" y1="0" x2="0" y2="6" class="line" stroke-width="2.4"/>'
    '</pattern><pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse"><rect width="7" height="7" '
    'class="paper"/><circle cx="3" cy="3" r="1.3" class="faint"/></pattern></defs></svg>'
)
_FILLS = ('class="ink"', 'fill="url(#hatch)" class="line"')
_UNTOLD = 'fill="url(#dots)" class="edge" stroke-dasharray="3 2"'
_WHOLE = 'class="paper line" stroke-width="2"'
"""Of a bar whose parts may not be told: it is neither the one part nor the other."""


class Bar(NamedTuple):
    """One row: its label, its parts from left to right, and what stands behind the bar; "" writes the sum."""

    label: str
    parts: tuple[int, ...]
    note: str = ""


class Range(NamedTuple):
    """A share with its interval, all from 0 to 1; ``hollow`` marks the row that others are compared with."""

    label: str
    low: float
    share: float
    high: float
    note: str
    hollow: bool = False


def bars(rows: Sequence[Bar], title: str, legend: Sequence[str] = ()) -> str:
    """Bars that lie; a small sum is drawn as an empty frame of the largest length that it may have."""
    most = max([sum(row.parts) for row in rows] + [LEAST])
    room, top = WIDTH - _LABEL - _RIGHT, 34 if legend else 6
    whole = any(row.parts[1:] and row.note != HIDDEN and not small(sum(row.parts)) and any(map(small, row.parts))
                for row in rows)  # fmt: skip
    drawn = [_legend(legend, whole=whole)] if legend else []
    for at, row in enumerate(rows):
        y, x, total = top + at * _ROW, float(_LABEL), sum(row.parts)
        drawn.append(_label(y + 14, row.label))
        if small(total) or row.note == HIDDEN:
            drawn.append(f'<rect x="{x}" y="{y}" width="{_length(LEAST - 1, most, room)}" height="{_BAR}" '
                         f'{_UNTOLD}/>')  # fmt: skip
            x += _length(LEAST - 1, most, room)
        elif total and any(small(part) for part in row.parts):  # parts that may not be told are drawn as one
            drawn.append(_block(x, y, total, most, room, _WHOLE if row.parts[1:] else _FILLS[0]))
            x += _length(total, most, room)
        else:
            for part, fill in zip(row.parts, _FILLS, strict=False):
                if part:
                    drawn.append(_block(x, y, part, most, room, fill))
                x += _length(part, most, room)
        drawn.append(_text(x + 6, y + 14, row.note or number(total)))
    return _svg("".join(drawn), top + len(rows) * _ROW, title)


def columns(rows: Sequence[tuple[str, int, str]], title: str, unit: str) -> str:
    """Columns over time: label, count, and the count as it may be shown; what may not is dotted and of one height."""
    high, base, left = 180, 205, 50
    most = max([count for _, count, _ in rows] + [LEAST])
    step = (WIDTH - left - 10) / max(1, len(rows))
    drawn = [
        f'<line x1="{left}" y1="{base - high * part}" x2="{WIDTH - 10}" y2="{base - high * part}" class="grid"/>'
        + _text(left - 6, base - high * part + 4, f"{most * part:,.0f}", "end")
        for part in (0.0, 0.5, 1.0)
    ]
    every = max(1, -(-len(rows) // 12))
    for at, (label, count, shown) in enumerate(rows):
        untold = small(count) or shown == HIDDEN
        x = left + at * step
        tall = high * (LEAST - 1 if untold else count) / most
        fill = _UNTOLD if untold else _FILLS[0]
        if count:
            drawn.append(f'<rect x="{x + 1:.1f}" y="{base - tall:.1f}" width="{max(1.0, step - 2):.1f}" '
                         f'height="{tall:.1f}" {fill}><title>{escape(label)}: {shown}</title></rect>')  # fmt: skip
        if at % every == 0:
            drawn.append(_text(x + step / 2, base + 16, label, "middle"))
    drawn.append(_text(left, 14, unit))
    return _svg("".join(drawn), base + 26, title)


def ranges(rows: Sequence[Range], title: str) -> str:
    """A dot for each share and a line for its interval, from 0 to 100 %."""
    room, top = WIDTH - _LABEL - 200, 24
    drawn = []
    for part in (0, 25, 50, 75, 100):
        x = _LABEL + room * part / 100
        drawn.append(f'<line x1="{x}" y1="{top}" x2="{x}" y2="{top + len(rows) * _ROW}" class="grid"/>')
        drawn.append(_text(x, 14, f"{part} %", "middle"))
    for at, row in enumerate(rows):
        y = top + at * _ROW + 14
        xs = [_LABEL + room * share for share in (row.low, row.share, row.high)]
        fill = "paper" if row.hollow else "ink"
        drawn.append(_label(y + 5, row.label))
        drawn.append(f'<line x1="{xs[0]:.1f}" y1="{y}" x2="{xs[2]:.1f}" y2="{y}" class="line" stroke-width="2"/>')
        drawn += [f'<line x1="{end:.1f}" y1="{y - 5}" x2="{end:.1f}" y2="{y + 5}" class="line" stroke-width="2"/>'
                  for end in (xs[0], xs[2])]  # fmt: skip
        drawn.append(f'<circle cx="{xs[1]:.1f}" cy="{y}" r="6" class="{fill} line" stroke-width="2"/>')
        drawn.append(_text(_LABEL + room + 14, y + 5, row.note))
    return _svg("".join(drawn), top + len(rows) * _ROW + 6, title)


def _legend(names: Sequence[str], *, whole: bool) -> str:
    told = [*zip(names, _FILLS, strict=False), *([("not divided", _WHOLE)] if whole else []), (f"{FEW}", _UNTOLD)]
    drawn, x = [], float(_LABEL)
    for name, fill in told:
        drawn.append(f'<rect x="{x}" y="4" width="22" height="14" {fill}/>' + _text(x + 28, 16, name))
        x += 60 + 7.2 * len(name)
    return "".join(drawn)


def _block(x: float, y: float, part: int, most: int, room: float, fill: str) -> str:
    return f'<rect x="{x:.1f}" y="{y}" width="{_length(part, most, room):.1f}" height="{_BAR}" {fill}/>'


def _length(part: int, most: int, room: float) -> float:
    return room * part / most


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _label(y: float, label: str) -> str:
    """What a row is about, left of it; in two lines where one is too short."""
    lines = wrap(label, 42, max_lines=2, placeholder=" …") or [""]
    return "".join(_text(_LABEL - 10, y - 7 * (len(lines) - 1) + 14 * at, line, "end") for at, line in enumerate(lines))


def _svg(inside: str, height: float, title: str) -> str:
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title, quote=True)}" '
        f'xmlns="http://www.w3.org/2000/svg">{inside}</svg><figcaption>{escape(title)}</figcaption></figure>'
    )
