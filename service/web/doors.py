"""The doors beside the hooks that take a chart: who may use them, and what has to stay unsaid there too."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from fastapi import Request

from service import pipeline
from service.domain.errors import UnknownResource
from service.settings import Settings
from service.web.authentication import caller

EXPLAIN, EVALUATE = "explain", "evaluate"
DOORS = (EXPLAIN, EVALUATE)
"""What ``services`` of a client may name beside the CDS services; ``evaluate`` are the FHIR operations."""


class Silence(NamedTuple):
    """Whether all cards are held back, and of which records they are."""

    everything: bool
    records: Collection[str]


def enter(request: Request, door: str) -> Silence:
    """Let a client in that is limited to nothing, or to this door among others; say what it is not to be told.

    Raises UnknownResource, as for an address that does not exist.
    """
    client = caller(request)
    if client is not None and not client.may_call(door):
        raise UnknownResource("There is nothing at this address for this client.")
    settings: Settings = request.app.state.settings
    service: pipeline.Service = request.app.state.service
    return Silence(settings.silent or (client is not None and client.silent), service.knowledge.silenced)
