"""One event, one card; and what is marked as known is never an emergency nor new evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import msgspec
import pytest

from service import pipeline
from service.domain.conclusions import Alarm, Conclusions, NextStep, Reason
from service.domain.findings import CaseSheet, Finding
from service.output.cards import cards, known, one_event
from service.output.cards.context import Writing
from tests.patients import build

WRITING = Writing(patient="p1", rule_set="0")


@cache
def service():
    return pipeline.start()


@cache
def told(name):
    patient = build.load(name)
    own = pipeline.writing(service())
    return tuple(pipeline.explain(build.bundle(patient), patient.as_of, service(), "", own)["cards"])


def topics(name):
    return [card["source"]["topic"]["code"] for card in told(name)]


@pytest.mark.parametrize(
    ("name", "leader"),
    [
        ("rf-implant-sepsis-fourteen-months", "rf-implant-sepsis"),
        ("rf-abscess-after-injection", "rf-implant-sepsis"),
        ("rf-abscess-immune-codes", "rf-abscess"),
    ],
)
def test_one_infection_has_one_card_that_names_the_others(name, leader):
    assert [leader] == [topic for topic in topics(name) if topic.startswith(("rf-", "exam-"))]
    assert "With it: " in told(name)[0]["detail"]


def test_the_metal_in_the_spine_is_minded_when_the_whole_spine_is_imaged_for_it():
    assert "metal artefact" in told("rf-implant-sepsis-fourteen-months")[0]["detail"]


@pytest.mark.parametrize("name", build.names())
def test_no_card_orders_the_lumbar_spine_beside_the_whole_spine(name):
    for card in told(name):
        labels = [s["label"] for s in card.get("suggestions", ())]
        if any(label.startswith("Whole-spine MRI") and label.endswith("stat") for label in labels):
            assert [] == [label for label in labels if label.startswith("Lumbar MRI")]


@pytest.mark.parametrize("name", build.names())
def test_what_was_not_understood_is_said_on_one_card_alone(name):
    assert sum("Not understood" in card.get("detail", "") for card in told(name)) <= 1


def alarm(ident, indicator="critical", words="fever"):
    return Alarm(ident, ident, "red flag", indicator, "urgent", (reason(words),), "Act.")


def reason(words):
    return Reason("Said", 0, "finding", (f"f_{words}",), (), ())


def concluded(*alarms, steps=()):
    stated = {f"f_{w}": Finding(f"f_{w}", "yes", words=w) for w in ("fever", "weak", "saddle", "weaker")}
    grave = tuple(each for each in alarms if each.indicator == "critical")
    warned = tuple(each for each in alarms if each not in grave)
    return Conclusions(CaseSheet(date(2026, 3, 2), stated), alarms=grave, warnings=warned, steps=tuple(steps))


def test_a_weak_leg_beside_a_cauda_equina_is_told_on_its_card():
    both = concluded(alarm("rf-cauda-equina", words="saddle"), alarm("rf-deficit", "warning", "weak"))

    assert ["rf-cauda-equina"] == [each.id for each in one_event.events(both)]
    assert ["rf-deficit"] == [each.id for each in one_event.signs(both.alarms[0], both)]


def test_a_lesser_alarm_is_never_hidden_in_one_that_is_no_emergency():
    both = concluded(alarm("rf-cauda-equina", "warning", "saddle"), alarm("rf-deficit", "warning", "weak"))

    assert ["rf-cauda-equina", "rf-deficit"] == [each.id for each in one_event.events(both)]


def test_what_is_part_of_a_part_stands_on_the_card_of_the_whole():
    three = concluded(
        alarm("rf-implant-sepsis", words="fever"),
        alarm("rf-abscess", words="weak"),
        alarm("rf-deficit", words="saddle"),
    )

    assert ["rf-abscess", "rf-deficit"] == [each.id for each in one_event.signs(three.alarms[0], three)]


def test_a_warning_that_asks_for_something_now_is_neither_offered_for_hiding_nor_hidden():
    now = NextStep("mri-lumbar", "MRI", "emergency", "", ("rf-deficit",), kind="imaging")
    later = msgspec.structs.replace(now, urgency="urgent")
    warned = alarm("rf-deficit", "warning", "weak")
    (pressing,) = cards.write(concluded(warned, steps=[now]), WRITING)
    (quiet,) = cards.write(concluded(warned, steps=[later]), WRITING)
    hidden = replace(WRITING, known=frozenset({pressing["extension"][known.EXTENSION]}))

    assert known.LABEL not in [s["label"] for s in pressing["suggestions"]]
    assert known.LABEL in [s["label"] for s in quiet["suggestions"]]
    assert [] == cards.write(concluded(warned, steps=[later]), hidden)
    assert 1 == len(cards.write(concluded(warned, steps=[now]), hidden))


def test_a_second_weakness_is_not_hidden_with_the_first():
    first, second = (concluded(alarm("rf-deficit", "warning", words)) for words in ("weak", "weaker"))
    key = cards.write(first, WRITING)[0]["extension"][known.EXTENSION]

    assert [] == cards.write(first, replace(WRITING, known=frozenset({key})))
    assert 1 == len(cards.write(second, replace(WRITING, known=frozenset({key}))))


def test_a_warning_that_asks_for_nothing_is_named_on_the_card_of_the_emergency():
    first = Alarm("rf-abscess", "Abscess", "red flag", "critical", "emergency", (), "MRI.")
    second = Alarm("rf-malignancy", "Tumour", "red flag", "warning", "urgent", (), "MRI.")
    mri = NextStep("mri-lumbar", "MRI", "emergency", "", for_ids=("rf-abscess",), kind="imaging")
    both = concluded(first, second, steps=(mri,))

    assert [first] == one_event.events(both)
    assert [second] == one_event.signs(first, both)
    assert [second] == one_event.events(concluded(second))
