"""The page in open mode: the demo patients and a file; what is shown, and that it is all that is shown."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest

from tests.page.browser import DRAWN

CODED = re.compile(
    r"https?://|\b(?:Condition|Procedure|DiagnosticReport|Observation|Patient|ImagingStudy)/|LOINC|\b\d{4,6}-\d\b"
    r"|\b[A-Z]\d{2}\.\d|rf-[a-z]|\b[a-z]+_[a-z]+\b|undefined|\[object|NaN"
)


def opened(page, address, number):
    page.goto("about:blank")
    page.goto(f"{address}/app#example-{number}")
    page.wait_for_selector(DRAWN)
    return page


def test_every_demo_patient_is_told_in_words_without_a_code_or_an_id(tab, address):
    page, watch = tab()
    first = {}
    for number in range(1, 8):
        opened(page, address, number)
        first[number] = page.locator(".alarm h2, .cause h3").first.text_content() if number < 6 else ""
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
        assert [] == CODED.findall(page.inner_text("body"))

    assert "Recurrent disc herniation L4-L5 left likely" == first[1]
    assert "Non-union L4-L5 likely" == first[2]
    assert "Adjacent segment disease L3-L4 likely" == first[3]
    assert first[4].startswith("Possible discitis")
    assert first[5].startswith("Possible cauda equina")
    assert {address} == watch.origins()


def test_a_patient_free_of_pain_is_told_so(tab, address):
    page, _ = tab()

    assert "Nothing to say: the pain after the operation is over." in opened(page, address, 7).inner_text(".causes")


def test_the_thirty_seconds_fit_one_screen(tab, address):
    page, _ = tab(1280, 720)

    assert {720} == {
        opened(page, address, number).evaluate("document.documentElement.scrollHeight") for number in (2, 4, 6)
    }


def test_a_chosen_reason_shows_its_words_and_marks_its_entries(tab, address):
    page, _ = tab()
    opened(page, address, 3)
    page.get_by_role("button", name=re.compile("^Imaging shows stenosis")).click()

    assert "Severe spinal stenosis at L3/4 above the fusion." in page.inner_text(".words:not([hidden])")
    assert "Report: MRI lumbar spine" in page.inner_text(".words:not([hidden])")
    assert 1 == page.locator(".picture .ev.on").count()
    assert "MRI" in page.text_content("tr.on")


def test_the_table_equals_the_picture(tab, address):
    page, _ = tab()
    for number in (2, 4, 6):
        opened(page, address, number)
        drawn = page.eval_on_selector_all(".picture .ev > title", "all => all.map((each) => each.textContent).sort()")
        listed = page.eval_on_selector_all(
            "tbody tr", "all => all.map((r) => `${r.cells[0].textContent}: ${r.cells[1].textContent}`).sort()"
        )

        assert drawn
        assert drawn == listed


def test_an_answer_ranks_again_and_can_be_taken_back(tab, address):
    page, _ = tab()
    opened(page, address, 6)
    page.get_by_role("button", name="No", exact=True).click()
    page.wait_for_selector(".given")
    assert "all five signs were looked for" in page.inner_text(".band")
    for words in (
        "No, it never improved",
        "Leg",
        "Not known",
        "Worse standing or walking, eased by bending or sitting",
    ):
        page.get_by_role("button", name=words, exact=True).first.click()
        page.wait_for_selector("#state", state="hidden")

    assert "Untreated foraminal stenosis" in page.inner_text(".cause h3")
    assert "Ranked again: Untreated foraminal stenosis leads now." in page.inner_text(".ask")

    page.get_by_role("button", name=re.compile("^Take back the answer to: Did the leg")).click()
    page.wait_for_selector(".cause h3", state="detached")
    assert "nothing has moved yet" in page.inner_text(".ask")


def test_relief_that_ended_is_asked_for_its_date(tab, address):
    page, _ = tab()
    opened(page, address, 6)
    page.get_by_role("button", name="Yes, then it came back…").click()
    page.get_by_label("Until about").fill(f"{datetime.now(UTC).year - 1}-06")
    page.get_by_role("button", name="Done").last.click()
    page.wait_for_selector(".given")

    assert "yes, then it came back, about" in page.inner_text(".given")


def test_an_emergency_that_is_answered_is_raised_at_once(tab, address):
    page, _ = tab()
    opened(page, address, 1)
    page.get_by_role("button", name="Yes…").click()
    page.get_by_label("Numbness of the saddle or genital region").check()
    page.get_by_role("button", name="Done").click()
    page.wait_for_selector(".band.critical")

    assert "Possible cauda equina compression" in page.inner_text(".band")
    assert "Answered here" in page.text_content(".causes")


@pytest.mark.parametrize("ending", ["json", "ndjson"])
def test_a_chosen_file_is_drawn(tab, address, charts, tmp_path, ending):
    bundle = json.loads(next(iter(sorted(charts.glob("*.json")))).read_text())
    lines = [json.dumps(entry["resource"]) for entry in bundle["entry"]]
    file = tmp_path / f"chart.{ending}"
    file.write_text(json.dumps(bundle) if ending == "json" else "\n".join(lines))
    page, _ = tab()
    page.goto(f"{address}/app")
    page.set_input_files("#file", file)
    page.wait_for_selector(DRAWN)

    assert "Recurrent disc herniation" in page.inner_text(".causes")
    assert f"{address}/app" == page.url


def test_a_dropped_file_is_drawn_and_nothing_of_it_is_stored(tab, address, charts):
    text = next(iter(sorted(charts.glob("2*.json")))).read_text()
    page, _ = tab()
    page.goto(f"{address}/app")
    page.wait_for_selector("#file")
    page.evaluate(
        """text => {
            const given = new DataTransfer();
            given.items.add(new File([text], "chart.json"));
            dispatchEvent(new DragEvent("drop", { dataTransfer: given, cancelable: true }));
        }""",
        text,
    )
    page.wait_for_selector(DRAWN)

    assert "Non-union" in page.inner_text(".causes")
    assert [0, 0, ""] == page.evaluate("[sessionStorage.length, localStorage.length, document.cookie]")
    assert "Backstory" == page.title()


def test_a_file_that_is_no_chart_is_refused_in_words(tab, address, tmp_path):
    file = tmp_path / "letter.json"
    file.write_text("Dear colleague")
    page, _ = tab()
    page.goto(f"{address}/app")
    page.set_input_files("#file", file)
    page.wait_for_selector("#state.wrong:not([hidden])")

    assert "This file is neither a FHIR Bundle nor NDJSON. Nothing was read." == page.inner_text("#state")


def test_a_reload_shows_the_same_patient(tab, address):
    page, _ = tab()
    before = opened(page, address, 2).inner_text(".causes")
    page.reload()
    page.wait_for_selector(DRAWN)

    assert before == page.inner_text(".causes")
