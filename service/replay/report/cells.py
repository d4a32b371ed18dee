"""Numbers as a report may show them: counts below eleven are not told, nor what would give them away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

LEAST = 11
FEW = f"< {LEAST}"
HIDDEN = "not shown"
"""Stands for a count that would tell, with the total, what a smaller one is."""


def small(count: int) -> bool:
    return 0 < count < LEAST


def number(count: int) -> str:
    return FEW if small(count) else f"{count:,}"


def parts(counts: Sequence[int]) -> list[str]:
    """The parts of a total that is shown: if only one is small, the next smallest is hidden with it."""
    shown = [number(count) for count in counts]
    if sum(small(count) for count in counts) == 1:
        others = [(count, at) for at, count in enumerate(counts) if count >= LEAST]
        if others:
            shown[min(others)[1]] = HIDDEN
    return shown


def rate(count: int, of: int, per: int = 1_000) -> str:
    """Cards for each 1,000 openings; nothing where it would tell a small count."""
    if not of or small(count) or small(of):
        return "–"
    return f"{per * count / of:,.1f}"


def percent(count: int, of: int) -> str:
    if not of or small(count) or small(of) or small(of - count):
        return "–"
    return f"{100 * count / of:.0f} %"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str, words: int = 1) -> str:
    """A table; the first ``words`` columns are words, the others numbers."""
    top = "".join(f'<th scope="col"{_side(at, words)}>{escape(head)}</th>' for at, head in enumerate(heads))
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{escape(cell)}</th>' if at == 0 else f"<td{_side(at, words)}>{escape(cell)}</td>"
            for at, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _side(at: int, words: int) -> str:
    return "" if at < words else ' class="n"'
