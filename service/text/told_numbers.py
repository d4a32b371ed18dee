"""The value told behind the name of a test: its name and the words behind it in, the number out."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"^(?:\W{0,3}(?:was|is|of|at|level|now|only|today|mg/l|rest|right|left|[rl]\b|<|=|:|-)){0,3}\W{0,3}(\d{1,3}(?:\.\d{1,2})?)(?![\d/]|\s?(?:week|month|day|year|of))")  # fmt: skip  # noqa: E501
_LATER_NUMBER = re.compile(
    r"^[^.;]{0,60}\b(?:was|is|at|were|under|below|less than) <? ?(\d{1,3}(?:\.\d{1,2})?)"
    r"(?![\d/]|\s?(?:week|month|day|year|of))"
)
_RATIO = re.compile(r"(?<![\d.,])[01][.,]\d{1,2}(?![\d%])")
_FAR = 48
"""Characters behind the name of the index in which its values stand ("ABI at rest R 0.58  L 0.86")."""


def index(name: str, after: str) -> float | None:
    """The ankle-brachial index that is told, of the lower leg; a duplex of the arteries tells none."""
    if not name.startswith(("abi", "abpi", "ankle brach", "ankle-brach")):
        return None
    near = re.split(r";|\.\s", after[:_FAR])[0]
    return min((float(found.replace(",", ".")) for found in _RATIO.findall(near)), default=None)


def number(after: str) -> float | None:
    """The value told of a test: "CRP 3", "CRP last checked in November, it was 2"; of several the highest."""
    first = _NUMBER.search(after)
    if first is None and not (first := _LATER_NUMBER.search(after)):
        return None
    return float(first[1])
