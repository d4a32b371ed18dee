"""A sign whose words hardly tell of the patient now does not count where none is likely, and is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from service.domain.statements import Polarity, Statement
from service.knowledge import RuleError
from service.text.pipeline import read
from service.text.statements.emergency_classifiers import FEW, LEAST, MOST, OF_SHORT, SHORT, TOLD, without_unlikely
from service.text.vocabulary.language import Language
from service.text.vocabulary.sentence_weights import SentenceWeights, features
from tests.rule_sets import SMALL, of_folder
from tests.text import reading

RETENTION, SADDLE = "urinary-retention", "saddle-numbness"
UNLIKELY = {f"s:{RETENTION}": -9.0}
TOLD_AT_LENGTH = "Urinary retention since the night, says the nurse of the ward."
NOTE = f"{TOLD_AT_LENGTH}\n\nShe walks.\n\nShe sleeps.\n\nShe eats."


def _language(assertion: dict[str, float], alarm: dict[str, float] | None = None) -> Language:
    weights = {"alarm": SentenceWeights(alarm or {"": 0.0}), "assertion": SentenceWeights(assertion)}
    return replace(reading.language(), **weights)


def _signs(*concepts: str) -> list[tuple[Statement, None]]:
    told = {s.concept: s for s in reading.statements("Urinary retention. Saddle numbness.")}
    return [(told[concept], None) for concept in concepts]


def _kept(said: list[tuple[Statement, None]], lines: list[str], language: Language, odds: float = 0.0) -> list[str]:
    numbered = dict(enumerate(lines, said[0][0].sentence))
    left, out = without_unlikely(said, numbered, dict.fromkeys(numbered, odds), language)
    assert len(said) == len(left) + len(out)
    return [s.concept for s, _ in left]


AT_LENGTH = " ".join(["word"] * (SHORT + 1))
LONG = [AT_LENGTH, AT_LENGTH, "One.", "Two.", "Three."]


def test_an_unlikely_sign_does_not_count_and_another_sentence_stands() -> None:
    assert [SADDLE] == _kept(_signs(RETENTION, SADDLE), LONG, _language(UNLIKELY))


def test_without_weights_nothing_is_unlikely() -> None:
    assert [RETENTION] == _kept(_signs(RETENTION), LONG, _language({}))


def test_what_reads_like_an_emergency_is_believed_sooner() -> None:
    unlikely, likely = (_kept(_signs(RETENTION), LONG, _language(UNLIKELY), odds) for odds in (0.0, 9.0))
    assert (unlikely, likely) == ([], [RETENTION])


def test_a_text_of_one_sentence_stands_as_it_was_read() -> None:
    assert [RETENTION] == _kept(_signs(RETENTION), [AT_LENGTH], _language(UNLIKELY))


def test_a_short_sentence_is_believed_sooner() -> None:
    language = _language({"": LEAST - OF_SHORT / 2})
    at_length, short = (_kept(_signs(RETENTION), [words, *LONG], language) for words in (AT_LENGTH, "No urine."))
    assert (at_length, short) == ([], [RETENTION])


def test_a_text_of_few_sentences_is_believed_sooner() -> None:
    language = _language({"": LEAST - OF_SHORT / 2})
    assert [[], [RETENTION]] == [_kept(_signs(RETENTION), [AT_LENGTH] * n, language) for n in (FEW + 1, FEW)]


def test_what_is_denied_stays_denied() -> None:
    denied = [(replace(s, polarity=Polarity.NO), other) for s, other in _signs(RETENTION)]
    assert [RETENTION] == _kept(denied, LONG, _language(UNLIKELY))


def test_a_word_counts_in_all_its_forms_and_spellings() -> None:
    words = reading.language().words
    one, two = (set(features(text, "", words)) for text in ("numbness", "numbnes"))
    assert one == two


def test_the_heading_above_counts_with_its_last_words_and_no_other_sentence_does() -> None:
    words = reading.language().words
    told, untold = (
        {f for f in features("Numb.", f"One two. Please call us for any of these{end}", words) if f[:2] == "b:"}
        for end in (":", ".")
    )
    assert (told, untold) == ({"b:" + w for w in ("two", "please", "call", "us", "for", "any", "of", "these")}, set())


def test_several_signs_count_beside_each_of_them() -> None:
    words = reading.language().words
    assert {"s:", "s:a", "s:b"} == {f for f in features("Numb.", "", words, ("a", "b")) if f[:2] == "s:"}
    assert {"s:a"} == {f for f in features("Numb.", "", words, ("a",)) if f[:2] == "s:"}


def test_words_of_the_sentence_count_alone_and_in_pairs_and_long_numbers_alike() -> None:
    found = set(features("Drain: 780 now", "", reading.language().words))
    assert {"", "w:drain", "w::", "w:00", "w:now", "2:drain :", "2:: 00", "2:00 now"} == found


def test_what_was_left_out_is_named_as_not_understood() -> None:
    told = read(reading.record(NOTE, "note"), _language(UNLIKELY))
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


def _told(text: str, weights: dict[str, float]) -> list[str]:
    said = read(reading.record(text, "note"), _language({}, weights)).statements
    return [s.words for s in said if s.concept == TOLD]


GRAVEL = "All well at noon. The postman poured gravel into a bucket. Tea was served."


def test_the_sentence_that_reads_most_like_an_emergency_is_told() -> None:
    told = _told(GRAVEL, {"w:pour": MOST, "w:gravel": 0.5, "w:tea": MOST + 0.1})
    assert ["The postman poured gravel into a bucket."] == told


def test_what_reads_less_like_one_is_not_told() -> None:
    assert [] == _told(GRAVEL, {"w:gravel": MOST})


def test_it_is_told_beside_signs_too_for_not_every_sign_alarms() -> None:
    assert ["The postman poured gravel into a bucket."] == _told(GRAVEL + " He has a cough.", {"w:gravel": 2 * MOST})


def test_weights_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "rules")
    folder = tmp_path / "rules" / "language"
    folder.mkdir(exist_ok=True)
    (folder / "emergency_weights.tsv").write_text("pus\t1.5\nfever high\n", "utf-8")
    with pytest.raises(RuleError, match=r"emergency_weights\.tsv: line 2 is not a feature, a tab and a number"):
        of_folder(tmp_path / "rules")
