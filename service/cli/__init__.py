"""The ``backstory`` command: serve, evaluate, read, replay, rules, codes, export, try."""

from __future__ import annotations

import typer

from service.cli import codes, evaluate, export, read, replay, rules, serve, try_service

app = typer.Typer(
    help="Pain after spine surgery: reads a FHIR chart and says, with reasons, what to look at next.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve.serve)
app.command("evaluate")(evaluate.evaluate)
app.command("read")(read.read)
app.command("replay")(replay.replay)
app.command("export")(export.export)
app.add_typer(rules.app, name="rules")
app.add_typer(codes.app, name="codes")
app.command("try")(try_service.try_)
