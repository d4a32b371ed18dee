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
MOST_ASKED = 5
"""Times in ``PAUSE`` seconds that one address is asked, whatever key ids tokens name."""

_MOST_ABSENT = 1_000


@dataclass(slots=True)
class _Held:
    """What one JWKS address gave and when; when it was asked lately; and which key ids it was found not to have."""

    keys: dict[str, tokens.Key] = field(default_factory=dict)
    read: float = float("-inf")
    asked: list[float] = field(default_factory=list)
    absent: dict[str, float] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass(frozen=True, slots=True)
class Keyring:
    """All keys of one process. A key id that is not held makes it ask, for each id once in ``PAUSE`` seconds."""

    pool: Pool
    limits: Limits
    clock: Callable[[], float] = time.monotonic
    held: dict[str, _Held] = field(default_factory=dict)


async def find(ring: Keyring, client: Client, kid: str) -> tokens.Key | None:
    """The key of this id. Keys typed into the clients file are never fetched; keys that were read are used for a day,
    whatever becomes of their address."""
    held = ring.held.setdefault(client.name, _Held())
    if client.jwks and not held.keys:
        held.keys, held.read = tokens.keys(list(client.jwks)), float("inf")
    known, now = kid in held.keys, ring.clock()
    if known and now <= held.read + FRESH:
        return held.keys[kid]
    # A key that is held serves as it is while somebody else asks, or somebody asked a moment ago.
    if not (known and (held.lock.locked() or _asked(held, now)) and now <= held.read + KEEP):
        before = len(held.asked), held.read
        async with held.lock:
            if before == (len(held.asked), held.read):
                await _ask(ring, client, held, kid)
    return held.keys.get(kid) if ring.clock() <= held.read + KEEP else None


def _asked(held: _Held, now: float) -> int:
    """How often it was asked lately."""
    held.asked = [at for at in held.asked if at > now - PAUSE]
    return len(held.asked)


async def _ask(ring: Keyring, client: Client, held: _Held, kid: str) -> None:
    now = ring.clock()
    if client.jwks or client.jwks_url is None or held.absent.get(kid, 0.0) > now or _asked(held, now) >= MOST_ASKED:
        return
    held.asked.append(now)
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
    if kid not in found:
        if len(held.absent) >= _MOST_ABSENT:
            held.absent.clear()
        held.absent[kid] = now + PAUSE
