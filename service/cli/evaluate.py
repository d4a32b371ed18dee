"""``backstory evaluate``: files in, a readable report (or JSON) for each out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

_ENDINGS = (".json", ".ndjson")


def evaluate(
    source: Annotated[
        str, typer.Argument(metavar="FILE|DIR|-", help="A FHIR Bundle or CDS Hooks request; '-' reads stdin.")
    ],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of evaluation (default: today).")
    ] = None,
    patient: Annotated[str, typer.Option(help="Patient id, when a Bundle holds several.")] = "",
    json_: Annotated[bool, typer.Option("--json", help="Write the /explain JSON, one line per input.")] = False,
) -> None:
    """Evaluate charts without a server: cards as a panel would show them, causes with reasons, next steps.

    Exit codes: 0 all inputs were evaluated, 1 at least one could not be read, 2 wrong usage (no such file).
    """
    from service import line
    from service.errors import ServiceError

    inputs = list(_inputs(source))
    service = line.start(_site())
    day = as_of.date() if as_of else date.today()
    failed = 0
    for name, body in _with_progress(inputs, json_):
        try:
            answer = line.explain(_parse(body()), day, service, patient, line.writing(service, patient))
        except ServiceError as problem:
            failed += 1
            typer.echo(f"{name}: {problem}", err=True)
            continue
        _show(name, answer, json_)
    if failed:
        typer.echo(f"{failed} of {len(inputs)} could not be read.", err=True)
        raise typer.Exit(1)


def _site() -> Path | None:
    from service.settings import Settings

    return Settings().site


def _inputs(source: str) -> Iterator[tuple[str, Any]]:
    if source == "-":
        yield "stdin", sys.stdin.buffer.read
        return
    path = Path(source)
    if path.is_file():
        yield str(path), path.read_bytes
    elif path.is_dir():
        files = sorted(f for f in path.rglob("*") if f.suffix in _ENDINGS and f.is_file())
        if not files:
            typer.echo(f"{source}: no .json or .ndjson file in this folder.", err=True)
            raise typer.Exit(2)
        yield from ((str(f), f.read_bytes) for f in files)
    else:
        typer.echo(f"{source}: no such file or folder.", err=True)
        raise typer.Exit(2)


def _parse(body: bytes) -> Any:
    from service.errors import BadRequest

    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError as problem:
        try:
            return [orjson.loads(row) for row in body.splitlines() if row.strip()]
        except orjson.JSONDecodeError:
            raise BadRequest(f"not valid JSON (line {problem.lineno}, column {problem.colno})") from None


def _with_progress(inputs: list[tuple[str, Any]], quiet: bool) -> Iterator[tuple[str, Any]]:
    if len(inputs) < 10 or quiet or not sys.stderr.isatty():
        yield from inputs
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(inputs, description="Evaluating", console=Console(stderr=True))


def _show(name: str, answer: dict[str, Any], json_: bool) -> None:
    if json_:
        sys.stdout.buffer.write(orjson.dumps({"input": name, **answer}) + b"\n")
        sys.stdout.buffer.flush()
        return
    from service.cli.report import show

    show(name, answer)
