"""Browser clients: a list of exact origins in; the CORS middleware out, or nothing when the list is empty."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware


def install(app: FastAPI, origins: Sequence[str]) -> None:
    """Let these origins read answers. No cookies are used here, so no credentials are allowed either."""
    if origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"],
            expose_headers=["X-Request-ID", "X-Backstory-Skipped"],
            allow_credentials=False,
            max_age=600,
        )
