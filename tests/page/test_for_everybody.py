"""Whoever reads it and on whatever: axe, the keyboard alone, a narrow screen, paper, dark and light."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.page.browser import DRAWN
from tests.page.test_open_mode import opened


@pytest.mark.parametrize(("scheme", "patient"), [("light", 2), ("dark", 4)])
def test_axe_finds_nothing(tab, address, scheme, patient):
    page, _ = tab(color_scheme=scheme)
    opened(page, address, patient)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.locator("button.reason").first.click()
    found = Axe().run(page).response["violations"]

    assert [] == [(each["id"], [n["html"] for n in each["nodes"]]) for each in found]


def test_axe_finds_nothing_where_charts_are_chosen(tab, address):
    page, _ = tab()
    page.goto(f"{address}/app")
    page.wait_for_selector("#file")

    assert [] == [each["id"] for each in Axe().run(page).response["violations"]]


def test_the_keyboard_alone_reaches_the_words_and_an_answer(tab, address):
    page, _ = tab()
    page.goto(f"{address}/app")
    page.wait_for_selector("#file")
    focused = "document.activeElement.textContent"
    press_until(page, focused, "Back pain two years after a fusion")
    page.keyboard.press("Enter")
    page.wait_for_selector(DRAWN)
    press_until(page, focused, "Imaging shows no bridging bone")
    page.keyboard.press("Enter")
    assert "No bridging bone at L4/5." in page.inner_text(".words:not([hidden])")
    page.keyboard.press("Enter")
    assert 0 == page.locator(".words:not([hidden])").count()
    press_until(page, focused, "No", exact=True)
    page.keyboard.press("Enter")
    page.wait_for_selector(".given")

    assert "ask-first" == page.evaluate("document.activeElement.id")


def press_until(page, told, words, exact=False):
    for _ in range(40):
        page.keyboard.press("Tab")
        said = page.evaluate(told).strip()
        if said == words or (not exact and words in said):
            return
    raise AssertionError(f"never came to: {words}")


@pytest.mark.parametrize("width", [320, 390])
def test_a_narrow_screen_needs_no_scrolling_sideways(tab, address, width):
    page, _ = tab(width, 700)
    for number in (2, 5):
        opened(page, address, number)
        page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")

        assert width == page.evaluate("document.documentElement.scrollWidth")


def test_paper_holds_everything_that_was_folded(tab, address):
    page, _ = tab()
    opened(page, address, 2)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator(".fold ul").first.is_visible()
    assert not page.locator("nav").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_it_is_drawn_soon_after_the_answer(tab, address):
    page, _ = tab()
    opened(page, address, 2)
    page.get_by_role("button", name="Not known").first.click()
    page.wait_for_selector(".given")
    took = page.evaluate("performance.getEntriesByName('drawn').map((each) => each.duration)")

    assert 2 == len(took)
    assert min(took) <= 300
