"""``backstory serve``: checks the settings, opens the port, then hands over to uvicorn."""

from __future__ import annotations

import gc
import ipaddress
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.memory_floor import too_little
from service.cli.startup import fail, refuse
from service.cli.startup import settings as read_settings

if TYPE_CHECKING:
    from service.settings import Settings

_LOOPBACK_NAMES = ("localhost",)
_COUNTS = "PROMETHEUS_MULTIPROC_DIR"
_HEALTHCHECK_SECONDS = 60


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=0, max=65535)] = 8080,
    workers: Annotated[int, typer.Option(help="Worker processes; they share nothing.", min=1, max=64)] = 1,
    open_: Annotated[
        bool, typer.Option("--open", help="Answer without authentication; on loopback only, for trying things out.")
    ] = False,
) -> None:
    """Run the service. It needs trusted clients (BACKSTORY_CLIENTS), or --open.

    Exit codes: 0 stopped in order, 1 could not start, 2 wrong usage or refused. SIGTERM stops in order. With several
    workers, one that dies is replaced, and SIGHUP restarts them one by one.
    """
    gc.disable()  # nothing to collect while modules and rules load, and it takes a fifth of that time; see warm_up
    if open_:
        os.environ["BACKSTORY_OPEN"] = "true"
    settings = read_settings()
    if not settings.open and settings.clients is None:
        refuse("No trusted clients: set BACKSTORY_CLIENTS to a clients file, or use --open to try it on this machine.")
    if settings.open and not settings.open_anywhere and not _is_loopback(host):
        refuse(
            f"--open answers anybody, so it listens on loopback only, not on {host}. "
            "Set BACKSTORY_OPEN_ANYWHERE=true if something in front of it authenticates."
        )
    if sentence := too_little(workers):
        refuse(sentence)
    with _listening(host, port) as listener:
        _run(listener, workers, settings)


def _run(listener: socket.socket, workers: int, settings: Settings) -> None:
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from service.domain.errors import ServiceError
    from service.settings import unknown
    from service.web.monitoring import logs

    logs.configure(settings.log_level)
    config = uvicorn.Config(
        "service.web.app:create",
        factory=True,
        workers=workers,
        loop="uvloop",
        http="service.web.guarded_protocol:GuardedProtocol",
        ws="none",
        log_config=None,
        access_log=False,
        log_level="info" if settings.log_level == "DEBUG" else settings.log_level.lower(),
        server_header=False,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.drain_seconds,
        timeout_worker_healthcheck=_HEALTHCHECK_SECONDS,
    )
    if names := unknown(os.environ):
        logs.log.warning("settings that do not exist, so without effect", names=names)
    host, port = listener.getsockname()[:2]
    logs.log.info("starting", host=host, port=port, workers=workers, pid=os.getpid())
    try:
        if workers > 1:
            _check(settings)
            with _shared_counts():
                Multiprocess(config, sockets=[listener]).run()
        else:
            server = uvicorn.Server(config)
            server.run(sockets=[listener])
            if not server.started:
                fail("The service cannot start; the log says why.")
    except ServiceError as problem:
        fail(f"The service cannot start:\n{problem}")
    except KeyboardInterrupt:
        pass


def _check(settings: Settings) -> None:
    """Build the app once before any worker does, so that a mistake is told once and not by every worker."""
    from service.web.app import create

    create(settings)


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as problem:
            fail(f"Cannot listen on {host} port {port}: {problem.strerror}.")
        listener.set_inheritable(True)
        yield listener


@contextmanager
def _shared_counts() -> Iterator[None]:
    """A folder in which the workers keep their counts, so that any of them can answer for all."""
    if _COUNTS in os.environ:
        yield
        return
    try:
        folder = tempfile.mkdtemp(prefix="backstory-counts-")
    except OSError as problem:
        fail(f"Several workers need a folder for their counts ({problem.strerror}): set {_COUNTS}, or mount /tmp.")
    os.environ[_COUNTS] = folder
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _is_loopback(host: str) -> bool:
    if host in _LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
