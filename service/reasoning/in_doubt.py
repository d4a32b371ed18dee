"""What is strongly found and does not fit one word of the story: a case in; such causes, as possible at most, out.

A gate asks how the pain ran and where it is, and one misread word of that must not hide what a report shows. The causes
whose gate would hold if that one word were not known are weighed by what is on record, and what speaks against them
counts; which word does not fit is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from service.domain.findings import Finding
from service.domain.spans import Interval
from service.domain.statements import Basis
from service.knowledge import Knowledge
from service.knowledge.records import CAUSE, WEIGHTS, CauseRecord, Clause
from service.reasoning.differential import VISIBLE, Case, Hypothesis, chain, open_gates, records_of, weigh_one
from service.reasoning.engine import Engine
from service.reasoning.scoring import DOCUMENTED, LIKELY, POSSIBLE

_NEUTRAL: Mapping[str, str] = {"course": "unknown", "pain_dominance": "mixed"}
"""Each word in doubt, one at a time, and what stands in for it: leg with back pain opens every door of a site."""

_LEG = ("early_leg_pain", "new_leg_pain", "leg_numbness", "deficit_new", "same_side")
"""What tells of a leg whatever the pain is called: beside it "back" is a word in doubt, alone it is a fact."""

_A_YEAR = Interval(365, 365)
_TIMES = ("days_since_surgery", "fusion_age_days")
"""A time that is not known stands in likewise; one that is known is a date, and no word that was misread."""

_TOLD = {
    "course": "It was found; the course of the pain on record does not fit it",
    "pain_dominance": "It was found; the kind of pain on record does not fit it, or is not known",
    **dict.fromkeys(_TIMES, "It was found; how long ago the operation was is not known"),
}


def found(
    case: Case, standing: Collection[Hypothesis], doors: Collection[str], engine: Engine, knowledge: Knowledge
) -> list[Hypothesis]:
    """Causes behind a shut door for which something strong was found, with the doubt that they are told with.

    The course is in doubt only where nothing was found for a cause that it fits: else story and findings agree.
    """
    agree = any(each.certainty in VISIBLE and each.found for each in standing)
    shut = {c.id: c for c in knowledge.causes.values() if c.id not in doors and _may_be_strong(c, case)}
    told: list[Hypothesis] = []
    known = knowledge.vocabulary.findings
    for name, value in _supposed(case) if shut else ():
        if name not in known or (isinstance(value, str) and value not in known[name].words):
            continue
        if name == "course" and agree:
            continue
        sheet = {each: finding for each, finding in case.findings.items() if each not in case.concluded}
        other = chain({**sheet, name: Finding(name, value, basis=Basis.INFERRED)}, engine, knowledge).case
        for id_ in sorted(records_of(open_gates(other, engine)) & shut.keys()):
            hypothesis = weigh_one(shut.pop(id_), case, engine, knowledge)
            if _is_strong(hypothesis):
                certainty = DOCUMENTED if hypothesis.certainty == DOCUMENTED else POSSIBLE
                told.append(
                    replace(hypothesis, verdict=replace(hypothesis.verdict, certainty=certainty), doubt=_TOLD[name])
                )
    return told


def _supposed(case: Case) -> Iterator[tuple[str, str | Interval]]:
    for name, word in _NEUTRAL.items():
        if not case.is_(name, word) and not _is_fact(name, case):
            yield name, word
    for name in _TIMES:
        if _is_open(case.findings.get(name)):
            yield name, _A_YEAR


def _is_fact(name: str, case: Case) -> bool:
    """Pain that is over is no matter of its course; pain of the back, with nothing told of a leg, is just that."""
    if name == "course":
        return case.is_(name, "resolved")
    return case.is_(name, "back") and not any(case.is_(each, "yes") for each in _LEG)


def _is_open(number: Finding | None) -> bool:
    """Whether it is not known, or may as well be days as years."""
    if number is None or not isinstance(number.value, Interval):
        return True
    return number.value.low < _A_YEAR.low < number.value.high


def _may_be_strong(cause: CauseRecord, case: Case) -> bool:
    """A cheap look before any door is tried: whether what a strong entry asks for is on record at all.

    A door that something shuts (an exception, a known day) is shut: no word of the story keeps it so.
    """
    return (
        cause.nature == CAUSE
        and any(
            clause.group == "finding" and clause.weight >= WEIGHTS["strong"] and _holds(clause, case)
            for clause in cause.for_
        )
        and not any(_holds(gate, case) for gate in cause.gates)
    )


def _holds(clause: Clause, case: Case) -> bool:
    """Whether all its words hold; of a number only whether it is known."""
    return all(
        case.properties.get(test.finding) in test.words if test.words else not _is_open(case.findings.get(test.finding))
        for test in clause.when
    )


def _is_strong(hypothesis: Hypothesis) -> bool:
    verdict = hypothesis.verdict
    return verdict.certainty in (DOCUMENTED, LIKELY, POSSIBLE) and any(
        clause.group == "finding" and weight >= WEIGHTS["strong"] for clause, weight in verdict.items
    )
