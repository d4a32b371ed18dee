"""``backstory evaluate``: files in, a readable report (or JSON) for each out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import orjson
import typer

from service.cli.bulk import open_export
from service.cli.startup import fail, refuse, with_site
from service.cli.terminal import echo, write_json
from service.intake import duplicate_keys

_BULK = (".ndjson", ".ndjson.gz")
_MANY = 10

Read = Callable[[], bytes]
T = TypeVar("T")


def evaluate(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE|DIR|-",
            help="A FHIR Bundle or CDS Hooks request, or NDJSON of a bulk export; '-' reads stdin.",
        ),
    ],
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day of evaluation (default: today).")
    ] = None,
    patient: Annotated[str, typer.Option(help="Patient id, when a Bundle holds several.")] = "",
    json_: Annotated[bool, typer.Option("--json", help="Write the /explain JSON, one line per input.")] = False,
    why: Annotated[bool, typer.Option("--why", help="After the cards, the whole reasoning.")] = False,
    fhir: Annotated[
        bool, typer.Option("--fhir", help="Write the answer as a FHIR Bundle, one line per input.")
    ] = False,
) -> None:
    """Evaluate charts without a server: the cards as an EHR would show them; with --why all that stands behind them.

    The .ndjson files of a folder are read as one bulk export and grouped by patient.

    Exit codes: 0 all inputs were evaluated, 1 at least one could not be read or the rules cannot be loaded, 2 wrong
    usage (no such file).
    """
    from service import pipeline
    from service.domain.errors import ServiceError

    if json_ and fhir:
        refuse("Choose one of --json and --fhir.")
    files, exported = _inputs(source)
    service = with_site(pipeline.start)
    day = as_of.date() if as_of else date.today()
    evaluated = failed = 0
    for name, chart, whose in _charts(files, exported, patient):
        evaluated += 1
        try:
            payload, own = chart(), pipeline.writing(service, whose)
            if fhir:
                write_json(pipeline.guide(payload, day, service, whose, own, datetime.now(UTC)))
            elif json_:
                write_json({"input": name, **pipeline.explain(payload, day, service, whose, own)})
            else:
                _show(name, pipeline.explain(payload, day, service, whose, own), why)
        except ServiceError as problem:
            failed += 1
            echo(f"{name}: {problem}", err=True)
    if failed:
        fail(f"{failed} of {evaluated} could not be read.")
    if exported and not evaluated:
        who = f"patient {patient}" if patient else "a patient"
        fail(f"{source}: no resource in these files names {who}.")


def _inputs(source: str) -> tuple[list[tuple[str, Read]], list[Path]]:
    """The files that hold one chart each, and the files of a bulk export."""
    if source == "-":
        return [("stdin", sys.stdin.buffer.read)], []
    path = Path(source)
    if path.is_dir():
        found = sorted(f for f in path.rglob("*") if f.name.endswith((".json", *_BULK)) and f.is_file())
        if not found:
            refuse(f"{source}: no .json or .ndjson file in this folder.")
    elif path.is_file():
        found = [path]
    else:
        refuse(f"{source}: no such file or folder.")
    bulk = [f for f in found if f.name.endswith(_BULK)]
    return [(str(f), f.read_bytes) for f in found if f not in bulk], bulk


def _charts(
    files: list[tuple[str, Read]], exported: list[Path], patient: str
) -> Iterator[tuple[str, Callable[[], Any], str]]:
    """Name, chart and patient of each input, one at a time, with a progress bar when somebody is watching."""
    for name, body in _watched(files, len(files), "Evaluating"):
        yield name, partial(_parse, body, one_of_many=len(files) > 1), patient
    if not exported:
        return
    with open_export() as export:
        with _reading(sum(path.stat().st_size for path in exported)) as tick:
            export.read(exported, tick)
        total = 1 if patient else export.patients()
        for whose, chart in _watched(export.charts(patient), total, "Evaluating"):
            yield f"Patient/{whose}", partial(list, chart), whose
        for place, reason in export.unread:
            yield place, partial(_refuse, reason), ""


def _parse(body: Read, *, one_of_many: bool) -> Any:
    from service.domain.errors import BadRequest

    raw = body()
    if not raw.strip():
        raise BadRequest("it is empty")
    try:
        parsed = _once(raw)
        if one_of_many and _is_lone(parsed):
            raise BadRequest("one resource is no chart; put each patient's into one Bundle, or all of them into NDJSON")
        return parsed
    except orjson.JSONDecodeError as problem:
        try:
            return [_once(row) for row in raw.splitlines() if row.strip()]
        except orjson.JSONDecodeError:
            raise BadRequest(f"not valid JSON (line {problem.lineno}, column {problem.colno})") from None


def _is_lone(parsed: Any) -> bool:
    """One resource beside other files: taken for a whole chart, it would say nothing of what stands in the others."""
    return isinstance(parsed, dict) and parsed.get("resourceType", "Bundle") != "Bundle"


def _once(text: bytes) -> Any:
    from service.domain.errors import BadRequest

    parsed = orjson.loads(text)
    if duplicate_keys.any_key(text, parsed):
        raise BadRequest("an object in it names the same key twice")
    return parsed


def _refuse(reason: str) -> Any:
    from service.domain.errors import BadRequest

    raise BadRequest(reason)


def _watched(inputs: Iterable[T], count: int, what: str) -> Iterator[T]:
    if count < _MANY or not sys.stderr.isatty():
        yield from inputs
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(inputs, description=what, total=count, console=Console(stderr=True))


@contextmanager
def _reading(size: int) -> Iterator[Callable[[int], None]]:
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Reading", total=size)

        yield partial(progress.advance, task)


def _show(name: str, answer: dict[str, Any], why: bool) -> None:
    from service.cli.report import show

    show(name, answer, why=why)
