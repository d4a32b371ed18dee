"""The shortcut for charts without spine surgery never hides one."""

from __future__ import annotations

import pytest

from service.findings import applicability
from service.text import pipeline as text_pipeline
from service.text.tokens import TOKEN
from tests.rule_sets import shipped

LEXICON = text_pipeline.compile_lexicon(shipped().lexicon, applicability.IN_WORDS)
MARKS = applicability.marks(LEXICON)


@pytest.mark.parametrize(
    "words",
    [
        "s/p L4-5 fusion 2019",
        "History of lumbar laminectomy",
        "Postsurgical changes at L5-S1",
        "Lumbar microdiscectomy",
        "Failed back surgery syndrome",
        "Spinal cord stimulator in place",
        "previous back surgery",
    ],
)
def test_words_that_tell_of_spine_surgery_are_never_passed_over(words):
    assert not MARKS.isdisjoint(TOKEN.findall(words.lower()))


@pytest.mark.parametrize("words", ["Essential hypertension", "Viral sinusitis", "Chest PA and lateral, no infiltrate"])
def test_words_of_other_medicine_cost_no_reading(words):
    assert MARKS.isdisjoint(TOKEN.findall(words.lower()))
