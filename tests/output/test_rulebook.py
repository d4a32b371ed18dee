"""The rules as pages and as a review pack: everything a clinician has to judge stands there, and nothing unescaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from datetime import date
from functools import cache

import pytest

from service.knowledge.frame_families import families
from service.knowledge.records import WEIGHTS, CauseRecord, FindingRecord
from service.knowledge.signing import content_hashes, short
from service.output.rulebook import pack, pages
from service.output.rulebook.shelves import Rulebook
from tests.output.page_parts import Parts
from tests.records.broken import changed
from tests.rule_sets import SMALL, of_folder, shipped

TODAY = date(2026, 11, 29)
BOOK = Rulebook(shipped())
FORBIDDEN = {"script", "iframe", "img", "object", "embed", "base"}


def plain(text: str) -> str:
    return " ".join(text.split())


@cache
def shipped_codes():
    return {ident: short(told) for ident, told in content_hashes().items()}


@pytest.fixture(scope="module")
def whole():
    return pack.write(BOOK, shipped_codes(), TODAY)


def site(tmp_path, text):
    path = tmp_path / "site.toml"
    path.write_text(text)
    return Rulebook(of_folder(SMALL, path))


def index(book, query=""):
    return Parts(pages.index(book, query, TODAY))


def found(query):
    links = index(BOOK, query).values("href", "a")
    return [link.removeprefix("rules/") for link in links if link.startswith("rules/")]


def test_the_index_lists_every_record_and_every_family_once():
    expected = Counter([*(record.id for record in shipped().records), *(each.id for each in families())])

    assert expected == Counter(found(""))


@pytest.mark.parametrize("ident", BOOK.records)
def test_the_page_of_a_record_names_every_entry_with_its_weight_its_needs_and_its_sources(ident):
    record, text = BOOK.records[ident], Parts(pages.record(BOOK, ident, TODAY)).text
    strength = {points: name.capitalize() for name, points in WEIGHTS.items()}
    lost = []
    for clause in record.clauses:
        sign = "−" if clause.kind == "against" else "+"
        if plain(clause.because) not in text:
            lost.append(clause.key)
        if clause.weight and f"{sign}{clause.weight} {plain(clause.because)} {strength[clause.weight]}" not in text:
            lost.append(clause.key)
    lost += [source for clause in record.clauses for source in clause.sources if source not in text]

    assert [] == lost
    assert plain(record.title) in text
    assert "Draft: not signed." in text


@pytest.mark.parametrize("ident", [i for i, r in BOOK.records.items() if not isinstance(r, FindingRecord)])
def test_the_page_of_a_record_tells_every_vignette_and_citation(ident):
    record, text = BOOK.records[ident], Parts(pages.record(BOOK, ident, TODAY)).text

    assert [] == [each.name for each in record.vignettes if plain(each.name) not in text]
    assert [] == [source for source in record.sources if plain(BOOK.knowledge.evidence[source].citation) not in text]


def test_a_step_tells_who_asks_for_it_and_its_order_by_the_name_of_the_system():
    text = Parts(pages.record(BOOK, "mri-lumbar", TODAY)).text

    assert "Asked for by" in text
    assert "(LOINC " in text


def test_emergencies_come_first_and_the_most_dangerous_of_them_before_the_others():
    flags = [record for record in BOOK.records.values() if record.kind == "red flag"]

    assert flags == list(BOOK.records.values())[: len(flags)]
    assert sorted(record.priority for record in flags) == [record.priority for record in flags]


def test_search_finds_by_word_wherever_it_stands():
    assert "epidural-fibrosis" in found("scar")
    assert {"recurrent-herniation"} <= set(found("Mullin"))  # a citation
    assert "recurrent-herniation" in found("microdiscectomy")  # a vignette
    assert ["language/pain"] == found("agony murder")
    assert found("SCAR") == found("scar")


def test_search_wants_all_words_and_a_quoted_phrase_as_it_stands():
    both = set(found("scar gradual"))

    assert both == set(found("scar")) & set(found("gradual"))
    assert set(found('"scar only"')) < set(found("scar only"))


def test_a_search_without_a_hit_says_so_and_an_empty_one_shows_everything():
    assert "Nothing holds “xyzzy”" in index(BOOK, "xyzzy").text
    assert found("") == found("   ")


def test_a_found_line_shows_the_words_marked():
    assert "<mark>Burning</mark> or electric <mark>pain</mark>" in pages.index(BOOK, "burning pain", TODAY)


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><img src=x>', "{{ 7 * 7 }}", "'", "a" * 5000, "(*"])
def test_what_is_searched_is_shown_as_text(query):
    page = pages.index(BOOK, query, TODAY)

    assert FORBIDDEN.isdisjoint(Parts(page).tags)
    assert "49" not in Parts(page).values("value", "input")
    assert len(page) < 60_000


def test_nothing_of_a_record_or_of_a_site_is_left_unescaped(tmp_path):
    evil = "<img src=x onerror=alert(1)> & <b>"
    folder = changed(tmp_path, "causes/recurrence.toml", "Began on lifting", evil)
    for file, old in (("causes/recurrence.toml", "Recurrent herniation"), ("vocabulary.toml", "Pain")):
        path = folder / file
        path.write_text(path.read_text().replace(old, evil, 1))
    change = tmp_path / "site.toml"
    change.write_text(f"[texts.recurrence]\nsummary = '{evil}'\n[rules.scar]\non = false\nreason = '{evil}'\n")
    book = Rulebook(of_folder(folder, change))
    codes = {ident: short(told) for ident, told in content_hashes(folder).items()}
    told = [
        pages.index(book, "", TODAY),
        pages.index(book, "img", TODAY),
        pages.record(book, "recurrence", TODAY),
        pages.missing(book, "scar"),
        pack.write(book, codes, TODAY, ["recurrence"]),
    ]

    assert [set()] * 5 == [FORBIDDEN & set(Parts(page).tags) for page in told]
    assert all(evil in Parts(page).text for page in told)


def test_a_page_holds_no_script_no_inline_style_and_loads_its_style_sheet_only():
    for page, style in (
        (pages.index(BOOK, "scar", TODAY), "rules/style.css"),
        (pages.record(BOOK, "epidural-fibrosis", TODAY), "style.css"),
        (pages.family(BOOK, "pain", TODAY), "../style.css"),
    ):
        parts = Parts(page)

        assert FORBIDDEN.isdisjoint(parts.tags)
        assert "style" not in parts.tags
        assert [] == [name for _, name, _ in parts.attributes if name == "style" or name.startswith("on")]
        assert style in parts.loads
        assert {style, "rules"} >= set(parts.loads)


def test_links_to_sources_lead_to_a_place_on_the_same_page(whole):
    for page in (*(pages.record(BOOK, ident, TODAY) for ident in BOOK.records), whole):
        parts = Parts(page)
        places = Counter(parts.values("id"))

        assert [] == [link for link in parts.values("href", "a") if link.startswith("#") and link[1:] not in places]
        assert [] == [place for place, count in places.items() if count > 1]


def test_a_record_tells_what_the_site_changed_in_it(tmp_path):
    book = site(
        tmp_path,
        "[parameters.interval_days]\nvalue = 21\n[texts.recurrence]\nsummary = 'Think of {level}'\n"
        "[rules.scar]\nsilent = true\nreason = 'trial'\n",
    )
    recurrence, scar = (Parts(pages.record(book, ident, TODAY)).text for ident in ("recurrence", "scar"))

    assert "The number interval_days is 21 days (shipped 14)." in recurrence
    assert "The site has its own words for the card." in recurrence
    assert "Evaluated and counted, and not shown: silent (trial)." in scar
    assert "texts.recurrence.summary" in index(book).text


def test_a_record_that_the_site_switched_off_is_listed_with_the_reason(tmp_path):
    book = site(tmp_path, "[rules.scar]\non = false\nreason = 'Radiology words it'\n")

    assert "scar Radiology words it" in index(book).text
    assert pages.record(book, "scar", TODAY) is None
    assert "This site does not use it: Radiology words it." in Parts(pages.missing(book, "scar")).text


def test_a_misspelt_id_is_answered_with_what_was_meant():
    assert "epidural-fibrosis" in Parts(pages.missing(BOOK, "epidural-fibrosi")).values("href", "a")


def test_the_pack_holds_every_record_and_family_with_its_code_and_lines_to_sign(whole):
    text = Parts(whole).text
    expected = [
        f"backstory rules sign {ident} --content {shipped_codes()[ident]}" for ident in (*BOOK.records, *BOOK.families)
    ]

    assert [] == [line for line in expected if text.count(line + " ") != 1]
    assert len(expected) == text.count("Valid until")


def test_the_pack_tells_every_entry_vignette_and_sentence_of_a_frame(whole):
    text = Parts(whole).text
    records = [clause.because for record in BOOK.records.values() for clause in record.clauses]
    vignettes = [each.name for record in BOOK.records.values() for each in getattr(record, "vignettes", ())]
    frames = [
        sentence
        for family in BOOK.families.values()
        for each in family.frames
        for sentence in (*each.reads, *each.rejects)
    ]

    assert [] == [told for told in (*records, *vignettes, *frames) if plain(told) not in text]
    assert 1000 < len(frames)


def test_the_pack_opens_from_a_file_and_asks_for_nothing_elsewhere(whole):
    parts = Parts(whole)
    digest = base64.b64encode(hashlib.sha256(parts.style.encode()).digest()).decode()

    assert FORBIDDEN.isdisjoint(parts.tags)
    assert [] == parts.loads
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" == parts.policy
    assert [] == re.findall(r"@import|url\(", parts.style)
    assert [] == [link for link in parts.values("href", "a") if not link.startswith("#")]
    assert [] == [name for _, name, _ in parts.attributes if name == "style" or name.startswith("on")]


def test_a_pack_of_some_records_holds_those_only():
    text = Parts(pack.write(BOOK, shipped_codes(), TODAY, ["epidural-fibrosis", "language/pain"])).text

    assert 2 == text.count("Valid until")
    assert "1 record, 1 family of language frames" in text


def test_a_cause_is_told_with_both_sides():
    both = [r.id for r in BOOK.records.values() if isinstance(r, CauseRecord) and r.for_ and r.against]
    text = Parts(pages.record(BOOK, both[0], TODAY)).text

    assert text.index("Speaks for it") < text.index("Speaks against it")
