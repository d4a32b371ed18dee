"""Fetches the documents that a chart only points to: a record in; the same with what their addresses brought, out."""

from __future__ import annotations

import asyncio
import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urljoin

from service.domain import addresses
from service.domain.addresses import Address
from service.domain.errors import BadRequest
from service.ehr import http, scopes
from service.ehr.fetch import Limits, Pool, Reach, Unreachable, server_of
from service.fhir import resources
from service.fhir.record import File, Record
from service.intake.hook_request import Call
from service.text.documents import opening

MOST_BYTES = 6_000_000
"""Of all documents of one call."""

_AT_ONCE = 8
_GRACE = 0.02  # for cancelled queries to close their connections
_ACCEPT = "application/fhir+json, application/json;q=0.9, */*;q=0.8"
"""A Binary as a resource, where the server makes one of it; else the file itself."""
_BINARY = re.compile(rb'\s{0,20}\{(?=[^\x00]{0,2000}"resourceType")')
_FAILED = "its text could not be fetched"
_LATE = f"{_FAILED}: no answer in time"
_TOO_MANY = "not fetched: newer documents filled what one call may fetch"


def is_needed(record: Record, call: Call, reach: Reach, most: int) -> bool:
    """Whether a document is only pointed to, and there is a server to ask for it."""
    return most > 0 and next(_wanted(record), None) is not None and server_of(call, reach)[0] is not None


async def fetch(record: Record, call: Call, reach: Reach, limits: Limits, pool: Pool, most: int) -> Record:
    """Fetch the newest ``most`` documents that are only pointed to, from the FHIR server of the call and nowhere else,
    within ``limits.seconds``. Each that cannot be had is named by its reason; nothing is raised for it, only what
    ``limits.hold`` raises."""
    server, _ = server_of(call, reach)
    if server is None:
        return record
    wanted = list(dict.fromkeys(_wanted(record)))
    files = {url: File(problem=_TOO_MANY) for url in wanted[most:]}
    places = {url: _place(url, server, call) for url in wanted[:most]}
    files |= {url: place for url, place in places.items() if isinstance(place, File)}
    asked = {url: place for url, place in places.items() if isinstance(place, Address)}
    files |= await _all(asked, call, reach, limits, pool)
    return replace(record, files=files, missing=tuple(sorted({*record.missing, *_lacking(record, files)})))


def _lacking(record: Record, files: Mapping[str, File]) -> Iterator[str]:
    """The prefetch keys of which a document could not be had."""
    for carrier in opening.carriers_of(record):
        found = [files[form.url].problem for form in opening.forms_of(carrier) if form.url and form.url in files]
        if any(problem and problem != _TOO_MANY for problem in found):
            yield "diagnosticReports" if isinstance(carrier, resources.DiagnosticReport) else "documents"


def _wanted(record: Record) -> Iterator[str]:
    """The addresses of documents, newest first; of the forms of one document those that are the easiest to read."""
    for carrier in opening.carriers_of(record):
        for alike in opening.by_ease(opening.forms_of(carrier)):
            yield from (form.url for form in alike if form.url and not form.data)
            if any(form.url or form.data for form in alike):
                break


def _place(url: str, server: Address, call: Call) -> Address | File:
    """Where a document lies, or why it may not be asked for there."""
    try:
        place = addresses.parse(urljoin(server.text.rstrip("/") + "/", url))
    except ValueError:
        return File(problem="its address cannot be asked")
    if not addresses.within(place, server):
        return File(problem="it lies on another server, which is not asked")
    scope = str((call.authorization or {}).get("scope", ""))
    if not scopes.grant(scope, "Binary", search=False).open:
        return File(problem="outside the granted scope (Binary)")
    return place


async def _all(asked: dict[str, Address], call: Call, reach: Reach, limits: Limits, pool: Pool) -> dict[str, File]:
    if not asked or limits.seconds <= 0:
        return dict.fromkeys(asked, File(problem=_LATE))
    token = str((call.authorization or {})["access_token"])
    gate = asyncio.Semaphore(_AT_ONCE)
    left = MOST_BYTES

    async def one(place: Address) -> File:
        nonlocal left
        async with gate:
            if left <= 0:
                return File(problem=_TOO_MANY)
            try:
                body = await http.get(
                    pool,
                    place,
                    private=reach.private,
                    token=token,
                    limit=limits.body,
                    seconds=limits.seconds,
                    accept=_ACCEPT,
                    hold=limits.hold,
                )
            except Unreachable as problem:
                return File(problem=f"{_FAILED}: {problem}")
            left -= len(body)
            return _file(body, limits)

    tasks = {url: asyncio.create_task(one(place)) for url, place in asked.items()}
    try:
        await asyncio.wait(tasks.values(), timeout=limits.seconds)
    finally:
        for task in tasks.values():
            task.cancel()
    await asyncio.wait(tasks.values(), timeout=_GRACE)
    return {url: _result(task) for url, task in tasks.items()}


def _result(task: asyncio.Task[File]) -> File:
    return task.result() if task.done() and not task.cancelled() else File(problem=_LATE)


def _file(body: bytes, limits: Limits) -> File:
    """The bytes of an answer, whether the server sent them alone or inside of a Binary resource."""
    if not _BINARY.match(body):
        return File(body)
    try:
        told = limits.parse(body)
    except BadRequest:
        return File(body)
    if not isinstance(told, dict) or told.get("resourceType") != "Binary":
        return File(problem=f"{_FAILED}: the answer is not what was asked for")
    data, kind = told.get("data"), told.get("contentType")
    try:
        raw = b64decode("".join(data.split()), validate=True) if isinstance(data, str) else b""
    except ValueError:
        return File(problem="its data is no base64")
    return File(raw, kind if isinstance(kind, str) else "")
