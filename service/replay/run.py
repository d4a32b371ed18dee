"""One whole run: an export in; three Parquet files, the report, the pages for reading and run.json in a folder, out."""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson

from service.pipeline import Service
from service.replay import figures, local, outcomes, reading_pages, tables
from service.replay.course import Plan
from service.replay.local import Left, Progress
from service.replay.moments import midnight
from service.replay.openings import ENCOUNTERS
from service.replay.pseudonyms import key_in
from service.replay.report import build
from service.replay.split import files_of, write_whole
from service.replay.work import Work

SPILLED = ".work-tables"
"""Where DuckDB puts what it has no memory for."""

Engine = Callable[[list[Path], Work, Plan, Path | None, int, Progress], Left]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked to do. ``first`` and ``last`` are days, both inside; None: no limit."""

    export: Path
    out: Path
    zone: ZoneInfo
    first: date | None = None
    last: date | None = None
    how: str = ENCOUNTERS
    follow_up: int = 365
    outcomes: Path = outcomes.SHIPPED
    strict: bool = False
    workers: int = 1
    site: Path | None = None


def run(asked: Asked, service: Service, engine: Engine, tell: Progress) -> dict[str, Any]:
    """Replay an export; what run.json holds is returned. Taken up where an earlier run of the same was broken off.

    Raises ValueError for outcomes that cannot be read, tables.NoDuckDB, processes.Stopped.
    """
    began, used = time.monotonic(), os.times()
    wanted = outcomes.load(asked.outcomes, asked.follow_up, service)
    asked.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tables.database(asked.out / SPILLED) as connection:
        key = key_in(asked.out)
        plan = _plan(asked, key, wanted)
        files = files_of(asked.export)
        work = Work(asked.out)
        resumed = work.begin(
            [[str(path.resolve()), path.stat().st_size, path.stat().st_mtime_ns] for path in files] + [asked.workers],
            [engine.__module__, plan.first, plan.last, plan.how, plan.strict, str(asked.zone), key.hex(),
             outcomes.as_settings(wanted), service.knowledge.version],
        )  # fmt: skip
        left = engine(files, work, plan, asked.site, asked.workers, tell)
        evaluated = time.monotonic()
        tell("Writing", 0, 1)
        told: dict[str, Any] = {
            "made": datetime.now(asked.zone).date(), "rules": service.knowledge.version,
            "at": asked.how, "strict": asked.strict, "zone": str(asked.zone),
            "from": asked.first, "to": asked.last, "follow_up": asked.follow_up, "resumed": resumed,
            "files": len(files), "lines": left.lines, **work.summary(left.bad, left.bad_count, files),
            "rows": tables.write(work, asked.out, connection),
        }  # fmt: skip
        tables.views(asked.out, connection)
        found = figures.all_figures(connection, wanted)
        titles = {record.id: record.title for record in service.knowledge.records}
        titles |= {"orientation": "Orientation: what to ask first"}
        named = titles | {outcome.id: outcome.title for outcome in wanted}
        told["pages"] = reading_pages.write(work, asked.out, key, found["misses"], named, connection)
    told["cards"], told["cards_lenient"] = (found["totals"][name] for name in ("cards", "cards_lenient"))
    told["misses"] = len([row for row in found["misses"] if row["opened"]])
    write_whole(asked.out / "report.html", build.report(found, told, titles).encode())
    told["seconds"] = {"all": round(time.monotonic() - began, 1), "tables": round(time.monotonic() - evaluated, 1),
                       "cpu": round(sum(os.times()[:4]) - sum(used[:4]), 1)}  # fmt: skip
    told["memory_mb"] = memory_mb()
    write_whole(asked.out / "run.json", orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    work.remove()
    shutil.rmtree(asked.out / SPILLED, ignore_errors=True)
    tell("Writing", 1, 1)
    return told


def memory_mb() -> int:
    """The most that this process, or one that it started, has held so far."""
    own = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def _plan(asked: Asked, key: bytes, wanted: tuple[outcomes.Outcome, ...]) -> Plan:
    return Plan(
        key=key,
        zone=asked.zone,
        wanted=wanted,
        how=asked.how,
        first=midnight(asked.first, asked.zone) if asked.first else -float("inf"),
        last=midnight(asked.last + timedelta(days=1), asked.zone) if asked.last else float("inf"),
        strict=asked.strict,
    )


LOCAL: Engine = local.evaluate
