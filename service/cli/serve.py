"""``backstory serve``: checks the settings, then hands over to uvicorn."""

from __future__ import annotations

import ipaddress
import os
from typing import Annotated

import typer

_LOOPBACK_NAMES = ("localhost",)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8080,
    workers: Annotated[int, typer.Option(help="Worker processes; they share nothing.", min=1, max=64)] = 1,
    open_: Annotated[
        bool, typer.Option("--open", help="Answer without authentication; on loopback only, for trying things out.")
    ] = False,
) -> None:
    """Run the service. It needs trusted clients (BACKSTORY_CLIENTS), or --open.

    Exit codes: 0 stopped in order, 1 could not start, 2 wrong usage or refused.
    """
    import uvicorn

    from service.knowledge import RuleError
    from service.settings import Settings

    if open_:
        os.environ["BACKSTORY_OPEN"] = "true"
    settings = Settings()
    if not settings.open and settings.clients is None:
        _refuse("No trusted clients: set BACKSTORY_CLIENTS to a clients file, or use --open to try it on this machine.")
    if settings.open and not settings.open_anywhere and not _is_loopback(host):
        _refuse(
            f"--open answers anybody, so it listens on loopback only, not on {host}. "
            "Set BACKSTORY_OPEN_ANYWHERE=true if something in front of it authenticates."
        )
    try:
        uvicorn.run(
            "service.web.app:create",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            loop="uvloop",
            http="httptools",
            access_log=False,
            log_level=settings.log_level.lower(),
            server_header=False,
            timeout_graceful_shutdown=settings.drain_seconds,
        )
    except RuleError as problem:
        typer.echo(f"The rules cannot be loaded:\n{problem}", err=True)
        raise typer.Exit(1) from None


def _is_loopback(host: str) -> bool:
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
