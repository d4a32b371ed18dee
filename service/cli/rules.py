"""``backstory rules``: the records as prose for the people who answer for them."""

from __future__ import annotations

from typing import Annotated

import typer

from service.cli.startup import with_site

app = typer.Typer(help="Read and check the rule records.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """One line per record: id, status, title, as this installation runs it; below, what the site file changed."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from service.cli.report import console
    from service.knowledge import load

    known = with_site(load)
    table = Table(box=box.SIMPLE)
    for heading in ("Id", "Kind", "Status", "Title"):
        table.add_column(heading)
    for record in known.records:
        table.add_row(record.id, record.kind, record.status, record.title)
    for ident, reason in known.disabled.items():
        table.add_row(ident, "", "off here", reason)
    console().print(table)
    for change in known.overrides:
        console().print(Text(change))


@app.command()
def show(
    ident: Annotated[str, typer.Argument(metavar="ID", help="Id of a record, e.g. recurrent-herniation.")],
) -> None:
    """One record as prose, with its evidence. Exit code 2 when there is no such record."""
    from difflib import get_close_matches

    from rich.markdown import Markdown

    from service.cli.report import console
    from service.knowledge import load
    from service.knowledge.prose import describe

    known = with_site(load)
    found = {record.id: record for record in known.records}
    if ident not in found:
        near = get_close_matches(ident, found, 3)
        hint = f" Did you mean {' or '.join(near)}?" if near else " `backstory rules list` names them all."
        typer.echo(f"There is no record '{ident}'.{hint}", err=True)
        raise typer.Exit(2)
    console().print(Markdown(describe(found[ident], known)))


@app.command()
def check() -> None:
    """Hold every record to the laws of the rule set, and the site file too. Exit code 1 when one is broken."""
    from service.knowledge import load
    from service.knowledge.laws import violations
    from service.reasoning import vignettes
    from service.reasoning.engine import Engine

    broken = violations() or vignettes.violations(Engine(known := load()), known)
    for sentence in broken:
        typer.echo(sentence, err=True)
    if broken:
        typer.echo(f"{len(broken)} violations.", err=True)
        raise typer.Exit(1)
    here = with_site(load)
    typer.echo("All records keep the laws.")
    for change in here.overrides:
        typer.echo(f"Changed by the site: {change}")


@app.command()
def coverage() -> None:
    """Entries that no vignette exercises. Exit code 1 when there are any."""
    from service.knowledge import load
    from service.reasoning import vignettes

    idle = vignettes.never_exercised(load())
    for key in idle:
        typer.echo(key)
    if idle:
        typer.echo(f"{len(idle)} entries hold in no vignette.", err=True)
        raise typer.Exit(1)
    typer.echo("Every entry holds in at least one vignette.")
