"""What is counted of cards: the words that are met, and which quotes prove what they are quoted for."""

from __future__ import annotations

from tests.output.card_counts import table
from tests.output.met_cards import Met, unnamed_causes
from tests.output.quote_proof import quoted


def answer(*cards, **other):
    return {"redFlags": [], "bedsideWarnings": [], "causes": [], "nextSteps": [], "caseSheet": [], **other} | {
        "cards": list(cards)
    }


def card(summary="Non-union, 1 Jan 2026. Lumbar CT", detail="", *labels, indicator="warning"):
    suggestions = [{"label": label, "actions": [{"resource": {"code": {"text": label}}}]} for label in labels]
    return {
        "summary": summary,
        "detail": detail,
        "indicator": indicator,
        "source": {"topic": {"code": "pseudarthrosis"}},
        "suggestions": suggestions,
    }


def step(ident, title):
    return {"id": ident, "title": title, "for": ["pseudarthrosis"]}


def proofs(words, service):
    told = answer(
        causes=[
            {
                "id": "pseudarthrosis",
                "title": "Non-union",
                "notes": [],
                "for": [{"text": "Smoker", "findings": ["smoking"]}, {"text": "No compression", "findings": ["canal"]}],
            }
        ],
        caseSheet=[{"name": "smoking", "means": "Current smoker"}, {"name": "canal", "means": "Canal on imaging"}],
    )
    return [each.proves for each in quoted(Met(card(detail=words), told), service.knowledge)]


def test_words_of_the_claim_or_of_what_the_finding_stands_for_prove_it(service):
    assert [True, True] == proofs("- Smoker: “20 cigarettes a day”\n- Smoker: “smokes a pipe”", service)


def test_a_title_and_words_of_something_else_prove_nothing(service):
    assert [False, False] == proofs("- No compression: “MRI lumbar spine”\n- Smoker: “Wound is dry”", service)


def test_what_nobody_understood_claims_nothing(service):
    assert [] == proofs("- Not understood, please read: “Canal 9 mm” (and 2 more)", service)


def test_markup_and_bullets_are_no_words():
    met = Met(card(detail="- **Mind**: eGFR 25\\.\n- Smoker."), answer())

    assert (["Mind: eGFR 25.", "Smoker."], 4, 2) == (met.lines, met.words, met.height)


def test_hiding_the_card_and_asking_the_patient_are_no_orders():
    met = Met(card("", "", "Lumbar CT", "Known: hide for 90 days", "Send the patient the questions"), answer())

    assert [["Lumbar CT"]] == met.orders


def test_a_step_is_named_by_a_summary_a_line_or_a_button_or_counted():
    wanted = [step("ct-lumbar", "CT"), step("bone-density", "DXA")]

    silent, counting = card(), card("", "- Then: lumbar CT, and 1 more.")

    assert ["bone-density"] == Met(silent, answer(silent, nextSteps=wanted)).unnamed_steps
    assert [] == Met(counting, answer(counting, nextSteps=wanted)).unnamed_steps


def test_a_cause_is_named_by_its_card_or_by_a_line_of_another():
    causes = [{"id": "pseudarthrosis", "title": "Non-union"}, {"id": "screw-loosening", "title": "Loose pedicle screw"}]

    assert ["Loose pedicle screw"] == unnamed_causes(answer(card(), causes=causes))
    assert [] == unnamed_causes(answer(card(detail="- Also fits: loose pedicle screw (possible)."), causes=causes))


def test_the_table_has_a_column_for_what_was_one_for_each_group_and_one_for_all(service):
    met = Met(card(), answer())
    head, first, *_ = table({"one": [met], "two": [met]}, service.knowledge).splitlines()

    assert ["before", "one", "two", "all"] == head.split()
    assert ["cards", "294", "1", "1", "2"] == first.split()
