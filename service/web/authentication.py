"""Lets a request in: headers in, the trusted client (nobody in open mode) out, or one bare 401 for every reason."""

from __future__ import annotations

import time

from fastapi import Request

from service import trust
from service.clients import Client
from service.settings import Settings
from service.web import keyring
from service.web.trace import note


async def admit(request: Request) -> None:
    """Check the JWT of a request against the clients file; the endpoint is the path that was called.

    A dependency of whole routers, once per request: a second check would take the same token for a replay.
    """
    settings: Settings = request.app.state.settings
    request.state.client = None if settings.open else await _checked(request, settings)


def caller(request: Request) -> Client | None:
    """The client that was let in; nobody in particular in open mode. Fails where ``admit`` was not asked."""
    client: Client | None = request.state.client
    return client


async def _checked(request: Request, settings: Settings) -> Client:
    unproven = trust.read(trust.bearer(request.headers.getlist("authorization")))
    client = trust.client_of(unproven, request.app.state.clients)
    key = await keyring.find(request.app.state.keyring, client, unproven.kid)
    now, leeway = time.time(), settings.jwt_leeway_seconds
    proven = trust.verify(unproven, client, key, _endpoint(request), now, leeway)
    trust.once(proven, request.app.state.seen, now, leeway)
    note(client=client.name)
    return client


def _endpoint(request: Request) -> str:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", ""))
