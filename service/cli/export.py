"""``backstory export``: the rule records of this installation as FHIR resources, one file each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to; made when it is not there.")],
) -> None:
    """Write the PlanDefinition and the code systems of the rules, the site file included.

    Exit codes: 0 written, 1 the rules cannot be loaded, 2 the folder cannot be written to.
    """
    from service.export import resources
    from service.knowledge import RuleError, load
    from service.settings import Settings

    try:
        known = load(Settings().site)
    except RuleError as problem:
        typer.echo(f"The rules cannot be loaded:\n{problem}", err=True)
        raise typer.Exit(1) from None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for resource in resources(known):
            path = folder / f"{resource['resourceType']}-{resource['id']}.json"
            path.write_bytes(orjson.dumps(resource, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            typer.echo(path)
    except OSError as problem:
        typer.echo(f"{folder}: {problem.strerror}.", err=True)
        raise typer.Exit(2) from None
