"""The public keys of the clients, held in this process: a client and a key id in, its key or nothing out."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from service.ehr import fetch, tokens
from service.ehr.clients import Client
from service.ehr.fetch import Limits, Pool, Unreachable
from service.web.monitoring.logs import log

FRESH = 3_600.0
KEEP = 86_400.0
PAUSE = 30.0


@dataclass(slots=True)
class _Held:
    """What one JWKS address gave, when, and when it was last asked."""

    keys: dict[str, tokens.Key] = field(default_factory=dict)
    read: float = float("-inf")
    asked: float = float("-inf")
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys of one process. An unknown key id makes it ask again, but not twice within ``PAUSE`` seconds."""

    pool: Pool
    limits: Limits
    clock: Callable[[], float] = time.monotonic
    held: dict[str, _Held] = field(default_factory=dict)


async def find(ring: Keyring, client: Client, kid: str) -> tokens.Key | None:
    """The key of this id. Keys typed into the clients file are never fetched."""
    held = ring.held.setdefault(client.name, _Held())
    if client.jwks and not held.keys:
        held.keys, held.read = tokens.keys(list(client.jwks)), float("inf")
    now = ring.clock()
    if kid not in held.keys or now > held.read + FRESH:
        async with held.lock:
            await _ask(ring, client, held, kid)
    return held.keys.get(kid) if ring.clock() <= held.read + KEEP else None


async def _ask(ring: Keyring, client: Client, held: _Held, kid: str) -> None:
    now = ring.clock()
    done_meanwhile = kid in held.keys and now <= held.read + FRESH
    if client.jwks or client.jwks_url is None or done_meanwhile or now < held.asked + PAUSE:
        return
    held.asked = now
    try:
        published = await fetch.get_json(ring.pool, client.jwks_url, client.allow_private, ring.limits)
    except Unreachable as problem:
        log.warning("keys not read", client=client.name, reason=str(problem))
        return
    found = tokens.keys(published)
    if not found:
        log.warning("keys not read", client=client.name, reason="no usable key in it")
        return
    held.keys, held.read = found, now
