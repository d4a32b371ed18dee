"""``backstory rules``: the records as prose for the people who answer for them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.startup import fail, refuse, settings, with_site
from service.cli.terminal import echo

app = typer.Typer(help="Read, check, review and sign the rule records.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """One line per record and family of frames: id, status, title, as it runs here; below, what the site changed."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from service.cli.report import console
    from service.knowledge import frame_families, load

    known = with_site(load)
    table = Table(box=box.SIMPLE)
    for heading in ("Id", "Kind", "Status", "Title"):
        table.add_column(heading)
    for record in known.records:
        table.add_row(record.id, record.kind, record.status, record.title)
    for family in frame_families.families():
        table.add_row(family.id, "frames", family.status, family.title)
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
        echo(f"There is no record '{ident}'.{hint}", err=True)
        raise typer.Exit(2)
    console().print(Markdown(describe(found[ident], known)))


@app.command()
def check() -> None:
    """Hold every record to the laws of the rule set, and the site file too. Exit code 1 when one is broken.

    A signature that has ended is a warning; content that was edited after it was signed breaks a law.
    """
    from service.findings.case_sheet import compiled
    from service.knowledge import frame_families, load, signatures
    from service.knowledge.laws import violations
    from service.reasoning import vignettes
    from service.reasoning.engine import Engine
    from service.text.vocabulary.language import LanguageError

    broken = violations() or vignettes.violations(Engine(known := load()), known)
    for sentence in broken:
        echo(sentence, err=True)
    if broken:
        echo(f"{len(broken)} violations.", err=True)
        raise typer.Exit(1)
    here = with_site(load)
    try:
        compiled(here.language)
    except LanguageError as broken_entry:
        fail(f"The language data cannot be used: {broken_entry}")
    echo("All records keep the laws.")
    for sentence in signatures.expired([*here.records, *frame_families.families()], datetime.now().date()):
        echo(f"Warning: {sentence}", err=True)
    for change in here.overrides:
        echo(f"Changed by the site: {change}")


@app.command()
def review(
    out: Annotated[Path, typer.Option(help="The file to write; it opens in any browser and prints.")],
    idents: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Only these records or families (language/pain).")
    ] = None,
) -> None:
    """Write the review pack: each record as prose with its examples, sources and lines for a signature, to be printed.

    Language frames come a family at a time, with what each reads and rejects. Exit code 2 for an unknown id.
    """
    from service.knowledge import load, site
    from service.knowledge.signing import content_hashes, short
    from service.output.rulebook import pack
    from service.output.rulebook.shelves import Rulebook

    book = Rulebook(with_site(load))
    where = settings().site
    extra = site.read(where, []).extra_rules if where else ()
    codes = {ident: short(told) for ident, told in content_hashes(extra=extra).items()}
    unknown = [ident for ident in idents or () if ident not in book.told and ident not in book.families]
    if unknown:
        refuse(f"There is no record or family '{unknown[0]}'. `backstory rules list` names them all.")
    try:
        out.write_text(pack.write(book, codes, datetime.now().date(), idents or ()), "utf-8")
    except OSError as problem:
        fail(f"{out} cannot be written: {problem.strerror}.")
    echo(f"Written: {out}")


@app.command()
def sign(
    ident: Annotated[str, typer.Argument(metavar="ID", help="Id of a record, or of a family: language/pain.")],
    reviewer: Annotated[str, typer.Option(help="Who answers for it: the name as it stands under the signature.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Day by which it is to be reviewed again.")],
    content: Annotated[str, typer.Option(help="The code on the signed sheet: other content is refused.")] = "",
) -> None:
    """Make a record, or a family of language frames, active under a clinician's name, for its content of now.

    Writes status, reviewer, date, end and hash into its file; an edit ends the signature. Exit code 2 when refused.
    """
    from service.knowledge import signing, site
    from service.knowledge.signing import SigningError

    where = settings().site
    extra = site.read(where, []).extra_rules if where else ()
    try:
        path = signing.sign(ident, reviewer, until.date(), today=datetime.now().date(), content=content, extra=extra)
    except SigningError as problem:
        refuse(str(problem))
    echo(f"Signed: {path}")


@app.command()
def coverage() -> None:
    """Entries that no vignette exercises. Exit code 1 when there are any."""
    from service.knowledge import load
    from service.reasoning import vignettes

    idle = vignettes.never_exercised(load())
    for key in idle:
        echo(key)
    if idle:
        echo(f"{len(idle)} entries hold in no vignette.", err=True)
        raise typer.Exit(1)
    echo("Every entry holds in at least one vignette.")
