"""The table of steps compiled: rules/language/done.toml in; its names, rows and words of manner as patterns out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct


class DoneRow(Struct, frozen=True):
    """How one step is told: its names, what must and must not stand near (``across``: anywhere in the sentence), the
    steps it stands for beside its own, and how long it counts. ``result``: the names are words of its result."""

    step: str
    study: str
    names: re.Pattern[str]
    near: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    since: str
    limit: str
    needs: bool
    routine: bool
    not_for: tuple[str, ...]
    across: bool = False
    result: bool = False
    also: tuple[tuple[str, str], ...] = ()


class DoneWords(Struct, frozen=True):
    """The table compiled: a pattern of all names, the rows in their order, and the words of each manner."""

    names: re.Pattern[str]
    rows: tuple[DoneRow, ...]
    manner: Mapping[str, re.Pattern[str]]
    met: dict[str, tuple[DoneRow, ...]] = {}

    def rows_of(self, name: str) -> tuple[DoneRow, ...]:
        """The rows of a name, in their order; kept, for the same few names come again and again."""
        found = self.met.get(name)
        if found is None:
            found = tuple(row for row in self.rows if row.names.fullmatch(name))
            if len(self.met) < _MOST_NAMES:
                self.met[name] = found
        return found


_MOST_NAMES = 1_000


def compiled(raw: Mapping[str, Any]) -> DoneWords | None:
    """The table of the language data; ``None`` where it has none."""
    if not raw.get("done"):
        return None
    rows = tuple(
        DoneRow(
            step=entry["step"],
            study=entry.get("study", ""),
            names=_any_of(_called(entry["names"], raw)),
            near=_any_of(entry["near"]) if "near" in entry else None,
            unless=_any_of(entry["unless"]) if "unless" in entry else None,
            since=entry["since"],
            limit=entry.get("limit", ""),
            needs=bool(entry.get("needs", False)),
            routine=bool(entry.get("routine", False)),
            not_for=tuple(entry.get("not_for", ())),
            across=bool(entry.get("across", False)),
            result=bool(entry.get("result", False)),
            also=tuple((raw["done"][row]["step"], raw["done"][row].get("study", "")) for row in entry.get("also", ())),
        )
        for entry in raw["done"].values()
    )
    names = list(dict.fromkeys(name for entry in raw["done"].values() for name in _called(entry["names"], raw)))
    return DoneWords(_any_of(names), rows, {name: _any_of(words) for name, words in raw["manner"].items()})


def _called(names: Sequence[str], raw: Mapping[str, Any]) -> list[str]:
    """Names with each "@kind" replaced by all that a test of this kind is called."""
    return [each for name in names for each in (raw["called"][name[1:]] if name.startswith("@") else (name,))]


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    """Any of these phrases, the longest first; shared beginnings stand once, so that most words end at a letter."""
    ordered = sorted(set(phrases), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(r"\b" + _tree(ordered, 0))


def _tree(phrases: Sequence[str], at: int) -> str:
    """The phrases as alternatives that branch at one letter after the other, as far as letters go."""
    if len(phrases) == 1 or at == _DEEP or not all(phrase[at : at + 1].isalnum() for phrase in phrases):
        return "(?:" + "|".join(_pattern(phrase, at) for phrase in phrases) + ")"
    branches: dict[str, list[str]] = {}
    for phrase in phrases:
        branches.setdefault(phrase[at], []).append(phrase)
    return "(?:" + "|".join(letter + _tree(group, at + 1) for letter, group in branches.items()) + ")"


_DEEP = 4
"""Letters."""


_SMALL = (
    r"(?:(?:of|into|in|to|at|the|his|her|my|a|an|left|right|lt|rt|l|r|both|bilateral|lower|lumbar|joints?|was|were|been"
    r"|steroid|cortisone|local|diagnostic|therapeutic|guided|single|repeat) ){0,4}"
)
"""The small words, sides and kinds between a needle and its target ("injection of the left SI joint")."""


def _pattern(phrase: str, at: int = 0) -> str:
    parts = [re.escape(part).replace(r"\*", r"[\w']*") for part in phrase[at:].split(" ")]
    joined = r"[\s/-]{0,3}".join(parts).replace(r"[\s/-]{0,3}\~[\s/-]{0,3}", rf"[\s/-]{{1,3}}{_SMALL}")
    return joined + ("" if phrase.endswith("*") else r"\b")
