"""The language frames as a clinician reviews and signs them: rules/language/frames in; one family a file out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from service.knowledge import signatures
from service.knowledge.messages import unknown, wrong
from service.knowledge.records import STATUSES
from service.knowledge.tables import Table, refuse_keys

SIGNATURE = "signature"
"""The table of a family's file that holds its status and who signed it."""

PREFIX = "language/"
"""What the id of a family begins with, so that none is taken for a record."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of saying a concept: classes of words that stand together in one clause within a few words.

    ``parts`` are as the file has them: alternatives joined by ``|``, ``>`` before what must follow the first part,
    ``~`` before what must be denied. ``gap`` is the most words between a part and the first one.
    """

    concept: str
    parts: tuple[str, ...]
    unless: tuple[str, ...] = ()
    gap: int = 5
    sign: str = "said"
    held: str = "any"
    kinds: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    rejects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Family:
    """The frames of one file, which are signed together."""

    id: str
    title: str
    status: str
    frames: tuple[Frame, ...]
    reviewer: str = ""
    signed: date | None = None
    review_due: date | None = None

    def by_concept(self) -> Mapping[str, tuple[Frame, ...]]:
        """The frames under the concept that they read, in the order of the file."""
        told: dict[str, list[Frame]] = {}
        for frame in self.frames:
            told.setdefault(frame.concept, []).append(frame)
        return {concept: tuple(frames) for concept, frames in told.items()}


def families(rules: Traversable | None = None) -> tuple[Family, ...]:
    """Every family of a rule set (the shipped one by default), by name. The tables are taken to keep their laws."""
    return tuple(
        _family(path, tomllib.loads(path.read_text("utf-8"))) for path in family_files(rules or files("rules"))
    )


def family_files(rules: Traversable) -> list[Traversable]:
    """The files of all families; none when the rule set has no language data."""
    folder = rules / "language" / "frames"
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)


def signature_problems(file: str, data: Table) -> Iterator[str]:
    """The laws of signatures that the table of one language file breaks; a file that is not signed breaks none."""
    if SIGNATURE not in data:
        return
    if not data.get("frame"):
        yield wrong(file, f"[{SIGNATURE}]", "stands in a file without a [[frame]]; frames are signed, words are not")
    problems: list[str] = []
    refuse_keys(file, f"key of [{SIGNATURE}]", data[SIGNATURE], signatures.OUTSIDE, problems)
    yield from problems
    if data[SIGNATURE].get("status") not in STATUSES:
        yield unknown(file, f"status of [{SIGNATURE}]", data[SIGNATURE].get("status"), STATUSES)
    yield from signatures.violations(file, signed_table(data), {})


def signed_table(data: Table) -> dict[str, Any]:
    """A family's file as one flat table, as a record is: its content, and beside it the keys of its signature."""
    content = {key: value for key, value in data.items() if key != SIGNATURE}
    return {**content, **data.get(SIGNATURE, {})}


def _family(path: Traversable, data: Table) -> Family:
    name = path.name.removesuffix(".toml")
    told = data.get(SIGNATURE, {})
    return Family(
        id=f"{PREFIX}{name}",
        title=f"Language: {name.replace('-', ' ')}",
        status=told.get("status", "draft"),
        frames=tuple(_frame(entry) for entry in data.get("frame", ())),
        reviewer=told.get("reviewer", ""),
        signed=told.get("signed"),
        review_due=told.get("review_due"),
    )


def _frame(entry: Table) -> Frame:
    return Frame(
        concept=entry["concept"],
        parts=tuple(entry["all"]),
        unless=tuple(name for told in entry.get("unless", ()) for name in told.split("|")),
        gap=entry.get("gap", 5),
        sign=entry.get("sign", "said"),
        held=entry.get("held", "any"),
        kinds=tuple(entry.get("kinds", ())),
        after=tuple(entry.get("after", ())),
        reads=tuple(entry.get("reads", ())),
        rejects=tuple(entry.get("rejects", ())),
    )
