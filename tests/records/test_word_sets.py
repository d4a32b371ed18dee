"""Claims about sets of words: a phrase that names one in braces stands for one phrase a word."""

from __future__ import annotations

from service.knowledge.word_sets import written_out


def test_a_phrase_stands_for_one_phrase_a_word_of_each_set_that_it_names():
    problems: list[str] = []
    language = {
        "set": {"who": ["mum", "dad"], "what": ["bed", "sheets"]},
        "atom": {"soils": {"words": ["{who} wet the {what}", "soiling"]}},
        "rewrite": {"not": ["{who} is not"]},
    }

    assert {
        "atom": {
            "soils": {
                "words": [
                    "mum wet the bed",
                    "mum wet the sheets",
                    "dad wet the bed",
                    "dad wet the sheets",
                    "soiling",
                ]
            }
        },
        "rewrite": {"not": ["mum is not", "dad is not"]},
    } == written_out(language, problems)
    assert [] == problems


def test_a_set_that_does_not_exist_is_named():
    problems: list[str] = []

    told = written_out({"set": {"who": ["mum"]}, "atom": {"soils": {"words": ["{whom} wet"]}}}, problems)

    assert {"atom": {"soils": {"words": []}}} == told
    assert ["soils"] == [problem.split(":")[0] for problem in problems]
    assert "whom" in problems[0]
