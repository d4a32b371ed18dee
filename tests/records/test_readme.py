"""The clinicians' README says what the records say, and every founding claim has its place."""

from __future__ import annotations

import pytest

from service.knowledge import load
from tests.records.readme import README, claims, text

KNOWN = load()
PLACES = {
    "cause": {*KNOWN.causes, *KNOWN.negatives, *KNOWN.modifiers, *KNOWN.notes},
    "redflag": set(KNOWN.redflags),
    "step": set(KNOWN.steps),
    "finding": set(KNOWN.vocabulary.findings),
    "concept": set(KNOWN.vocabulary.concepts),
    "question": {question.id for question in KNOWN.questions},
    "card": {"header", "detail", "orientation", "title", "foot"},
}


def test_the_generated_part_of_the_readme_is_up_to_date():
    assert text() == README.read_text("utf-8")


def test_all_75_founding_claims_are_mapped():
    assert list(range(1, 76)) == [claim["id"] for claim in claims()]


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: f"claim-{claim['id']}")
def test_each_claim_is_carried_by_something_that_exists_or_says_why_not(claim):
    lost = [place for place in claim["carried_by"] if place.split(":")[1] not in PLACES[place.split(":")[0]]]

    assert [] == lost
    assert bool(claim["carried_by"]) != bool(claim["why_not"])
