"""Stopping without losing a call: SIGTERM in; not ready at once, still serving for a while, then an orderly stop."""

from __future__ import annotations

import asyncio
import signal
import threading

from fastapi import FastAPI

from service.web.monitoring.logs import log

LAST_SECONDS = 1.0
"""How long a connection that was accepted last may take to send its request, before uvicorn closes what is idle."""


def on_sigterm(app: FastAPI, seconds: float) -> None:
    """SIGTERM: not ready; ``seconds`` later, when a balancer has turned to the others, no new connections; then stop.

    uvicorn has set its own handler by now. It would close the listener and every idle connection in one go, and with
    them a connection that was accepted a moment ago and whose request is on its way; so the listener goes first. Where
    workers share a listener, the others take what waits in it. A second SIGTERM stops at once. Ctrl+C is left alone.
    Outside of a server's main thread there is nothing to do.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    stop = signal.getsignal(signal.SIGTERM)
    if not callable(stop):
        return
    loop = asyncio.get_running_loop()

    def close() -> None:
        stop(signal.SIGINT, None)  # as on Ctrl+C: the process then ends with exit code 0, not as one that was killed

    def stop_listening() -> None:
        for listener in getattr(getattr(stop, "__self__", None), "servers", ()):
            listener.close()
        loop.call_later(LAST_SECONDS, close)

    def drain() -> None:
        again, app.state.draining = app.state.draining, True
        if again or seconds <= 0:
            close()
            return
        log.info("draining", seconds=seconds)
        loop.call_later(seconds, stop_listening)

    signal.signal(signal.SIGTERM, lambda *_: loop.call_soon_threadsafe(drain))
