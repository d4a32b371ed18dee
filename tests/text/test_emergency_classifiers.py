"""A sign whose words hardly tell of the patient now does not count where none is likely, and is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.knowledge import RuleError
from service.text.pipeline import read
from service.text.statements.emergency_classifiers import FEW, LEAST, LEAST_OF_FEW, MOST, SHORT, TOLD, without_unlikely
from service.text.vocabulary import emergency_weights
from service.text.vocabulary.assertion_weights import AssertionWeights, features
from service.text.vocabulary.emergency_weights import EmergencyWeights
from service.text.vocabulary.language import Language
from tests.rule_sets import SMALL, of_folder
from tests.text import reading

RETENTION, SADDLE = "urinary-retention", "saddle-numbness"
UNLIKELY = (f"s:{RETENTION}", f"s:{SADDLE}")
TOLD_AT_LENGTH = "Urinary retention since the night, says the nurse of the ward."
NOTE = f"{TOLD_AT_LENGTH}\n\nShe walks.\n\nShe sleeps.\n\nShe eats."


def _language(weights: dict[str, float]) -> Language:
    return replace(reading.language(), assertion=AssertionWeights(weights), alarm=EmergencyWeights({}))


def _pair(statement: Statement) -> tuple[Statement, None]:
    return statement, None


def _signs(*concepts: str) -> list[tuple[Statement, None]]:
    told = {s.concept: s for s in reading.statements("Urinary retention. Saddle numbness.")}
    return [_pair(told[concept]) for concept in concepts]


def _lines(*sentences: str) -> dict[int, str]:
    return dict(enumerate(sentences, 1))


AT_LENGTH = " ".join(["word"] * (SHORT + 1))
LONG = _lines(AT_LENGTH, AT_LENGTH, "One.", "Two.", "Three.")


def test_a_note_of_unlikely_signs_alone_holds_none_of_them() -> None:
    left, out = without_unlikely(_signs(RETENTION, SADDLE), LONG, _language(dict.fromkeys(UNLIKELY, -9.0)))
    assert ([s.concept for s, _ in left], len(out)) == ([], 2)


def test_one_likely_sign_keeps_all() -> None:
    left, out = without_unlikely(_signs(RETENTION, SADDLE), LONG, _language({UNLIKELY[0]: -9.0}))
    assert ([s.concept for s, _ in left], out) == ([RETENTION, SADDLE], [])


def test_without_weights_nothing_is_unlikely() -> None:
    left, out = without_unlikely(_signs(RETENTION), LONG, _language({}))
    assert ([s.concept for s, _ in left], out) == ([RETENTION], [])


def test_a_text_of_one_sentence_stands_as_it_was_read() -> None:
    left, out = without_unlikely(_signs(RETENTION), _lines(AT_LENGTH), _language({UNLIKELY[0]: -9.0}))
    assert ([s.concept for s, _ in left], out) == ([RETENTION], [])


def test_a_short_sentence_stands_as_it_was_read() -> None:
    lines = LONG | _lines("Urinary retention.")
    left, out = without_unlikely(_signs(RETENTION), lines, _language({UNLIKELY[0]: -9.0}))
    assert ([s.concept for s, _ in left], out) == ([RETENTION], [])


def test_what_is_denied_stays_denied() -> None:
    denied = [(replace(s, polarity=Polarity.NO), other) for s, other in _signs(RETENTION)]
    left, out = without_unlikely(denied, LONG, _language({UNLIKELY[0]: -9.0}))
    assert (left, out) == (denied, [])


def test_a_text_of_few_sentences_is_believed_sooner() -> None:
    between = (LEAST + LEAST_OF_FEW) / 2
    language = _language({"": between})
    short = dict(list(LONG.items())[:FEW])
    assert [len(without_unlikely(_signs(RETENTION), lines, language)[1]) for lines in (short, LONG)] == [0, 1]


def test_a_word_counts_in_all_its_forms_and_spellings() -> None:
    words = reading.language().words
    one, two = (set(features(SADDLE, text, "", words)) for text in ("numbness", "numbnes"))
    assert one == two


def test_the_sentence_before_counts_with_its_last_words() -> None:
    words = reading.language().words
    told = {f for f in features(SADDLE, "Numb.", "One two. Please call us for any of these:", words) if f[:2] == "b:"}
    assert told == {"b:" + word for word in ("two", "please", "call", "us", "for", "any", "of", "these")}


def test_what_was_left_out_is_named_as_not_understood() -> None:
    told = read(reading.record(NOTE, "note"), _language({UNLIKELY[0]: -9.0}))
    assert [s for s in told.statements if s.concept == RETENTION] == []
    assert TOLD_AT_LENGTH in [missed.words for missed in told.not_understood]


def test_the_shipped_weights_keep_an_emergency_in_the_midst_of_reassurance() -> None:
    text = (
        "Review at six weeks. Wound healed, sleeping well, back at work.\nAdvice given on bladder and saddle.\n"
        "Since yesterday evening she cannot pass urine and her saddle is numb.\nPhysiotherapy continues. Visit in May."
    )
    said = read(reading.record(text, "note"), reading.whole_language()).statements
    assert {RETENTION, SADDLE} <= {s.concept for s in said if s.polarity is Polarity.YES}


ROUTINE = "Seen on the round. Slept well and eats. {} Plan discussed with the family. Physiotherapy goes on."
PLAIN = (
    "Foot weak, normal before op.",
    "Not as before surgery: foot hangs, saddle numb.",
    "He woke today with a paralysed foot.",
    "Cannot pass urine since this morning.",
    "New foot drop on the left since yesterday.",
    "Temperature 39.2, wound oozing pus.",
    "No cough; there is fever.",
    "Bowel incontinence since Sunday.",
    "Left calf swollen and tender.",
    "Complete loss of sphincter function on round, previously intact.",
)


@pytest.mark.parametrize("told", PLAIN)
def test_what_is_told_plainly_counts_in_the_midst_of_a_routine_note(told: str) -> None:
    record = reading.record(ROUTINE.format(told), "note")
    kept, read_by_rules = (
        {s.concept for s in read(record, language).statements if s.polarity is Polarity.YES}
        for language in (reading.whole_language(), reading.language())
    )
    assert read_by_rules & reading.language().emergencies <= kept


def _untold(text: str, weights: dict[str, float]) -> list[str]:
    language = replace(reading.language(), alarm=EmergencyWeights(weights))
    return [s.words for s in read(reading.record(text, "note"), language).statements if s.concept == TOLD]


GRAVEL = "All well at noon. The postman poured gravel into a bucket. Tea was served."


def test_the_sentence_that_reads_most_like_an_emergency_is_told_where_no_sign_is_read() -> None:
    told = _untold(GRAVEL, {"poured": MOST, "gravel": 0.5, "tea": MOST + 0.1})
    assert told == ["The postman poured gravel into a bucket."]


def test_what_reads_less_like_one_is_not_told() -> None:
    assert _untold(GRAVEL, {"poured": MOST}) == []


def test_beside_a_sign_that_was_read_nothing_else_is_told() -> None:
    assert _untold(GRAVEL + " He cannot pass urine.", {"poured": 2 * MOST}) == []


def test_words_of_the_sentence_count_alone_and_in_pairs_and_long_numbers_alike() -> None:
    assert set(emergency_weights.features("PVR: 780 now")) == {"", "pvr", ":", "00", "now", "pvr :", ": 00", "00 now"}


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "rules")
    folder = tmp_path / "rules" / "language"
    folder.mkdir(exist_ok=True)
    (folder / "emergency_weights.tsv").write_text("pus\t1.5\nfever high\n", "utf-8")
    with pytest.raises(RuleError, match=r"emergency_weights\.tsv: line 2 is not a feature, a tab and a number"):
        of_folder(tmp_path / "rules")
