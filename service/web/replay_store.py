"""Tokens that were used, remembered for all processes together in a Redis or Valkey; off unless a setting names one.

Without it each process remembers for itself (``tokens.once``), and does so with it too: where the store cannot be
reached, a call is judged by the memory of its process alone, since an outage of the store must stop no card. The store
holds no more than a hash of issuer and jti, until the token has expired.
"""

from __future__ import annotations

import asyncio
import hashlib
import importlib
import time
from collections.abc import Callable
from typing import Any

from service.ehr import tokens
from service.ehr.tokens import Proven
from service.knowledge import RuleError
from service.web.monitoring.logs import log

SECONDS = 0.25
"""That one question may take."""

PAUSE = 30.0
"""Seconds in which a store that failed is not asked again, so that it holds up one call and not each."""

_PREFIX = "backstory:jti:"


class ReplayStore:
    """One for each process. Raises RuleError when the extra that speaks to it is not installed."""

    def __init__(self, address: str, clock: Callable[[], float] = time.monotonic) -> None:
        try:
            client = importlib.import_module("redis.asyncio")
        except ModuleNotFoundError:
            raise RuleError(
                ["BACKSTORY_REPLAY_STORE needs the extra 'shared': pip install backstory-cds[shared]."]
            ) from None
        self._redis: Any = client.Redis.from_url(address, protocol=2, retry=None, socket_timeout=SECONDS)
        self._clock, self._away_until = clock, float("-inf")

    async def once(self, proven: Proven, now: float, leeway: float) -> None:
        """Raises Unauthorised when any process has seen a token of this issuer with this jti before."""
        if self._clock() < self._away_until:
            return
        seconds = max(1, int(proven.expires - now + leeway) + 1)
        try:
            async with asyncio.timeout(SECONDS):
                is_new = await self._redis.set(_key(proven), b"", nx=True, ex=seconds)
        except Exception as problem:  # noqa: BLE001  # whatever a server or its library does, a card is worth more
            self._away_until = self._clock() + PAUSE
            log.warning("replay store not reached", error=type(problem).__name__)
            return
        if not is_new:
            tokens.refuse("jti used before")

    async def close(self) -> None:
        await self._redis.aclose()


def _key(proven: Proven) -> str:
    told = f"{proven.iss}\n{proven.jti}".encode("utf-8", "replace")
    return _PREFIX + hashlib.blake2b(told, digest_size=16).hexdigest()
