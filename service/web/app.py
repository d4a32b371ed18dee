"""The application: settings in, a FastAPI app out, with the rules loaded before the first request."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service import pipeline
from service.ehr import fetch
from service.output.cards import ids
from service.settings import Settings
from service.web import (
    cds_hooks,
    cors,
    drain,
    error_responses,
    explain,
    feedback,
    fhir_operations,
    health,
    in_flight,
    lane,
    outbound,
    rule_pages,
    warm_up,
)
from service.web.monitoring import logs, metrics, telemetry, tracing
from service.web.page import routes as page

_DESCRIPTION = (
    "Reads a patient's FHIR chart after lumbar spine surgery and answers with CDS Hooks cards: emergencies, likely "
    "causes of pain with reasons, and the next diagnostic step. Decision support for clinicians; a draft rule set."
)


def create(settings: Settings | None = None) -> FastAPI:
    """Build the app. Raises RuleError when the rules or the site file are wrong: better no start than wrong rules."""
    settings = settings or Settings()
    logs.configure(settings.log_level)
    telemetry.start(wanted=settings.otel)
    service = pipeline.start(settings.site)
    topics = ids.topics_of(service.knowledge)
    metrics.started(service.knowledge.version, (*topics.values(), ids.UNKNOWN), silent=settings.silent)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        warm_up.warm_up(service)
        drain.on_sigterm(app, settings.drain_seconds_before_close)
        logs.log.info(
            "ready", pid=os.getpid(), rule_set=service.knowledge.version, open=settings.open, silent=settings.silent
        )
        if settings.open:
            logs.log.warning("open mode: anybody who can reach this port is answered, without authentication")
        yield
        app.state.draining = True
        app.state.lane.close()
        await fetch.close(app.state.pool)
        if app.state.replay_store:
            await app.state.replay_store.close()
        logs.log.info("stopped", pid=os.getpid())

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
    app.state.lane = lane.Lane(settings.max_waiting)
    error_responses.install(app)
    outbound.install(app, settings)
    page.install(app, settings)
    for router in (
        cds_hooks.router,
        feedback.router,
        explain.router,
        fhir_operations.router,
        health.router,
        metrics.router,
        page.router,
    ):
        app.include_router(router)
    rule_pages.install(app)
    app.add_middleware(in_flight.InFlight, limit=settings.max_in_flight)
    app.add_middleware(tracing.Tracing)
    cors.install(app, settings.cors_origins_listed)
    return app
