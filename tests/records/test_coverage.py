"""No entry of the shipped rules goes untried, and the words of the steps read well on a card."""

from __future__ import annotations

import tomllib

from service.reasoning import vignettes
from tests.records import mutations
from tests.rule_sets import shipped


def test_every_entry_of_the_shipped_rules_holds_in_a_vignette():
    assert [] == vignettes.never_exercised(shipped())


def test_a_step_title_has_no_colon_because_one_follows_it_on_cards():
    assert [] == [step.title for step in shipped().steps.values() if ":" in step.title]


def test_the_most_dangerous_red_flag_has_a_priority_of_its_own():
    ranked = sorted((flag.priority, flag.id) for flag in shipped().redflags.values() if flag.kind == "red flag")

    assert list(range(1, len(ranked) + 1)) == [priority for priority, _ in ranked]
    assert ["rf-cauda-equina", "rf-hematoma", "rf-meningitis"] == [id_ for _, id_ in ranked[:3]]


def test_every_justified_survivor_names_a_change_that_is_still_tried():
    known = shipped()
    tried = {
        name
        for shelf in mutations.SHELVES
        for record in getattr(known, shelf).values()
        for name, _ in mutations.mutants(record)
    }
    justified = tomllib.loads(mutations.JUSTIFIED.read_text(encoding="utf-8"))

    assert set() == justified.keys() - tried


def test_no_entry_rests_first_on_a_source_that_nobody_verified():
    known = shipped()
    weak = [
        clause.key
        for record in known.records
        for clause in record.clauses
        if clause.sources and known.evidence[clause.sources[0]].seen == "unverified"
    ]

    assert [] == weak
