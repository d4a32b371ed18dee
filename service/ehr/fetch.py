"""Fetches what the prefetch of a call lacks: what was gathered in; the same with what the EHR answered in time, out."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urljoin

from service.domain import addresses
from service.domain.addresses import Address
from service.domain.errors import BadRequest, TooLarge
from service.ehr import http, scopes
from service.ehr.http import Hold, Pool, Unreachable, close, open_pool
from service.intake.bundles import FAILED, Gathered, add_answer
from service.intake.hook_request import Call

__all__ = ["Limits", "Pool", "Reach", "Unreachable", "close", "complete", "get_json", "open_pool"]

MAX_PAGES = 50
MOST_WEIGHT = 9_000_000
"""Of all answers to one call together, in bytes, or more where they are dense; files.py has its own bound."""

_SMALL = 64_000
"""Bytes of an answer that is parsed on the event loop."""

_PAGE_SIZE = 200
_GRACE = 0.02  # for cancelled queries to close their connections
_ID = re.compile(r"(?!\.+\Z)[A-Za-z0-9._-]{1,64}", re.ASCII)
_TOKEN = re.compile(r"[!-~]{1,16000}", re.ASCII)
_SLOT = re.compile(r"\{\{context\.(\w+)\}\}")

Parse = Callable[[bytes], object]


@dataclass(frozen=True, slots=True)
class Reach:
    """Which FHIR servers one client may point to, whether those may live at private addresses, and whether any server
    of this very machine will do (for trying things out)."""

    servers: tuple[Address, ...] = ()
    private: bool = False
    loopback: bool = False

    def covers(self, server: Address) -> bool:
        own = self.loopback and server.host in addresses.LOOPBACK
        return own or any(addresses.within(server, base) for base in self.servers)


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds of one call: seconds for everything together, bytes for each answer, and the strict JSON parser.

    ``hold`` counts what was fetched among all that this process holds, and raises Busy when that is too much.
    """

    seconds: float
    body: int
    parse: Parse
    hold: Hold = http.free
    weigh: Callable[[bytes], int] = len


@dataclass(slots=True)
class _Found:
    """What one prefetch key has brought so far; a task adds to it until it is done or out of time."""

    pages: list[object] = field(default_factory=list)
    problem: str = "no answer in time"


def is_needed(gathered: Gathered, call: Call, templates: Mapping[str, str], reach: Reach) -> bool:
    """Whether ``complete`` has something to ask for, and somebody to ask. What nobody can be asked for is named so.

    Raises BadRequest when the token is bound to another patient than the call.
    """
    granted = call.authorization or {}
    bound = granted.get("patient")
    if isinstance(bound, str) and bound and bound.removeprefix("Patient/") != call.patient:
        raise BadRequest("'fhirAuthorization.patient' and 'context.patientId' name different patients.")
    lacking = _lacking(gathered, templates)
    if not lacking and not gathered.pages:
        return False
    server, refused = server_of(call, reach)
    if server is None:
        for key in lacking:
            gathered.unavailable[key] += f"; {refused}"
    return server is not None


def _lacking(gathered: Gathered, templates: Mapping[str, str]) -> list[str]:
    # An error that the EHR has answered already would only be answered again.
    return [key for key, why in gathered.unavailable.items() if why != FAILED and key in templates]


async def complete(
    gathered: Gathered, call: Call, templates: Mapping[str, str], reach: Reach, limits: Limits, pool: Pool
) -> None:
    """Fetch every key that was not sent, and the pages that are left, in parallel and within one time budget.

    What cannot be had stays in ``unavailable`` with its reason, what came in part in ``partial``; nothing is raised
    for it, only what ``limits.hold`` raises. No task outlives the call.
    """
    server, _ = server_of(call, reach)
    if server is None:
        return
    granted, lacking = call.authorization or {}, _lacking(gathered, templates)
    limits = replace(limits, hold=_bounded(limits.hold))
    found = {key: _Found() for key in templates if key in lacking or key in gathered.pages}
    ask = _Ask(server, call, str(granted["access_token"]), reach.private, limits, pool)
    tasks = [
        asyncio.create_task(_read(ask, templates[key], gathered.pages.get(key, ""), each))
        for key, each in found.items()
    ]
    try:
        done, _ = await asyncio.wait(tasks, timeout=limits.seconds)
    finally:
        for task in tasks:
            task.cancel()
    await asyncio.wait(tasks, timeout=_GRACE)
    for task in done:
        task.result()  # an error of ours must be loud
    for key, each in found.items():
        _add(gathered, key, each)


async def get_json(pool: Pool, address: Address, private: bool, limits: Limits, token: str = "") -> object:
    """GET one JSON document. Raises Unreachable, and what ``limits.hold`` raises."""
    body = await http.get(
        pool, address, private=private, token=token, limit=limits.body, seconds=limits.seconds, hold=limits.hold
    )
    if (more := limits.weigh(body) - len(body)) > 0:
        limits.hold(more)
    try:
        return limits.parse(body) if len(body) <= _SMALL else await asyncio.to_thread(limits.parse, body)
    except TooLarge:
        raise Unreachable("the answer is too large") from None
    except BadRequest:
        raise Unreachable("the answer is not sound JSON") from None


def _bounded(hold: Hold) -> Hold:
    """The same for the answers to one call, which are given up when they are too large together."""
    left = MOST_WEIGHT

    def held(more: int) -> None:
        nonlocal left
        left -= more
        if left < 0:
            raise Unreachable("the answers are too large together")
        hold(more)

    return held


@dataclass(frozen=True, slots=True)
class _Ask:
    """What every query of one call has in common. It dies with the call, and the token with it."""

    server: Address
    call: Call
    token: str = field(repr=False)
    private: bool
    limits: Limits
    pool: Pool


def server_of(call: Call, reach: Reach) -> tuple[Address | None, str]:
    """The FHIR server of this call, or why it may not be asked."""
    granted = call.authorization
    if granted is None or not call.fhir_server:
        return None, "no fhirServer with fhirAuthorization to fetch it from"
    token, kind = granted.get("access_token"), granted.get("token_type", "Bearer")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        return None, "fhirAuthorization holds no usable access_token"
    if not isinstance(kind, str) or kind.lower() != "bearer":
        return None, "fhirAuthorization.token_type is not Bearer"
    if not isinstance(granted.get("scope", ""), str):
        return None, "fhirAuthorization.scope is not a text"
    life = granted.get("expires_in")
    if isinstance(life, int | float) and life <= 0:
        return None, "fhirAuthorization has expired"
    if not _ID.fullmatch(call.patient):
        return None, "context.patientId is not a FHIR id"
    try:
        server = addresses.parse(call.fhir_server)
    except ValueError:
        return None, "fhirServer is not an address that may be asked"
    if server.query or not reach.covers(server):
        return None, "fhirServer is not one that this client may name"
    return server, ""


async def _read(ask: _Ask, template: str, next_page: str, found: _Found) -> None:
    """Read one key: its query, once per condition of a narrow scope, and every page. Stops at the first problem."""
    try:
        kind, search = template.partition("?")[0].partition("/")[0], "?" in template
        if next_page:
            starts, cut = [_next(ask, ask.server, next_page)], ""
        else:
            starts, cut = _queries(ask, template, kind, search)
        for start in starts:
            await _pages(ask, start, "Bundle" if search else kind, found)
        found.problem = cut
    except Unreachable as problem:
        found.problem = str(problem)


def _queries(ask: _Ask, template: str, kind: str, search: bool) -> tuple[list[Address], str]:
    if "{{context.patientId}}" not in template:
        raise Unreachable("not a query about this patient alone")
    path = _SLOT.sub(lambda slot: _value(ask.call, slot[1]), template)
    scope = str((ask.call.authorization or {}).get("scope", ""))
    grant = scopes.grant(scope, kind, search)
    if not grant.open and not grant.narrow:
        raise Unreachable("outside the granted scope")
    if search and "_count=" not in path:
        path += f"&_count={_PAGE_SIZE}"
    narrow = [""] if grant.open else [f"{'&' if search else '?'}{each}" for each in grant.narrow]
    cut = "" if grant.open else "the granted scope covers a part only"
    return [_address(ask.server.text.rstrip("/") + "/" + path + each) for each in narrow], cut


def _value(call: Call, name: str) -> str:
    value = call.patient if name == "patientId" else call.context.get(name)
    if not isinstance(value, str) or not value:
        raise Unreachable(f"context.{name} is not there to ask with")
    return quote(value, safe="/" if name == "userId" else "")


async def _pages(ask: _Ask, start: Address, expected: str, found: _Found) -> None:
    here: Address | None = start
    visited: set[str] = set()
    while here is not None:
        if here.text in visited or len(visited) == MAX_PAGES:
            raise Unreachable("the pages do not end")
        visited.add(here.text)
        page = await get_json(ask.pool, here, ask.private, ask.limits, ask.token)
        if not isinstance(page, dict) or page.get("resourceType") != expected:
            raise Unreachable("the answer is not what was asked for")
        found.pages.append(page)
        following = _following(page) if expected == "Bundle" else ""
        here = _next(ask, here, following) if following else None


def _following(page: Mapping[str, object]) -> str:
    links = page.get("link")
    for link in links if isinstance(links, list) else ():
        if isinstance(link, dict) and link.get("relation") == "next" and isinstance(link.get("url"), str):
            return str(link["url"])
    return ""


def _next(ask: _Ask, here: Address, link: str) -> Address:
    start = here.text if here.query else here.text.rstrip("/") + "/"
    address = _address(urljoin(start, link))
    if not addresses.within(address, ask.server):
        raise Unreachable("the next page is on another server")
    return address


def _address(text: str) -> Address:
    try:
        return addresses.parse(text)
    except ValueError:
        raise Unreachable("the address cannot be asked") from None


def _add(gathered: Gathered, key: str, found: _Found) -> None:
    """Add the pages of one key; a problem after the first page leaves a part, before it nothing."""
    begun = key in gathered.pages or bool(found.pages)
    try:
        for page in found.pages:
            add_answer(gathered, key, page)
    except TooLarge:
        found.problem = "too many entries"
    if found.problem and begun and key not in gathered.unavailable:
        gathered.partial[key] = found.problem
    elif found.problem:
        gathered.unavailable[key] = found.problem
    gathered.pages.pop(key, None)
