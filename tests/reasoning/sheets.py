"""Case sheets for tests: any sheet that a vocabulary allows, and sheets from plain words."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from service.domain.findings import CaseSheet, Finding
from service.domain.spans import Interval
from service.domain.statements import Basis
from service.knowledge import Knowledge
from service.knowledge.tables import FindingWord

TODAY = date(2026, 11, 20)
HERNIATION = {
    "days_since_surgery": 133,
    "index_discectomy": "yes",
    "ever_discectomy": "yes",
    "pain_dominance": "leg",
    "mri": "read",
    "herniation_at": "same level",
    "same_side": "yes",
}
"""A herniation on the current MRI, at the level and on the side of the operation."""


def sheet_of(**given: str | int | Interval) -> CaseSheet:
    """A sheet of a patient after lumbar surgery with present pain, and what else is given."""
    words = {"lumbar_surgery": "yes", "fbss_context": "yes", **given}
    return CaseSheet(TODAY, {name: finding(name, value) for name, value in words.items()})


def finding(name: str, value: str | int | Interval, *refs: str, basis: Basis = Basis.CODE) -> Finding:
    return Finding(name, Interval(value, value) if isinstance(value, int) else value, refs, basis)


def any_sheet(knowledge: Knowledge) -> st.SearchStrategy[dict[str, str | Interval]]:
    """Any mixture of known findings; numbers lie near the parameters, where mistakes live."""
    limits = sorted({int(parameter.value) for parameter in knowledge.parameters.values()})
    near = st.sampled_from([limit + step for limit in limits for step in (-1, 0, 1)])
    words = knowledge.vocabulary.findings.values()
    return st.lists(st.sampled_from(sorted(words, key=lambda word: word.name)), max_size=70, unique=True).flatmap(
        lambda chosen: st.fixed_dictionaries({word.name: _value(word, near) for word in chosen})
    )


def _value(word: FindingWord, near: st.SearchStrategy[int]) -> st.SearchStrategy[str | Interval]:
    if word.words:
        return st.sampled_from(word.words)
    inside = near.map(lambda number: min(max(number, word.low), word.high))
    return st.tuples(inside, inside).map(lambda ends: Interval(min(ends), max(ends)))
