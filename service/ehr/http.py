"""One bounded GET: an address that was judged already in; the bytes of a 200, or the reason why not, out.

The only file that imports httpx. It works below httpx's client, which would keep cookies from one patient's call to
the next, follow redirects, and log addresses that hold patient ids.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from service.domain.addresses import Address, may_connect
from service.lean_imports import hidden

with hidden("rich", "pygments"):
    import httpx

_CONNECTIONS = httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=30)
_REMEMBER_NAMES = 30.0

for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # their debug lines hold tokens and patient ids


class Unreachable(Exception):
    """Why an address brought nothing: a short clause without address, token or content."""


@dataclass(frozen=True, slots=True)
class Pool:
    """The connections of one process, kept per host so that no host answers on another one's TLS session."""

    tls: ssl.SSLContext
    transports: dict[str, httpx.AsyncHTTPTransport] = field(default_factory=dict)
    names: dict[tuple[str, int], tuple[float, tuple[str, ...]]] = field(default_factory=dict)


def open_pool(ca_file: Path | None = None) -> Pool:
    """A pool that trusts the public certificate authorities and, where given, the hospital's own."""
    tls = httpx.create_ssl_context(trust_env=False)
    if ca_file is not None:
        tls.load_verify_locations(ca_file)
    return Pool(tls)


async def close(pool: Pool) -> None:
    for transport in pool.transports.values():
        await transport.aclose()
    pool.transports.clear()


_JSON = "application/fhir+json, application/json"

Hold = Callable[[int], None]
"""Told of each piece that came, in bytes; raises where no more may be held."""


def free(_: int) -> None:
    """Nothing is counted."""


async def get(
    pool: Pool,
    address: Address,
    *,
    private: bool,
    token: str,
    limit: int,
    seconds: float,
    accept: str = _JSON,
    hold: Hold = free,
) -> bytes:
    """GET one address. Raises Unreachable for anything but a 200 of at most ``limit`` bytes within ``seconds``, and
    what ``hold`` raises."""
    headers = {"Accept": accept, "Accept-Encoding": "identity"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        async with asyncio.timeout(seconds):
            response = await _send(pool, address, await _resolve(pool, address, private), headers)
            return await _body(response, limit, hold)
    except TimeoutError:
        raise Unreachable("no answer in time") from None
    except (httpx.TransportError, OSError, ValueError, httpx.InvalidURL):
        raise Unreachable("the connection failed") from None


async def _send(pool: Pool, address: Address, ips: tuple[str, ...], headers: dict[str, str]) -> httpx.Response:
    refused: httpx.TransportError = httpx.ConnectError("no address")
    for ip in ips:  # a name may stand for an IPv6 and an IPv4 address of which only one listens
        request = httpx.Request("GET", address.text, headers=headers)
        request.extensions["sni_hostname"] = address.host.strip("[]")
        request.url = request.url.copy_with(host=ip)  # what was checked is what is spoken to: no second look-up
        try:
            return await _transport(pool, address).handle_async_request(request)
        except httpx.ConnectError as error:
            refused = error
    raise refused


async def _body(response: httpx.Response, limit: int, hold: Hold) -> bytes:
    try:
        if response.status_code != 200:
            raise Unreachable(f"the server answered {response.status_code}")
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Unreachable("the answer is compressed, which was not asked for")
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > limit:
                raise Unreachable("the answer is too large")
            hold(len(chunk))
        return bytes(body)
    finally:
        await response.aclose()


def _transport(pool: Pool, address: Address) -> httpx.AsyncHTTPTransport:
    host = address.host if address.scheme == "https" else ""
    if host not in pool.transports:
        pool.transports[host] = httpx.AsyncHTTPTransport(verify=pool.tls, trust_env=False, limits=_CONNECTIONS)
    return pool.transports[host]


async def _resolve(pool: Pool, address: Address, private: bool) -> tuple[str, ...]:
    place = (address.host.strip("[]"), address.port)
    until, ips = pool.names.get(place, (0.0, ()))
    if until < time.monotonic():
        found = await asyncio.get_running_loop().getaddrinfo(*place, type=socket.SOCK_STREAM)
        ips = tuple(dict.fromkeys(str(each[4][0]) for each in found))
        pool.names[place] = (time.monotonic() + _REMEMBER_NAMES, ips)
    if not ips or not all(may_connect(ip, private) for ip in ips):
        raise Unreachable("the address is private or link-local, which is not allowed")
    return ips
