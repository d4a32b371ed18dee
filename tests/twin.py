"""A naive evaluator of the rules in plain Python: it shares with the engine only the records it reads."""

from __future__ import annotations

import operator
from collections.abc import Mapping

from service.domain.spans import Interval
from service.knowledge import Knowledge
from service.knowledge.records import Clause, When

Sheet = Mapping[str, str | Interval]

COMPARE = {"at_least": operator.ge, "more_than": operator.gt, "at_most": operator.le, "less_than": operator.lt}


def holding(knowledge: Knowledge, sheet: Sheet) -> set[str]:
    """The keys of all clauses of all records that hold in a sheet, findings not chained."""
    case = {"course": "unknown", **sheet}
    held = set()
    for record in knowledge.records:
        emergency = record.id in knowledge.redflags
        held |= {clause.key for clause in record.clauses if holds(clause, case, knowledge, possibly=emergency)}
    return held | {prior.key for prior in knowledge.priors if holds(prior, case, knowledge, possibly=False)}


def holds(clause: Clause, case: Sheet, knowledge: Knowledge, *, possibly: bool) -> bool:
    if any(_all(when, case, knowledge, possibly=False) for when in clause.unless):
        return False
    return _all(clause.when, case, knowledge, possibly=possibly)


def chained(knowledge: Knowledge, sheet: Sheet) -> dict[str, str | Interval]:
    """The sheet with everything that the finding records conclude, by asking all of them until nothing is new."""
    known = dict(sheet)
    while True:
        case = {"course": "unknown", **known}
        new: dict[str, str | Interval] = {}
        for record in knowledge.findings.values():
            if record.finding in known:
                continue
            if any(holds(clause, case, knowledge, possibly=False) for clause in record.entries):
                new.setdefault(record.finding, record.word)
        if not new:
            return known
        known |= new


def _all(when: When, case: Sheet, knowledge: Knowledge, *, possibly: bool) -> bool:
    for test in when:
        value = case.get(test.finding)
        if value is None:
            return False
        if test.words and value not in test.words:
            return False
        for bound in test.bounds:
            assert isinstance(value, Interval)
            limit = knowledge.parameters[bound.parameter].value
            ends = [COMPARE[bound.comparison](end, limit) for end in (value.low, value.high)]
            if not (any(ends) if possibly else all(ends)):
                return False
    return True
