"""The question for the smoking status: an Observation in, what its value says of smoking out."""

from __future__ import annotations

import re
from datetime import date

from service.domain.statements import Basis, Polarity, Statement
from service.fhir import resources
from service.fhir.elements import LONGEST_WORDS, codings, observation_holds, words_of
from service.fhir.eligibility import has_result

STATUS = "72166-2"
"""LOINC: tobacco smoking status. Its answer is the last word of the entry, whatever else is coded in it."""

_NON_SMOKER_CODES = frozenset({"266919005", "8517006"})
_NON_SMOKER = re.compile(
    r"\bnever\b|\bex\b|\bex-|\bformer|\bnon-?smok|\bquit|\bstopped\b|\bnot? (?:a )?smok|does not smoke"
)
_UNSURE = re.compile(r"unknown|not asked|declined")
_SMOKER = re.compile(r"smok|tobacco|cigar|daily|every ?day|some ?day|current|heavy|light")
_LONGEST = 300


def is_asked(observation: resources.Observation) -> bool:
    return any(coding.code == STATUS for coding in codings(observation.code))


def read(observation: resources.Observation, as_of: date) -> Statement | None:
    """Whether the patient smokes now, on all days of which the answer is true; ``None`` when it does not tell."""
    value = observation.value_codeable_concept
    shown = [coding.display or "" for coding in codings(value)]
    text = " ".join((words_of(value), observation.value_string or "", *shown))
    smokes = _smokes(text.lower()[:_LONGEST], {coding.code for coding in codings(value)})
    if smokes is None or not has_result(observation):
        return None
    return Statement(
        concept="smoking",
        source=observation.ref,
        basis=Basis.VALUE,
        polarity=Polarity.YES if smokes else Polarity.NO,
        stated=observation_holds(observation, as_of),
        words=words_of(value) or text[:LONGEST_WORDS],
        code=STATUS,
        resource=observation.resource_type,
    )


def _smokes(text: str, codes: set[str | None]) -> bool | None:
    if codes & _NON_SMOKER_CODES or _NON_SMOKER.search(text):
        return False
    return None if _UNSURE.search(text) or not _SMOKER.search(text) else True
