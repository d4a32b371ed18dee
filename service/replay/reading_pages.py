"""Pages for people to read: the blinded sample, one opening a page, and every miss; they hold patients' data.

Pages are numbered in an order that a keyed hash gives, silent openings among them, so that neither number nor order
tells what the rules said. Which page belongs to which rule stands in key.csv, for whoever counts afterwards.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.replay.pseudonyms import pseudonym
from service.replay.reading_sample import SIZE, missed
from service.replay.report.page import page, says
from service.replay.split import write_whole
from service.replay.tables import rows_of
from service.replay.work import Work

if TYPE_CHECKING:
    import duckdb

FOLDER, KEY, MISSES = "reading", "key.csv", "misses.html"
_ASK = (
    "Is there a cause of pain, or a danger, that should be pointed out at this opening? Which?",
    "How sure are you, from the chart alone: sure, likely, possible, no?",
    "Would a hint have helped you, been in the way, or told you what you knew?",
)


def write(
    work: Work, out: Path, key: bytes, misses: Sequence[Mapping[str, Any]], titles: Mapping[str, str],
    connection: duckdb.DuckDBPyConnection,
) -> int:  # fmt: skip
    """Write the pages and the list of misses; the number of pages. The folder is open to its owner alone."""
    folder = out / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    for old in folder.glob("*.html"):
        old.unlink()
    told = connection.execute(
        f"""SELECT rule, rank, patient, "at", lines FROM ({rows_of(work, "sample")})
        QUALIFY row_number() OVER (PARTITION BY rule ORDER BY rank) <= {SIZE} ORDER BY rule, rank"""
    ).fetchall()
    drawn = sorted(told, key=lambda row: pseudonym(key, f"order {row[0]} {row[1]}"))
    pages: dict[tuple[str, str], int] = {}
    rows = io.StringIO()
    table = csv.writer(rows)
    table.writerow(("page", "rule", "patient", "at"))
    for number, (rule, _, patient, at, lines) in enumerate(drawn, 1):
        when = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
        write_whole(folder / f"{number:04d}.html", _opening(number, len(drawn), when, lines).encode())
        table.writerow((number, rule, patient, when))
        pages[rule, patient] = number
    write_whole(folder / KEY, rows.getvalue().encode())
    write_whole(folder / MISSES, _misses(misses, pages, titles).encode())
    return len(drawn)


def _opening(number: int, of: int, when: str, lines: Iterable[Sequence[str]]) -> str:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
    asked = "".join(f"<li>{escape(each)}<br>&nbsp;<hr></li>" for each in _ASK)
    links = " · ".join(
        f'<a href="{other:04d}.html">{word}</a>' for other, word in ((number - 1, "before"), (number + 1, "next"))
        if 1 <= other <= of
    )  # fmt: skip
    return page(
        f"Opening {number} of {of}",
        f"<h1>Opening {number} of {of}</h1>"
        + says(f"The chart as it was known at {when}. Please answer before you look at any other source.")
        + f"<ol>{asked}</ol><table><thead><tr><th>day</th><th>entry</th><th>words</th></tr></thead>"
        f"<tbody>{rows}</tbody></table><p>{links}</p>",
    )


def _misses(
    misses: Sequence[Mapping[str, Any]], pages: Mapping[tuple[str, str], int], titles: Mapping[str, str]
) -> str:
    rows = "".join(
        f"<tr><td>{escape(titles.get(row['outcome'], row['outcome']))}</td>"
        f"<td>{row['patient']}</td><td>{row['on']}</td>"
        f'<td class="n">{row["opened"] or "not opened"}</td>'
        f"<td>{_link(pages.get((missed(row['outcome']), row['patient'])))}</td></tr>"
        for row in misses
    )
    return page(
        "Emergencies without a card before",
        "<h1>Emergencies without a card before</h1>"
        + says("Single patients, by pseudonym; for reading in the hospital only. Openings counts how often the chart "
               "was opened in the days before. The page shows the chart as it was known at the last of them; it is "
               "one of the blinded pages, so let somebody read those before this list.")
        + "<table><thead><tr><th>emergency</th><th>patient</th><th>coded on</th><th>openings "
          "before</th><th>page</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>",
    )  # fmt: skip


def _link(number: int | None) -> str:
    return "–" if number is None else f'<a href="{number:04d}.html">{number}</a>'
