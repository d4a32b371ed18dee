"""``backstory read``: what the reader makes of a text, and how well it reads a hospital's own labelled texts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from service.cli.startup import with_site
from service.cli.terminal import echo, write_json

if TYPE_CHECKING:
    from service.text.bank_score import Score, Verdict
    from service.text.pipeline import Told
    from service.text.vocabulary.language import Language

_MOST_SHOWN = 40


def read(
    source: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|FILE|-",
            help="A text, a file, or - for standard input; with --score or --each a file of labelled rows.",
        ),
    ],
    kind: Annotated[str, typer.Option(help="What the text is: note, report, condition or procedure.")] = "note",
    score: Annotated[
        bool, typer.Option("--score", help="Score labelled rows: kind, labels, text, separated by tabs.")
    ] = False,
    each: Annotated[bool, typer.Option("--each", help="Print what was read of each labelled row, in order.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what is read of a text: each concept with its assertion, place, side, day and words, and what was not
    understood. Exit code 2 when the input cannot be used."""
    from service.text import labels as texts

    language, raw = _language()
    if score or each:
        _bank(source, language, raw, score=score, each=each, as_json=as_json)
        return
    if kind not in texts.KINDS:
        _refuse(f"The kind '{kind[:40]}' is none of {', '.join(texts.KINDS)}.")
    told = texts.read_alone(_text_of(source), kind, language, texts.today())
    if as_json:
        write_json(_as_object(told, language, kind))
    else:
        _show(told)


def _language() -> tuple[Language, Any]:
    from service.findings.case_sheet import compiled
    from service.knowledge import load

    raw = with_site(load).language
    return compiled(raw), raw


def _bank(source: str, language: Language, raw: Any, *, score: bool, each: bool, as_json: bool) -> None:
    from service.text import bank_score

    try:
        rows = bank_score.parse(_text_of(source, must_be_file=True).splitlines())
    except bank_score.BankError as error:
        _refuse(f"{error}.")
    optional, emergencies = bank_score.tables_of(raw)
    verdicts = [bank_score.judge(row, language, optional) for row in rows]
    if each:
        for verdict in verdicts:
            if as_json:
                write_json({"labels": list(verdict.read), "notUnderstood": list(verdict.not_understood)})
            else:
                echo(f"{' '.join(verdict.read) or '-'}\t{verdict.row.text}")
    if score:
        total = bank_score.score(verdicts, emergencies)
        if as_json:
            write_json(_score_as_object(total))
        else:
            _show_score(total, verdicts)


def _text_of(source: str, *, must_be_file: bool = False) -> str:
    if source == "-":
        return sys.stdin.buffer.read().decode("utf-8", "replace")
    path = Path(source) if len(source) < 1_000 and "\n" not in source and "\0" not in source else None
    try:
        if path is not None and path.is_file():
            return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        _refuse(f"{source[:200]} cannot be read: {error}.")
    if must_be_file:
        _refuse(f"There is no file {source[:200]}.")
    return source


def _refuse(sentence: str) -> None:
    echo(sentence, err=True)
    raise typer.Exit(2)


def _as_object(told: Told, language: Language, kind: str) -> dict[str, Any]:
    from service.text.labels import labels

    return {
        "labels": list(labels(told.statements, language, kind, listed=True)),
        "statements": [
            {
                "concept": s.concept,
                "assertion": s.polarity.value,
                "over": s.closed,
                "levels": list(s.place.segments),
                "region": s.place.region,
                "side": s.side.value,
                "from": s.onset.first.isoformat() if s.onset else None,
                "words": s.words,
            }
            for s in told.statements
        ],
        "setAside": [{"words": a.words, "reason": a.reason} for a in told.set_aside],
        "notUnderstood": [m.words for m in told.not_understood],
    }


def _show(told: Told) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from service.cli.report import console

    table = Table(box=box.SIMPLE)
    for heading in ("Concept", "Assertion", "Where", "Side", "Since", "Words"):
        table.add_column(heading)
    for s in told.statements:
        where = " ".join(s.place.segments) or s.place.region
        since = s.onset.first.isoformat() if s.onset else ""
        said = f"{s.polarity.value}, over" if s.closed else s.polarity.value
        side = "" if s.side.value == "unknown" else s.side.value
        table.add_row(*(Text(cell) for cell in (s.concept, said, where, side, since, s.words)))
    console().print(table if told.statements else Text("Nothing was read of this text."))
    for aside in told.set_aside:
        console().print(Text(f"Set aside ({aside.reason}): {aside.words}"))
    for missed in told.not_understood:
        console().print(Text(f"Not understood: {missed.words}"))


def _score_as_object(total: Score) -> dict[str, Any]:
    return {
        "rows": total.rows,
        "precision": round(total.precision, 4),
        "recall": round(total.recall, 4),
        "emergencies": {"read": total.emergencies_right, "missed": total.emergencies_missed},
        "falseAlarms": total.false_alarms,
        "dangerous": total.dangerous,
        "concepts": {
            name: {"right": right, "missed": missed, "extra": extra}
            for name, (right, missed, extra) in total.by_concept.items()
        },
    }


def _show_score(total: Score, verdicts: list[Verdict]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from service.cli.report import console

    console().print(
        f"{total.rows} rows: precision {total.precision:.3f}, recall {total.recall:.3f}, emergencies "
        f"{total.emergencies_right} of {total.emergencies_right + total.emergencies_missed}, "
        f"dangerous readings {total.dangerous}, false alarms {total.false_alarms}"
    )
    table = Table("Concept", "Right", "Missed", "Extra", box=box.SIMPLE)
    for name, (right, missed, extra) in sorted(total.by_concept.items(), key=lambda item: -sum(item[1][1:])):
        if missed or extra:
            table.add_row(name, str(right), str(missed), str(extra))
    console().print(table)
    wrong = [v for v in verdicts if v.missed or v.extra]
    for verdict in sorted(wrong, key=lambda v: not v.dangerous)[:_MOST_SHOWN]:
        lost, more = " ".join(sorted(verdict.missed)), " ".join(sorted(verdict.extra))
        console().print(Text(f"{'DANGEROUS ' if verdict.dangerous else ''}{verdict.row.text}"))
        console().print(Text(f"    missed: {lost or '-'}   extra: {more or '-'}"), style="dim")
    if len(wrong) > _MOST_SHOWN:
        console().print(f"… and {len(wrong) - _MOST_SHOWN} more rows that differ")
