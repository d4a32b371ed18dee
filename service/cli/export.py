"""``backstory export``: the rule records of this installation as FHIR resources, one file each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import orjson
import typer

from service.cli.startup import refuse, with_site
from service.cli.terminal import echo


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to; made when it is not there.")],
) -> None:
    """Write the PlanDefinition and the code systems of the rules, the site file included.

    Exit codes: 0 written, 1 the rules cannot be loaded, 2 the folder cannot be written to.
    """
    from service.knowledge import load
    from service.output.fhir.plan_definition import resources

    known = with_site(load)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for resource in resources(known):
            path = folder / f"{resource['resourceType']}-{resource['id']}.json"
            path.write_bytes(orjson.dumps(resource, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
            echo(path)
    except OSError as problem:
        refuse(f"{folder}: {problem.strerror}.")
