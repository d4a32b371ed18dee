"""``backstory codes``: a hospital's own procedure codes proposed for its site file, and the unmapped ones counted."""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.startup import refuse, with_site
from service.cli.terminal import echo, row

if TYPE_CHECKING:
    from service.knowledge import Knowledge

app = typer.Typer(help="Your own procedure codes: propose for site.toml, count the unmapped.", no_args_is_help=True)
_DAY = date(2026, 1, 1)
_LONGEST = 500
_MOST_ROWS = 200_000


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv", help="Columns code and description, with a header.")],
    system: Annotated[str, typer.Option(help="Address of the code system, as your FHIR server writes it.")],
    site: Annotated[Path | None, typer.Option(help="Write the sure rows here, as a table for site.toml.")] = None,
) -> None:
    """Propose a concept, level and region for each code from its description: sure, doubtful or unknown.

    The table on standard output (CSV) is for a person to confirm; nothing takes effect before it stands in site.toml.
    Exit codes: 0 written, 1 the rules cannot be loaded, 2 the file cannot be read or written.
    """
    from service.knowledge import load

    known = with_site(load)
    out = csv.writer(sys.stdout)
    out.writerow(("code", "description", "verdict", "concepts", "level", "region"))
    sure: list[tuple[str, str]] = []
    count: Counter[str] = Counter()
    for code, description in _rows(file):
        concepts, level, region = _proposed(description, known)
        verdict = "unknown" if not concepts else "sure" if len(concepts) == 1 else "doubtful"
        count[verdict] += 1
        out.writerow(row((code, description, verdict, " ".join(concepts), level, region)))
        if verdict == "sure":
            sure.append((code, concepts[0]))
    if site is not None:
        _write(site, system, sure)
    echo(f"{count['sure']} sure, {count['doubtful']} doubtful, {count['unknown']} unknown.", err=True)


@app.command()
def check(
    export: Annotated[Path, typer.Argument(metavar="EXPORT", help="FHIR JSON or NDJSON file, or a folder of them.")],
) -> None:
    """Count the procedure codes that no value set and no site file maps, the most frequent first.

    Exit codes: 0 counted, 1 the rules cannot be loaded, 2 nothing can be read there.
    """
    from service.knowledge import load
    from service.knowledge.code_systems import name_of_system

    known = with_site(load)
    unmapped: Counter[tuple[str, str, str]] = Counter()
    seen = 0
    for procedure in _procedures(export):
        seen += 1
        held = procedure.get("code")
        codings = held.get("coding") if isinstance(held, dict) else None
        told = [
            (str(c.get("system") or ""), str(c.get("code") or ""), str(c.get("display") or "")[:80])
            for c in (codings if isinstance(codings, list) else ())
            if isinstance(c, dict)
        ]
        if not any(known.codes.hits(system, code) for system, code, _ in told):
            unmapped.update(set(told))
    out = csv.writer(sys.stdout)
    out.writerow(("count", "system", "code", "display"))
    for (system, code, display), number in sorted(unmapped.items(), key=lambda each: (-each[1], each[0])):
        out.writerow(row((number, name_of_system(system) or system, code, display)))
    echo(f"{seen} procedures, {len(unmapped)} codes that nobody maps.", err=True)


def _rows(file: Path) -> Iterator[tuple[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if not {"code", "description"} <= set(reader.fieldnames or ()):
                refuse(f"{file}: the first line must name the columns code and description.")
            for number, told in enumerate(reader):
                if number >= _MOST_ROWS:
                    refuse(f"{file}: more than {_MOST_ROWS} rows.")
                if told["code"] and told["description"]:
                    yield told["code"].strip(), " ".join(told["description"].split())[:_LONGEST]
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        refuse(f"{file}: cannot be read ({type(problem).__name__}).")


def _proposed(description: str, known: Knowledge) -> tuple[list[str], str, str]:
    """The concepts of operations that the reader finds in a description, with level and region."""
    from service.chart.operations import CLASS_OF, MINOR_KIND
    from service.domain.statements import Polarity
    from service.findings import case_sheet
    from service.pipeline import read

    chart = {"resourceType": "Procedure", "id": "p", "status": "completed", "code": {"text": description}}
    said = [s for s in case_sheet.say(read(chart, _DAY), known) if s.polarity is Polarity.YES]
    told = [s for s in said if s.concept in CLASS_OF or s.concept in MINOR_KIND]
    levels = sorted({segment for s in told for segment in s.place.segments})
    regions = sorted({s.place.region for s in told if s.place.region})
    return sorted({s.concept for s in told}), " ".join(levels), " ".join(regions)


def _write(site: Path, system: str, sure: list[tuple[str, str]]) -> None:
    import json

    rows = [f"{json.dumps(code)} = {json.dumps(concept)}" for code, concept in sure]
    text = "\n".join(["# Proposed from descriptions; confirm each row.", f"[codes.{json.dumps(system)}]", *rows, ""])
    try:
        site.write_text(text, encoding="utf-8")
    except OSError as problem:
        refuse(f"{site}: {problem.strerror}.")


def _procedures(export: Path) -> Iterator[dict[str, Any]]:
    import orjson

    files = sorted(f for f in export.rglob("*") if f.suffix in (".json", ".ndjson")) if export.is_dir() else [export]
    if not files:
        refuse(f"{export}: holds no .json or .ndjson file.")
    for file in files:
        try:
            if file.suffix == ".ndjson":
                with file.open("rb") as lines:
                    for line in lines:
                        yield from _in(orjson.loads(line)) if line.strip() else ()
            else:
                yield from _in(orjson.loads(file.read_bytes()))
        except (OSError, orjson.JSONDecodeError):
            refuse(f"{file}: cannot be read as JSON.")


def _in(resource: Any) -> Iterator[dict[str, Any]]:
    """The procedures of a resource: itself, or those of a Bundle or a list."""
    if isinstance(resource, list):
        for each in resource:
            yield from _in(each)
    elif isinstance(resource, dict):
        if resource.get("resourceType") == "Procedure":
            yield resource
        entries = resource.get("entry")
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict):
                yield from _in(entry.get("resource"))
