"""The report of a replay as a committee reads it: from a file, in a real browser, in light, dark and on paper."""

from __future__ import annotations

import io

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from typer.testing import CliRunner

from service.cli import app
from tests.replay.hospital import generate

PATIENTS = 300
PAPER, DARK = "rgb(255, 255, 255)", "rgb(20, 24, 29)"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("replay")
    generate.write(folder, PATIENTS)
    out = folder / "out"
    told = CliRunner().invoke(app, ["replay", str(folder / "export"), "--out", str(out), "--workers", "1"])
    assert 0 == told.exit_code, told.output
    return (out / "report.html").as_uri()


@pytest.mark.parametrize(("scheme", "background"), [("light", PAPER), ("dark", DARK)])
def test_it_is_read_in_both_schemes_and_asks_for_nothing_but_itself(tab, report, scheme, background):
    page, watch = tab(color_scheme=scheme)
    page.goto(report)

    assert [report] == watch.asked
    assert background == page.evaluate(BACKGROUND)
    assert [] == [(e["id"], [n["html"] for n in e["nodes"]]) for e in Axe().run(page).response["violations"]]


def test_each_picture_is_seen_and_has_its_table_under_it(tab, report):
    page, _ = tab()
    page.goto(report)
    seen = page.evaluate("""[...document.querySelectorAll('figure')].map((f) => [
        f.querySelector('svg').getBoundingClientRect().height > 20, f.querySelector('figcaption').textContent !== '',
        f.nextElementSibling.matches('table') || f.nextElementSibling.querySelector('table') !== null])""")

    assert len(seen) > 4
    assert {(True, True, True)} == {tuple(each) for each in seen}


def test_no_word_of_a_picture_is_cut_off_or_lies_on_another(tab, report):
    page, _ = tab()
    page.goto(report)
    wrong = page.evaluate("""[...document.querySelectorAll('figure svg')].flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        const all = [...svg.querySelectorAll('text')].map((t) => [t.textContent, t.getBoundingClientRect()]);
        const out = all.filter(([, b]) => b.left < frame.left - 1 || b.right > frame.right + 1);
        const over = all.filter(([, b], at) => all.some(([, c], other) => other < at
            && b.left + 1 < c.right && c.left + 1 < b.right && b.top + 4 < c.bottom && c.top + 4 < b.bottom));
        return [...out, ...over].map(([text]) => text);
    })""")

    assert [] == wrong


def test_half_a_screen_needs_no_scrolling_sideways(tab, report):
    page, _ = tab(800, 700)
    page.goto(report)

    assert 800 == page.evaluate("document.documentElement.scrollWidth")


def test_it_prints_on_white_paper_with_every_section(tab, report):
    page, _ = tab(color_scheme="dark")
    page.goto(report)
    printed = page.pdf(format="A4", print_background=True)
    page.emulate_media(media="print")
    told = " ".join(leaf.extract_text() for leaf in pypdf.PdfReader(io.BytesIO(printed)).pages)

    assert PAPER == page.evaluate(BACKGROUND)
    assert [] == [title for title in page.locator("h2").all_inner_texts() if title not in " ".join(told.split())]
