"""Lets a request in: headers in, the trusted client (nobody in open mode) out, or one bare 401; the log names why."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import Response

from service.domain import addresses
from service.domain.errors import BadRequest, Unauthorised, UnsupportedMedia
from service.ehr import tokens
from service.ehr.clients import Client
from service.settings import Settings
from service.web import jwks
from service.web.request_context import note


class Guarded(APIRoute):
    """The route class of every router that answers nobody who was not let in.

    An endpoint that takes its request and its path as they are is called directly: FastAPI's own handler works the
    parameters of such an endpoint out again for each call, which would cost as much as the facts of a quiet chart.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        solved, endpoint = super().get_route_handler(), self.endpoint
        needs = self.dependant
        if needs.dependencies or needs.query_params or needs.header_params or needs.cookie_params or needs.body_params:

            async def guarded(request: Request) -> Response:
                await admit(request)
                return await solved(request)

            return guarded

        async def direct(request: Request) -> Response:
            await admit(request)
            answer: Response = await endpoint(request=request, **request.path_params)
            return answer

        return direct


async def admit(request: Request) -> None:
    """Check the JWT of a request against the clients file; the endpoint is the path that was called.

    Once per request: a second check would take the same token for a replay.
    """
    settings: Settings = request.app.state.settings
    try:
        if settings.open:
            _anybody(request, settings)
        request.state.client = None if settings.open else await _checked(request, settings)
    except Unauthorised as refusal:
        note(refused=refusal.check)
        raise


def _anybody(request: Request, settings: Settings) -> None:
    """Open mode on this machine: nobody in particular, but no web page that a browser of this machine happens to show.

    Raises BadRequest for a name that somebody else's server gave to a loopback address, and for a body that does not
    say that it is JSON, which a page may send anywhere without asking.
    """
    if settings.open_anywhere:
        return
    host = request.headers.get("host", "").lower()
    if (host if host.endswith("]") else host.rpartition(":")[0] or host) not in addresses.LOOPBACK:
        raise BadRequest("Open mode is for this machine: call it as 127.0.0.1 or localhost.")
    if request.method == "POST" and "content-type" not in request.headers:
        raise UnsupportedMedia("Say that the body is JSON: Content-Type application/json.")


async def admit_page(request: Request) -> Client | None:
    """Check the id_token with which the page calls; nobody in particular in open mode. Raises Unauthorised."""
    settings: Settings = request.app.state.settings
    if settings.open:
        _anybody(request, settings)
        return None
    try:
        unproven = tokens.read(tokens.bearer(request.headers.getlist("authorization")))
        client = tokens.issuer_of(unproven, request.app.state.page_clients)
        key = await jwks.find(request.app.state.keyring, client, unproven.kid)
        page_id = client.page.client_id if client.page else ""
        tokens.verify_login(unproven, client, key, page_id, time.time(), settings.jwt_leeway_seconds)
    except Unauthorised as refusal:
        note(refused=refusal.check)
        raise
    note(client=client.name)
    return client


def caller(request: Request) -> Client | None:
    """The client that was let in; nobody in particular in open mode. Fails where ``admit`` was not asked."""
    client: Client | None = request.state.client
    return client


async def _checked(request: Request, settings: Settings) -> Client:
    unproven = tokens.read(tokens.bearer(request.headers.getlist("authorization")))
    client = tokens.client_of(unproven, request.app.state.clients)
    key = await jwks.find(request.app.state.keyring, client, unproven.kid)
    now, leeway = time.time(), settings.jwt_leeway_seconds
    proven = tokens.verify(unproven, client, key, _endpoint(request), now, leeway)
    tokens.once(proven, request.app.state.seen, now, leeway)
    if store := request.app.state.replay_store:
        await store.once(proven, now, leeway)
    note(client=client.name)
    return client


def _endpoint(request: Request) -> str:
    path: str = request.scope["path"]
    return path.removeprefix(request.scope.get("root_path", ""))
