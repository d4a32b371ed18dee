"""``backstory replay``: a hospital's own past in; what the cards would have said in it, as tables and a report, out."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.startup import fail, refuse, settings, with_site
from service.cli.terminal import echo

if TYPE_CHECKING:
    from service.replay.local import Progress
    from service.replay.run import Engine

_DAYS = re.compile(r"(\d{1,5})d?")
_DAY = ["%Y-%m-%d"]


class At(StrEnum):
    encounters = "encounters"
    days = "days"


class EngineName(StrEnum):
    local = "local"
    spark = "spark"


def replay(
    export: Annotated[
        Path,
        typer.Argument(
            metavar="EXPORT", help="Folder of a FHIR bulk export (NDJSON, also .gz) or of Bundles; or a file."
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder for the results; the key of the pseudonyms too.")],
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day (default: all).")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day (default: all).")] = None,
    at: Annotated[
        At, typer.Option(help="Open at the start of each visit, or at the end of each day with a new entry.")
    ] = At.encounters,
    follow_up: Annotated[
        str, typer.Option(metavar="DAYS", help="How long after a card an outcome counts, unless its entry says.")
    ] = "365d",
    outcomes: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Your own outcomes.toml (default: the shipped one).")
    ] = None,
    engine: Annotated[EngineName, typer.Option(help="This machine, or Apache Spark.")] = EngineName.local,
    master: Annotated[str, typer.Option(metavar="URL", help="The Spark master.")] = "local[*]",
    workers: Annotated[int, typer.Option(min=0, help="Processes (default: one a core).")] = 0,
    strict: Annotated[bool, typer.Option("--strict", help="Make only the strict reading: half the work.")] = False,
) -> None:
    """Say what the cards would have said in a hospital's past: how often, to whom, how many again, what was missed.

    Each chart is taken back to what was known at each opening. A run that is broken off goes on where it was when the
    same command is given again. Results: openings.parquet, fired.parquet, outcomes.parquet, report.html, reading/ (for
    people to read; patients' data), run.json.

    Exit codes: 0 done, 1 it could not be done, 2 wrong usage, 130 broken off with Ctrl-C.
    """
    from zoneinfo import ZoneInfo

    from service import pipeline
    from service.replay import outcomes as shipped
    from service.replay.processes import Stopped
    from service.replay.run import Asked, run
    from service.replay.split import files_of
    from service.replay.tables import NoDuckDB

    if not (told := _DAYS.fullmatch(follow_up)):
        refuse(f"--follow-up is a number of days such as 365d, not '{follow_up}'.")
    if not export.exists():
        refuse(f"{export}: no such file or folder.")
    if not files_of(export):
        refuse(f"{export}: no .ndjson, .ndjson.gz or .json file in this folder.")
    if outcomes is not None and not outcomes.is_file():
        refuse(f"{outcomes}: no such file.")
    ours = settings()
    asked = Asked(
        export=export,
        out=out,
        zone=ZoneInfo(ours.time_zone),
        first=first.date() if first else None,
        last=last.date() if last else None,
        how=at.value,
        follow_up=int(told[1]),
        outcomes=outcomes or shipped.SHIPPED,
        strict=strict,
        workers=workers or len(os.sched_getaffinity(0)),
        site=ours.site,
    )
    service = with_site(pipeline.start)
    try:
        with _progress() as tell:
            result = run(asked, service, _engine(engine, master), tell)
    except (NoDuckDB, ValueError) as problem:
        fail(str(problem))
    except Stopped as problem:
        fail(f"The replay stopped: {problem}. What is finished is kept; give the same command again to go on.")
    except KeyboardInterrupt:
        echo("Broken off. What is finished is kept; give the same command again to go on.", err=True)
        raise typer.Exit(130) from None
    for place, reason in result["bad_named"][:10]:
        echo(f"{place}: {reason}", err=True)
    if result["bad_lines"]:
        echo(f"{result['bad_lines']:,} lines were left out; run.json names them.", err=True)
    rows, spent = result["rows"], result["seconds"]
    echo(
        f"{rows['openings']:,} openings of {result['patients']:,} charts, {result['cards']:,} cards, "
        f"{result['misses']:,} emergencies missed; {spent['all']:.0f} s.\nReport: {(out / 'report.html').resolve()}"
    )


def _engine(name: EngineName, master: str) -> Engine:
    from service.replay import run

    if name is EngineName.local:
        return run.LOCAL
    from service.replay import spark

    try:
        return spark.engine(master)
    except spark.NoSpark as problem:
        fail(str(problem))


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar with the time left where somebody is watching, else a line for each tenth."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as bar:
        tasks = {}

        def tell(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        yield tell


class _Lines:
    """Progress as lines of text: what, how much, and how long it will take at this pace."""

    def __init__(self) -> None:
        self._what, self._tenth, self._began, self._from = "", -1, 0.0, 0

    def __call__(self, what: str, done: int, of: int) -> None:
        import time

        if what != self._what:
            self._what, self._tenth, self._began, self._from = what, -1, time.monotonic(), done
        tenth = 10 * done // of if of else 10
        if tenth <= self._tenth:
            return
        self._tenth = tenth
        spent, gained = time.monotonic() - self._began, done - self._from
        left = f", {spent * (of - done) / gained:.0f} s left" if gained and done < of else ""
        echo(f"{what}: {10 * tenth} %{left}", err=True)
