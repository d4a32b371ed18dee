"""What all words of a chart together are like: likely answers, with the sentence that speaks most for each."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.chart_answers import ALARMS, QUIET
from service.domain.partial_dates import on
from service.domain.statements import Basis
from service.knowledge import RuleError
from service.text.documents.entries import Entry, Text
from service.text.statements.resemblance import SURE_FROM, resembled
from service.text.vocabulary.chart_weights import ChartWeights, words_of
from tests.rule_sets import SMALL, of_folder, shipped
from tests.text import reading

TODAY = date(2026, 1, 1)
SHIPPED = reading.whole_language().causes
WEIGHTS = ChartWeights(
    {
        "": (1.0, (("hip-oa", 0.0), ("uneventful", 0.0))),
        "groin": (2.0, (("hip-oa", 8.0),)),
        "well": (2.0, (("uneventful", 8.0),)),
        **{f"w{chr(97 + n // 26)}{chr(97 + n % 26)}": (0.01, ()) for n in range(SURE_FROM)},
    }
)
FILLING = " ".join(word for word in WEIGHTS.of if word.startswith("w") and word != "well")


def _entry(text: str, day: date | None = TODAY, kind: str = "note") -> Entry:
    basis = Basis.NOTE if kind == "note" else Basis.REPORT
    stated = on(day) if day else None
    return Entry(ref=f"DocumentReference/{day}", kind=kind, basis=basis, texts=(Text(text, stated),))


def _likely(*entries: Entry) -> dict[str, float]:
    return {each.answer: each.likelihood for each in resembled(entries, TODAY, WEIGHTS)}


def test_the_answer_whose_words_stand_there_is_likely() -> None:
    told = _likely(_entry(f"{FILLING}. Pain in the groin."))

    assert 0.9 < told["hip-oa"]
    assert "uneventful" not in told


def test_it_is_told_with_the_sentence_that_speaks_most_and_its_source_and_day() -> None:
    first = resembled([_entry(f"{FILLING}. Pain in the groin, left.")], TODAY, WEIGHTS)[0]

    assert ("hip-oa", "Pain in the groin, left.", f"DocumentReference/{TODAY}") == (
        first.answer,
        first.words,
        first.source,
    )
    assert on(TODAY) == first.stated


def test_few_words_are_hardly_like_anything() -> None:
    assert {} == _likely(_entry("Pain in the groin."))


def test_without_weights_or_words_nothing_is_said() -> None:
    assert () == resembled([_entry("Pain in the groin.")], TODAY, ChartWeights({}))
    assert () == resembled([], TODAY, WEIGHTS)


def test_what_is_written_after_the_day_of_evaluation_does_not_count() -> None:
    late = _entry("groin", date(2026, 1, 2))

    assert _likely(_entry(FILLING)) == _likely(_entry(FILLING), late)


def test_what_was_written_lately_counts_as_much_as_all_together() -> None:
    old, new = _entry("groin", date(2024, 1, 1)), _entry(f"{FILLING} well")

    told = _likely(old, new)
    assert told["uneventful"] > told["hip-oa"]


def test_a_chart_without_a_note_rests_on_reports() -> None:
    told = {kind: [_entry(f"{FILLING} groin", kind=kind)] for kind in ("report", "note")}
    of_report, of_note = (resembled(entries, TODAY, WEIGHTS)[0] for entries in told.values())

    assert (Basis.REPORT, Basis.NOTE) == (of_report.basis, of_note.basis)


@given(st.lists(st.text(max_size=60), max_size=5))
def test_likelihoods_of_any_text_add_up_to_one_or_to_nothing(texts: list[str]) -> None:
    told = SHIPPED.likelihoods(word for text in texts for word in words_of(text))

    assert not told or abs(sum(told.values()) - 1) < 1e-9


def test_every_answer_is_a_word_of_a_finding_or_asks_for_nothing_or_is_an_alarm() -> None:
    answers = {answer for answer, _ in reading.whole_language().causes.of[""][1]}
    words = set(shipped().vocabulary.findings["reads_like"].words)

    assert set() == answers - words - QUIET - set(ALARMS)
    assert set(ALARMS.values()) == set(shipped().vocabulary.findings["reads_alarm"].words)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("groin\thigh", "line 2 is not a word, a number and answer=number pairs"),
        ("groin\t2\thip-oa", "line 2 is not a word, a number and answer=number pairs"),
        ("groin\t2\thip-oa=1", "the line without a word"),
    ],
)
def test_weights_of_charts_that_cannot_be_used_are_named(tmp_path: Path, line: str, problem: str) -> None:
    shutil.copytree(SMALL, tmp_path / "rules")
    folder = tmp_path / "rules" / "language"
    folder.mkdir(exist_ok=True)
    (folder / "cause_weights.tsv").write_text(f"hip\t2\thip-oa=1.5\n{line}\n", "utf-8")
    with pytest.raises(RuleError, match=rf"cause_weights\.tsv.*{problem}"):
        of_folder(tmp_path / "rules")
