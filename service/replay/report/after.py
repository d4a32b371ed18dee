"""The sections on what came after, what was missed, what could not be read, and what none of it can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from service.replay.report.cells import HIDDEN, number, parts, small, table
from service.replay.report.page import listed, says, section
from service.replay.report.pictures import Bar, Range, bars, ranges

Figures = Mapping[str, Any]
_NOBODY = "patients without any of these cards"
_MOST_GAPS = 25


def observed(figures: Figures, titles: Mapping[str, str]) -> str:
    rows = figures["observed"]
    drawn = []
    for outcome in dict.fromkeys(row["outcome"] for row in rows):
        drawn += _outcome([row for row in rows if row["outcome"] == outcome], titles)
    return section(
        "observed", "What happened afterwards",
        says("Of the patients to whom a rule spoke for the first time: how many had this outcome within the days "
             "given. Only patients whose chart can be followed that long are counted. The line is Wilson's 95 % "
             "interval: with few patients it is wide, and then the dot says little."),
        says("This is what was observed. It is not the worth of the rule as a test: codes come late, tests are done "
             "because somebody was suspicious already, and a card that nobody saw could not change anything. The "
             "hollow dot shows, for comparison, all patients after any operation on the lumbar spine to whom none of "
             "these rules spoke, from their first visit after it: they differ from the others in more than the card."),
        *(drawn or [says("Too few patients could be followed for any figure that may be shown.")]),
    )  # fmt: skip


def _outcome(rows: Sequence[Mapping[str, Any]], titles: Mapping[str, str]) -> list[str]:
    kept = [row for row in rows if not _hidden(row)]
    if not any(row["card"] for row in kept):  # nobody to compare with
        kept = []
    name = {row["card"]: titles.get(row["card"], row["card"]) if row["card"] else _NOBODY for row in rows}
    first = rows[0]
    cells = [
        (name[row["card"]], number(row["patients"]), number(row["followed"]),
         _had(row),
         "–" if _hidden(row) else f"{100 * row['had'] / row['followed']:.0f} % ({100 * row['low']:.0f}–"
                                  f"{100 * row['high']:.0f} %)")
        for row in rows
    ]  # fmt: skip
    picture = [
        Range(name[row["card"]], row["low"], row["had"] / row["followed"], row["high"],
              f"{row['had']:,} of {row['followed']:,}", hollow=not row["card"])
        for row in kept
    ]  # fmt: skip
    title = f"{first['title']}, within {first['days']} days"
    return [
        f"<h3>{title}</h3>",
        ranges(picture, "Share who had it, with its 95 % interval; hollow: patients without these cards")
        if picture
        else says("Too few patients with a card could be followed to draw a share."),
        table(
            ("after the first card about", "patients", "followed", "had it", "share (95 % interval)"),
            cells,
            "Patients, those who could be followed, and those who had it",
        ),
    ]


def _had(row: Mapping[str, Any]) -> str:
    if not row["followed"] or small(row["followed"]):
        return "–"
    return HIDDEN if small(row["followed"] - row["had"]) else number(row["had"])


def _hidden(row: Mapping[str, Any]) -> bool:
    """A share of so few, or one that tells how many few are, is not shown."""
    return not row["followed"] or small(row["followed"]) or small(row["had"]) or small(row["followed"] - row["had"])


def emergencies(figures: Figures) -> str:
    rows = figures["emergencies"]
    split = [parts([row["warned"], row["missed"], row["unopened"]]) for row in rows]
    return section(
        "misses", "Emergencies that were coded, and what had been said before",
        says("For each emergency that was coded after an operation on the lumbar spine: had one of the cards that "
             "are meant for it been shown in the days before? Missed means that the chart was opened in those days "
             "and no such card was shown; where nobody opened it, no card could have been."),
        bars([Bar(row["title"], (row["coded"] - row["missed"], row["missed"]), number(row["coded"])) for row in rows],
             "Coded emergencies; a bar is not divided where a part is below 11: the table tells what can be told",
             ("card before, or not opened", "missed")),
        table(("emergency", "days before", "coded", "card before", "missed", "chart not opened"),
              [(row["title"], str(row["before"]), number(row["coded"]), *told)
               for row, told in zip(rows, split, strict=True)], "Coded emergencies"),
        says("Each miss is listed for reading in reading/misses.html, with the chart as it was known at the last "
             "opening before it. That list is about single patients and stays in the hospital. Read them all before "
             "go-live: a miss may be a rule that is too narrow, words that are not understood, a day that is not "
             "recorded, or a code that was wrong."),
    )  # fmt: skip


def unread(figures: Figures, run: Mapping[str, Any]) -> str:
    gaps = run["gaps"][:_MOST_GAPS]
    told = [
        (what, " ".join(part for part in (system, code, display) if part) or "–", number(count))
        for what, system, code, display, count in gaps
    ]
    lines = "1 line" if run["bad_lines"] == 1 else f"{run['bad_lines']:,} lines"
    named = [f"{place.rpartition('/')[2]}: {reason}" for place, reason in run["bad_named"][:10]]
    more = run["bad_lines"] - len(named)
    return section(
        "unread", "What could not be read",
        says(f"{run['resources']:,} entries of {run['patients']:,} patients were read; "
             f"{lines} could not be read and {'was' if run['bad_lines'] == 1 else 'were'} left out."),
        listed(named + ([f"and {more:,} more, in run.json"] if more > 0 else [])) if named else "",
        says("Codes of a local system mean nothing to the rules until they are mapped (site file), and a document "
             "without text is not read. If operations on the spine hide here, patients after surgery were taken for "
             "others, and every figure above is too small."),
        table(("what", "which", "patients"), told, "Codes without a meaning, and documents without text", words=2)
        if told else says("Every code belongs to a system that the rules know, and every document has text."),
    )  # fmt: skip


def certainty(figures: Figures) -> str:
    rows = figures["grades"]
    means = {
        "sure": "sure: not touched since before the opening, says the server",
        "rewound": "rewound: by the dates of the entries, what came later taken back",
        "undated": "undated: stands on something that has no date",
    }
    shown = parts([row["cards"] for row in rows])
    return section(
        "certainty", "How sure the past is",
        says("A chart of today holds what was written later. Each entry was taken back to what was known at the "
             "opening: diagnoses that were resolved or refuted later count again, results wait for the hour of their "
             "report, orders are open that were completed since. A card is as sure as the least sure entry that it "
             "stands on."),
        bars([Bar(means[row["grade"]].partition(":")[0], (row["cards"],), told)
              for row, told in zip(rows, shown, strict=True)], "Cards by how sure their grounds are"),
        table(("grounds of the card", "cards"),
              [(means[row["grade"]], told) for row, told in zip(rows, shown, strict=True)],
              "Cards of either reading, by the least sure entry that they stand on"),
    )  # fmt: skip


def limits() -> str:
    return section(
        "limits", "What this cannot show, and what would be needed",
        listed([
            "It cannot show what a card would have changed. Nobody saw one.",
            "It cannot show false alarms by itself: whether a card was right, people must read. The blinded sample "
            "in reading/ is for that: up to 50 openings for each rule, with silent ones among them, in no order.",
            "It cannot see an emergency that was never coded, nor one that was treated elsewhere.",
            "It cannot know when an entry without a date was written, nor what a report said before it was amended, "
            "nor what stood in an entry that was deleted or marked as an error.",
            "It reads outcomes with the same reader as the cards: what that cannot read is neither card nor outcome.",
            "It knows visits, not screens: a chart may have been opened more or less often than there were visits.",
        ]),
        says("To judge better: two clinicians who read the sample without knowing what the rules said, and agree in "
             "writing on each; every miss read; local codes and departments mapped; the day of recording exported "
             "with each diagnosis; operation registers for revisions outside the hospital; and a few weeks of silent "
             "mode, in which the same is counted as it happens."),
        says("A framework for judging whether an alert was appropriate, and whether the answer to it was: McCoy and "
             "others, 2011 (PMC3341775). Why it is worth watching before activation as well as after: PMC5842071."),
    )  # fmt: skip
