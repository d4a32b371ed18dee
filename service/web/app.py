"""The application: settings in, a FastAPI app out, with the rules loaded before the first request."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from service import line
from service.settings import Settings
from service.web import explaining, failures, health, hooks, trace

_DESCRIPTION = (
    "Reads a patient's FHIR chart after lumbar spine surgery and answers with CDS Hooks cards: emergencies, likely "
    "causes of pain with reasons, and the next diagnostic step. Decision support for clinicians; a draft rule set."
)


def create(settings: Settings | None = None) -> FastAPI:
    """Build the app. Raises RuleError when the rules or the site file are wrong: better no start than wrong rules."""
    settings = settings or Settings()
    trace.configure(settings.log_level)
    service = line.start(settings.site)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        trace.log.info("started", rule_set=service.knowledge.version, open=settings.open)
        if settings.open:
            trace.log.warning("open mode: anybody who can reach this port is answered, without authentication")
        yield
        app.state.draining = True

    app = FastAPI(
        title="Backstory",
        version="0.1.0",
        description=_DESCRIPTION,
        lifespan=life,
        redirect_slashes=False,
        docs_url=None,  # the stock pages load scripts from a CDN, which a hospital network does not reach
        redoc_url=None,
    )
    app.state.settings = settings
    app.state.service = service
    failures.install(app)
    for router in (hooks.router, explaining.router, health.router):
        app.include_router(router)
    app.add_middleware(trace.Tracing)
    return app
