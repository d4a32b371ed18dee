"""Breaks each entry of each record in turn and runs the vignettes: ``make mutations``.

A change that no vignette notices is a survivor. The survivors that are redundant by design stand in survivors.toml,
each with its reason; exit code 1 when another one survives, or when one of the list no longer does.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from service.knowledge import Knowledge, load
from service.knowledge.records import (
    CauseRecord,
    Clause,
    FindingRecord,
    Record,
    RedFlagRecord,
    StepRecord,
    Test,
    When,
)
from service.reasoning import vignettes
from service.reasoning.engine import Engine

PARTS = {
    CauseRecord: ("gates", "fits", "for_", "against"),
    RedFlagRecord: ("fires",),
    StepRecord: ("insteads", "withholds"),
    FindingRecord: ("entries",),
}
SHELVES = ("causes", "negatives", "modifiers", "notes", "redflags", "steps", "findings")
T = TypeVar("T")

JUSTIFIED = Path(__file__).parent / "survivors.toml"


def mutants(record: Record) -> Iterator[tuple[str, Record]]:
    """The record without one entry, or with one test, bound, exception or flag of an entry left out."""
    for part in PARTS[type(record)]:
        clauses: tuple[Clause, ...] = getattr(record, part)
        for clause in clauses:
            yield f"{clause.key} removed", replace(record, **{part: _without(clauses, clause)})
            for what, looser in _looser(clause):
                kept = tuple(looser if other is clause else other for other in clauses)
                yield f"{clause.key} {what}", replace(record, **{part: kept})
    if isinstance(record, CauseRecord) and record.suppresses is not None:
        yield f"{record.id} suppression removed", replace(record, suppresses=None)
        for cause in record.suppresses.spared:
            spared = tuple(other for other in record.suppresses.spared if other != cause)
            yield (
                f"{record.id} spares no {cause}",
                replace(record, suppresses=replace(record.suppresses, spared=spared)),
            )


def _looser(clause: Clause) -> Iterator[tuple[str, Clause]]:
    for test in clause.when:
        if test.finding == "fbss_context":
            continue  # the chain asks for it before any gate
        if clause.kind in ("gate", "fires") and len(clause.when) > 1:
            yield f"without {test.finding}", replace(clause, when=_without(clause.when, test))
        elif len(test.bounds) == 1 and len(clause.when) > 1:
            yield f"without the bound of {test.finding}", replace(clause, when=_without(clause.when, test))
        if len(test.bounds) > 1:
            for bound in test.bounds:
                kept = replace(test, bounds=_without(test.bounds, bound))
                yield (
                    f"without {bound.comparison} {bound.parameter}",
                    replace(clause, when=_with(clause.when, test, kept)),
                )
    for number, _ in enumerate(clause.unless, 1):
        rest = (*clause.unless[: number - 1], *clause.unless[number:])
        yield f"without unless {number}", replace(clause, unless=rest)
    if clause.documented:
        yield "not documented", replace(clause, documented=False)


def _without(all_: tuple[T, ...], left_out: object) -> tuple[T, ...]:
    return tuple(each for each in all_ if each is not left_out)


def _with(when: When, old: Test, new: Test) -> When:
    return tuple(new if each is old else each for each in when)


def survives(known: Knowledge, shelf: str, mutant: Record) -> bool:
    changed = replace(known, **{shelf: {**getattr(known, shelf), mutant.id: mutant}})
    engine = Engine(changed)
    chosen = changed.records if shelf == "findings" or getattr(mutant, "kind", "") == "negative" else (mutant,)
    for record in chosen:
        if isinstance(record, FindingRecord):
            continue
        for vignette in record.vignettes:
            if vignettes.outcome(record, vignette, engine, changed) != vignette.expect:
                return False
    return True


_known: list[Knowledge] = []
"""What the processes that run the changes are born with."""


def run() -> tuple[list[str], int]:
    """The survivors, and how many changes were tried."""
    known = load()
    assert [] == vignettes.violations(Engine(known), known), "every vignette must get its verdict before one is broken"
    assert "records" not in {field.name for field in fields(known)}, "records must follow from the shelves"
    _known.append(known)
    tasks = [(shelf, name) for shelf in SHELVES for name in getattr(known, shelf)]
    # The engine never gives back the memory of a rule set: a process for each record, or thousands of them add up.
    with get_context("fork").Pool(maxtasksperchild=1) as pool:
        parts = pool.starmap(_survivors, tasks, chunksize=1)
    return [name for found, _ in parts for name in found], sum(tried for _, tried in parts)


def _survivors(shelf: str, name: str) -> tuple[list[str], int]:
    (known,) = _known
    changes = list(mutants(getattr(known, shelf)[name]))
    return [what for what, mutant in changes if survives(known, shelf, mutant)], len(changes)


if __name__ == "__main__":
    justified = tomllib.loads(JUSTIFIED.read_text(encoding="utf-8")) if JUSTIFIED.exists() else {}
    survivors, tried = run()
    new = [name for name in survivors if name not in justified]
    stale = [name for name in justified if name not in survivors]
    print("\n".join([*new, *(f"{name}: justified, and no longer survives" for name in stale)]))
    print(f"{tried} changes, {len(survivors)} survivors, {len(new)} without a reason", file=sys.stderr)
    sys.exit(bool(new or stale))
