"""The sections of the report on what was said: how often, to whom, when, by which rule, new or again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.replay.report.cells import number, parts, percent, rate, table
from service.replay.report.page import says, section, tile
from service.replay.report.pictures import Bar, bars, columns

Figures = Mapping[str, Any]
_MOST_RULES = 40
_UNITS = {"week": "week beginning", "month": "month", "year": "year"}


def short(figures: Figures) -> str:
    """The key figures, each with the words that a committee needs to read it."""
    told = figures["totals"]
    openings, cards, lenient = told["openings"], told["cards"], told["cards_lenient"]
    repeated = cards - told["cards_new"]
    critical = next((row for row in figures["indicators"] if row["indicator"] == "critical"), {"cards": 0})
    missed = [row["missed"] for row in figures["emergencies"]]
    return (
        '<div class="tiles">'
        + tile(rate(told["openings_spoken"], openings), "of 1,000 chart openings would have shown a card")
        + tile(rate(cards, openings), "cards for each 1,000 openings (one opening may show several)")
        + tile(percent(repeated, cards), "of the cards said what the same patient's chart had been told before")
        + tile(number(critical["cards"]), "cards were critical: do now")
        + tile(number(sum(missed)), "coded emergencies without a card before, although the chart was opened")
        + "</div>"
        + says(
            f"In this period charts were opened {openings:,} times, of {number(told['patients'])} patients;",
            f"{number(told['patients_after'])} of them had an operation on the lumbar spine on record.",
            f"The rules would have shown {number(cards)} cards. If entries without any date had been there from the "
            f"start, it would have been {number(lenient)}: the truth lies between a strict and a lenient reading of "
            "the past, and the figures below are the strict ones unless they say otherwise.",
        )
    )


def seen(figures: Figures) -> str:
    told = figures["totals"]
    steps = (
        ("Openings of any chart", told["openings"], told["patients"]),
        ("… after an operation on the lumbar spine", told["openings_after"], told["patients_after"]),
        ("… at which a card would be shown", told["openings_spoken"], told["patients_spoken"]),
    )
    return section(
        "seen", "Whom it would have spoken to",
        says("Every opening is a moment at which somebody might have been interrupted. Most charts hold no operation "
             "on the lumbar spine; there the service says nothing, whatever else stands in them."),
        bars([Bar(name, (count,)) for name, count, _ in steps], "Openings, from all to those with a card"),
        table(("", "openings", "patients", "for each 1,000 openings"),
              [(name, number(count), number(people), rate(count, told["openings"])) for name, count, people in steps],
              "Openings and patients"),
        _silence(figures),
    )  # fmt: skip


def _silence(figures: Figures) -> str:
    rows = figures["silent"]
    shown = parts([row["openings"] for row in rows])
    return "<h3>Why the others stayed silent</h3>" + table(
        ("reason", "openings"), [(row["silent"], told) for row, told in zip(rows, shown, strict=True)],
        "Openings without a card, by the reason",
    )  # fmt: skip


def burden(figures: Figures) -> str:
    clinics, who = figures["clinics"], figures["clinicians"]
    shown = parts([row["cards"] for row in clinics])
    named = [
        says(f"{number(who['clinicians'])} clinicians are named in the visits. In a week one of them would have seen "
             f"{who['mean']:.1f} cards on average; in nine of ten weeks of a clinician at most {who['p90']:.0f}.")
        if who["clinicians"] and who["clinicians"] >= 11 else
        says("Too few clinicians are named in the visits to say what one of them would have seen in a week.")
    ]  # fmt: skip
    return section(
        "burden", "How much of it, where and when",
        says("A card costs attention. It matters less how many there are in all than how many one person sees in a "
             "week, and in which department."),
        *named,
        bars([Bar(row["clinic"], (row["cards"],), told) for row, told in zip(clinics, shown, strict=True)],
             "Cards by department"),
        table(("department", "openings", "cards", "cards for each 1,000 openings"),
              [(row["clinic"], number(row["openings"]), told, "–" if told == "not shown" else
                rate(row["cards"], row["openings"])) for row, told in zip(clinics, shown, strict=True)],
              "Departments, as the visits name them; the largest, and all others together"),
        _times(figures),
    )  # fmt: skip


def _times(figures: Figures) -> str:
    rows, unit = figures["times"], figures["unit"]
    shown = parts([row["cards"] for row in rows])
    return columns(
        [(row["time"], row["cards"], told) for row, told in zip(rows, shown, strict=True)],
        f"Cards in each {unit}; dotted: fewer than 11, or not told", "cards",
    ) + table(
        (_UNITS[unit], "openings", "cards"),
        [(row["time"], number(row["openings"]), told) for row, told in zip(rows, shown, strict=True)],
        f"Openings and cards in each {unit}",
    )  # fmt: skip


def rules(figures: Figures, titles: Mapping[str, str]) -> str:
    rows = figures["rules"][:_MOST_RULES]
    of = figures["totals"]["openings"]
    shown = parts([row["cards"] for row in rows])
    pairs = [parts([row["new"], row["cards"] - row["new"]]) if told not in ("not shown", "< 11") else ["–", "–"]
             for row, told in zip(rows, shown, strict=True)]  # fmt: skip
    return section(
        "rules", "Which cards",
        says("New: the first time that this was said of this patient, on these grounds. Again: the same cause, "
             "level, side and grounds as at an earlier opening."),
        bars([Bar(titles.get(row["card"], row["card"]), (row["new"], row["cards"] - row["new"]), told)
              for row, told in zip(rows, shown, strict=True)],
             "Cards by what they are about; a bar is not divided where a part is below 11", ("new", "again")),
        table(("card", "how urgent", "cards", "new", "again", "patients", "for each 1,000 openings", "lenient reading"),
              [(titles.get(row["card"], row["card"]), row["indicator"], told, *pair,
                "–" if "not shown" in pair else number(row["patients"]),
                "–" if told == "not shown" else rate(row["cards"], of), number(row["lenient"]))
               for row, told, pair in zip(rows, shown, pairs, strict=True)],
              "Every card that would have been shown", words=2),
        _indicators(figures),
    )  # fmt: skip


def _indicators(figures: Figures) -> str:
    rows, of = figures["indicators"], figures["totals"]["openings"]
    shown = parts([row["cards"] for row in rows])
    means = {
        "critical": "critical: do now",
        "warning": "warning: today, or before the next step",
        "info": "info: to know",
    }
    return table(
        ("how urgent", "cards", "new", "patients", "for each 1,000 openings"),
        [(means.get(row["indicator"], row["indicator"]), told, *_of_people(row),
          "–" if told == "not shown" else rate(row["cards"], of)) for row, told in zip(rows, shown, strict=True)],
        "Cards by urgency",
    )  # fmt: skip


def savings(figures: Figures, titles: Mapping[str, str]) -> str:
    told = figures["totals"]
    cards, repeated = told["cards"], told["cards"] - told["cards_new"]
    most = figures["rules"][:5]
    return section(
        "savings", "What would spare readers",
        says(f"If a reader could mark a card as known, and the same card then stayed away while nothing new came up, "
             f"{number(repeated)} of {number(cards)} cards ({percent(repeated, cards)}) would not have been shown "
             "again. Critical cards would come back all the same."),
        says("In silent mode a rule is evaluated and counted, and shows nothing. Beginning with one of these rules "
             "silent would spare:"),
        table(("rule kept silent", "cards spared", "share of all"),
              [(titles.get(row["card"], row["card"]), number(row["cards"]), percent(row["cards"], cards))
               for row in most], "The rules that speak most"),
    )  # fmt: skip


def _of_people(row: Mapping[str, Any]) -> tuple[str, str]:
    """New cards and patients, where neither tells with the sum how few were said again."""
    new = parts([row["new"], row["cards"] - row["new"]])[0]
    return new, "–" if new == "not shown" else number(row["patients"])
