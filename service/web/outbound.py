"""What this process may reach: settings and clients in; one connection pool, its bounds, and who may name what, out."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI

from service.domain import addresses
from service.ehr import clients, fetch, pages, tokens
from service.ehr.clients import Client
from service.ehr.fetch import Limits, Reach
from service.knowledge import RuleError
from service.settings import Settings
from service.web import discovery, doors, request_body
from service.web.jwks import Keyring
from service.web.replay_store import ReplayStore

_KEYS_SECONDS = 2.0
_KEYS_BYTES = 256_000


def install(app: FastAPI, settings: Settings) -> None:
    """Read the clients file and prepare the pool. Raises RuleError when the file is wrong or contradicts open mode."""
    if settings.open and settings.clients is not None:
        raise RuleError(["BACKSTORY_OPEN answers anybody and BACKSTORY_CLIENTS only those listed: choose one."])
    parse = partial(request_body.parse, max_depth=settings.max_depth)
    app.state.clients = clients.load(settings.clients, (*discovery.SERVICES, *doors.DOORS)) if settings.clients else ()
    app.state.page_clients = pages.signing_in(app.state.clients)
    app.state.seen = tokens.Seen()
    app.state.replay_store = ReplayStore(settings.replay_store) if settings.replay_store else None
    app.state.limits = Limits(
        settings.fetch_budget_ms / 1000, settings.fetch_max_body, parse, weigh=request_body.weight
    )
    app.state.pool = _pool(settings)
    app.state.keyring = Keyring(app.state.pool, Limits(_KEYS_SECONDS, _KEYS_BYTES, parse))


def reach(app: FastAPI, client: Client | None) -> Reach:
    """The FHIR servers that a client may name; in open mode those typed into the setting, and this machine's own."""
    if client is not None:
        return Reach(client.fhir_servers, client.allow_private)
    settings: Settings = app.state.settings
    typed = tuple(addresses.parse(each) for each in settings.fhir_servers_listed)
    return Reach(typed, private=True, loopback=not settings.open_anywhere)


def _pool(settings: Settings) -> fetch.Pool:
    try:
        return fetch.open_pool(settings.ca_file)
    except OSError as problem:
        raise RuleError([f"BACKSTORY_CA_FILE cannot be read as certificates: {problem.strerror or problem}."]) from None
