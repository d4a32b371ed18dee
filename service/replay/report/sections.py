"""The sections of the report on what was said: how often, to whom, when, by which rule, new or again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.replay.report.cells import FEW, HIDDEN, number, parts, percent, rate, small, table
from service.replay.report.page import says, section, tile
from service.replay.report.pictures import Bar, bars, columns

Figures = Mapping[str, Any]
_MOST_RULES, _LONG = 40, 15
_UNITS = {"week": "week beginning", "month": "month", "year": "year"}


_REASONS = {
    "no lumbar surgery on record": "no operation on the lumbar spine is known: there the service never speaks",
    "no pain after surgery on record": "operated, and no pain since is known",
    "kept silent by another rule": "a rule said that another one has nothing to add",
    "causes fit, none well enough for a card": "causes fit, none well enough for a card",
    "nothing to say": "operated and in pain, and no rule had anything to say",
    "could not be evaluated": "the chart could not be evaluated: to be looked into",
}
_OPENED = {"encounters": "the start of a visit", "days": "the end of a day on which something was recorded"}


def short(figures: Figures, run: Mapping[str, Any]) -> str:
    """The key figures, each with the words that a committee needs to read it."""
    told = figures["totals"]
    openings, cards, lenient = told["openings"], told["cards"], told["cards_lenient"]
    repeated = cards - told["cards_new"]
    urgent = dict(zip([row["indicator"] for row in figures["indicators"]],
                      parts([row["cards"] for row in figures["indicators"]]), strict=True))  # fmt: skip
    who = figures["clinicians"]
    week = f"{who['mean']:.1f}" if who["clinicians"] and not small(who["clinicians"]) else "–"
    return (
        says("A card is a short message that the record system shows beside a chart when it is opened. Nobody saw "
             "these: they are what would have been shown. An opening is taken to be "
             f"{_OPENED.get(run['at'], run['at'])}, with what the chart held by then.")
        + '<div class="tiles">'
        + tile(rate(told["openings_spoken"], openings), "of 1,000 chart openings would have shown a card, or several")
        + tile(week, "cards a clinician would have seen in a week with visits, on average")
        + tile(percent(repeated, cards), "of the cards said what the same patient's chart had been told before")
        + tile(urgent.get("critical", "0"), "cards were critical: do now")
        + tile(_missed(figures), "coded emergencies had no card in the days before, although the chart was opened")
        + "</div>"
        + says(
            f"In this period charts were opened {openings:,} times, of {number(told['patients'])} patients;",
            f"{number(told['patients_after'])} of them had an operation on the lumbar spine on record.",
            f"The rules would have shown {number(cards)} cards.",
            "Entries without any date were left out (strict reading); the lenient reading was not made."
            if run["strict"] else
            "Here entries without any date are left out (strict reading). Had they been there from the start (lenient "
            f"reading), it would have been {number(lenient)}. The figures below are strict unless they say otherwise.",
        )
    )  # fmt: skip


def _missed(figures: Figures) -> str:
    """The sum, where it does not tell the one small count among those of the table."""
    missed = [row["missed"] for row in figures["emergencies"]]
    told = sum(missed)
    return FEW if small(told) else HIDDEN if sum(map(small, missed)) == 1 else number(told)


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
        table(("which openings", "openings", "patients", "for each 1,000 openings"),
              [(name, number(count), number(people), rate(count, told["openings"])) for name, count, people in steps],
              "Openings and patients"),
        _silence(figures),
    )  # fmt: skip


def _silence(figures: Figures) -> str:
    rows = figures["silent"]
    shown = parts([row["openings"] for row in rows])
    return "<h3>Why the others stayed silent</h3>" + table(
        ("reason", "openings"), [(_REASONS.get(row["silent"], row["silent"]), told)
                                 for row, told in zip(rows, shown, strict=True)],
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
    ) + f'<div class="{"long" if len(rows) > _LONG else "short"}">' + table(
        (_UNITS[unit], "openings", "cards"),
        [(row["time"], opened, told) for row, opened, told in zip(rows, parts([r["openings"] for r in rows]), shown,
                                                                  strict=True)],
        f"Openings and cards in each {unit}",
    ) + "</div>"  # fmt: skip


def rules(figures: Figures, titles: Mapping[str, str], *, strict: bool) -> str:
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
                "–" if told == HIDDEN else rate(row["cards"], of), "–" if strict or told == HIDDEN else also)
               for row, told, pair, also in zip(rows, shown, pairs, parts([r["lenient"] for r in rows]), strict=True)],
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
    rows = figures["rules"][:_MOST_RULES]
    shown = parts([row["cards"] for row in rows])
    most = [(row, count) for row, count in zip(rows, shown, strict=True) if row["cards"] and count != HIDDEN][:5]
    return section(
        "savings", "What would spare readers",
        says(f"If a reader could mark a card as known, and the same card then stayed away while nothing new came up, "
             f"{number(repeated)} of {number(cards)} cards ({percent(repeated, cards)}) would not have been shown "
             "again. Critical cards would come back all the same."),
        says("In silent mode a rule is evaluated and counted, and shows nothing. Beginning with one of these rules "
             "silent would spare:"),
        table(("rule kept silent", "cards spared", "share of all"),
              [(titles.get(row["card"], row["card"]), count, percent(row["cards"], cards)) for row, count in most],
              "The rules that speak most"),
    )  # fmt: skip


def _of_people(row: Mapping[str, Any]) -> tuple[str, str]:
    """New cards and patients, where neither tells with the sum how few were said again."""
    new = parts([row["new"], row["cards"] - row["new"]])[0]
    return new, "–" if new == "not shown" else number(row["patients"])
