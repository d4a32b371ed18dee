"""The application: settings in, a FastAPI app out, with the rules loaded before the first request."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service import card_ids, fetch, line
from service.settings import Settings
from service.web import (
    cors,
    drain,
    explaining,
    failures,
    feedback,
    fhir,
    health,
    hooks,
    metrics,
    reaching,
    telemetry,
    trace,
    warm_up,
)

_DESCRIPTION = (
    "Reads a patient's FHIR chart after lumbar spine surgery and answers with CDS Hooks cards: emergencies, likely "
    "causes of pain with reasons, and the next diagnostic step. Decision support for clinicians; a draft rule set."
)


def create(settings: Settings | None = None) -> FastAPI:
    """Build the app. Raises RuleError when the rules or the site file are wrong: better no start than wrong rules."""
    settings = settings or Settings()
    trace.configure(settings.log_level)
    telemetry.start(wanted=settings.otel)
    service = line.start(settings.site)
    topics = card_ids.topics_of(service.knowledge)
    metrics.started(service.knowledge.version, (*topics.values(), card_ids.UNKNOWN), silent=settings.silent)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        warm_up.warm_up(service)
        drain.on_sigterm(app, settings.drain_seconds_before_close)
        trace.log.info(
            "ready", pid=os.getpid(), rule_set=service.knowledge.version, open=settings.open, silent=settings.silent
        )
        if settings.open:
            trace.log.warning("open mode: anybody who can reach this port is answered, without authentication")
        yield
        app.state.draining = True
        await fetch.close(app.state.pool)
        trace.log.info("stopped", pid=os.getpid())

    app = FastAPI(
        title="Backstory",
        version="0.1.0",
        description=_DESCRIPTION,
        lifespan=life,
        redirect_slashes=False,
        docs_url=None,  # the stock pages load scripts from a CDN, which a hospital network does not reach
        redoc_url=None,
    )
    app.state.draining = False
    app.state.settings = settings
    app.state.service = service
    app.state.topics = topics
    app.state.heard = feedback.Heard()
    failures.install(app)
    reaching.install(app, settings)
    for router in (hooks.router, feedback.router, explaining.router, fhir.router, health.router, metrics.router):
        app.include_router(router)
    app.add_middleware(trace.Tracing)
    cors.install(app, settings.cors_origins_listed)
    return app
