"""Removes each entry of each record in turn and runs the vignettes: ``python -m tests.records.mutations``.

An entry whose removal no vignette notices is listed as a survivor; exit code 1 when there are more than are known.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, replace

from service import vignettes
from service.engine import Engine
from service.knowledge import Knowledge, load
from service.knowledge.records import CauseRecord, Clause, FindingRecord, Record, RedFlagRecord, StepRecord

PARTS = {
    CauseRecord: ("gates", "fits", "for_", "against"),
    RedFlagRecord: ("fires",),
    StepRecord: ("insteads", "withholds"),
    FindingRecord: ("entries",),
}
SHELVES = ("causes", "negatives", "modifiers", "notes", "redflags", "steps", "findings")


def mutants(record: Record) -> Iterator[tuple[str, Record]]:
    """The record without one entry, or with one test of an entry left out."""
    for part in PARTS[type(record)]:
        clauses: tuple[Clause, ...] = getattr(record, part)
        for clause in clauses:
            rest = tuple(other for other in clauses if other is not clause)
            yield f"{clause.key} removed", replace(record, **{part: rest})
            if part == "gates" and len(clause.when) > 1:
                for test in clause.when:
                    if test.finding == "fbss_context":
                        continue  # the chain asks for it before any gate
                    looser = replace(clause, when=tuple(each for each in clause.when if each is not test))
                    kept = tuple(looser if other is clause else other for other in clauses)
                    yield f"{clause.key} without {test.finding}", replace(record, **{part: kept})
    if isinstance(record, CauseRecord) and record.suppresses is not None:
        yield f"{record.id} suppression removed", replace(record, suppresses=None)


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


def run() -> list[str]:
    known = load()
    assert "records" not in {field.name for field in fields(known)}, "records must follow from the shelves"
    return [
        name
        for shelf in SHELVES
        for record in getattr(known, shelf).values()
        for name, mutant in mutants(record)
        if survives(known, shelf, mutant)
    ]


if __name__ == "__main__":
    survivors = run()
    print("\n".join(survivors))
    print(f"{len(survivors)} survivors", file=sys.stderr)
    sys.exit(bool(survivors))
