"""Sets of words in the language data: "{relative} keeps" stands for one phrase a relative. Tables in, written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from service.knowledge.messages import unknown

_NAMED = re.compile(r"\{([\w-]+)\}")


def written_out(language: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    """The language data with every set named in a class of words or a rewrite written out; the sets are left out."""
    sets = language.pop("set", {})
    for name, entry in language.get("atom", {}).items():
        entry["words"] = _all(entry["words"], sets, name, problems)
    for name, variants in language.get("rewrite", {}).items():
        language["rewrite"][name] = _all(variants, sets, name, problems)
    return language


def _all(phrases: Iterable[str], sets: Mapping[str, Sequence[str]], file: str, problems: list[str]) -> list[str]:
    return [
        each for phrase in phrases for each in (_each(phrase, sets, file, problems) if "{" in phrase else (phrase,))
    ]


def _each(phrase: str, sets: Mapping[str, Sequence[str]], file: str, problems: list[str]) -> list[str]:
    parts = _NAMED.split(phrase)
    for name in parts[1::2]:
        if name not in sets:
            problems.append(unknown(file, "set in braces", name, sets))
            return []
    choices = [sets[part] if at % 2 else [part] for at, part in enumerate(parts)]
    return ["".join(chosen) for chosen in product(*choices)]
