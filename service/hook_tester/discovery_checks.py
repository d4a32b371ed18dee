"""Checks on discovery and its prefetch templates (DI, PT)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl

from service.hook_tester.exchanges import Seen

Check = Callable[[Seen], Iterable[str]]

_KNOWN = frozenset({"id", "hook", "title", "description", "prefetch", "usageRequirements", "version", "hookVersion",
                    "extension"})  # fmt: skip
_PATH_SAFE = re.compile(r"[A-Za-z0-9._~\-]+")
_TOKEN = re.compile(r"\{\{\s*([^}]*?)\s*\}\}")
_USER = frozenset({"userPractitionerId", "userPractitionerRoleId", "userPatientId", "userRelatedPersonId"})
_PRIMITIVES = frozenset({"userId", "patientId", "encounterId", "performer"})
_READ = re.compile(r"[A-Z][A-Za-z]+/[^/?]+|\{\{context\.userId\}\}")
_SEARCH = re.compile(r"[A-Z][A-Za-z]+\?.+")
_NAME = re.compile(r"(_count|_sort|_maxresults|_id|[a-z][a-z\-]*)(:in)?")
_BARRED_PREFIX = re.compile(r"(ne|sa|eb|ap)\d{4}")
_CATALOGUE_HOOK = re.compile(r"[a-z]+(-[a-z]+)+")
_OWN_HOOK = re.compile(r"[a-z0-9\-]+(\.[a-z0-9\-]+)+")


def _templates(seen: Seen) -> Iterator[tuple[str, str]]:
    for service in seen.services:
        held = service.get("prefetch")
        if isinstance(held, dict):
            yield from ((f"{service.get('id')}.{key}", value) for key, value in held.items() if isinstance(value, str))


def _text(name: str, *, required: bool) -> Check:
    def check(seen: Seen) -> Iterator[str]:
        for service in seen.services:
            value = service.get(name)
            if (required or name in service) and (not isinstance(value, str) or not value):
                yield f"{service.get('id')}: {name} is no text"

    return check


def _di_01(seen: Seen) -> Iterator[str]:
    if seen.discovery.status != 200:
        yield f"status {seen.discovery.status}"


def _di_02(seen: Seen) -> Iterator[str]:
    if not isinstance(seen.discovery.body, dict) or not isinstance(seen.discovery.body.get("services"), list):
        yield "no array 'services'"


def _di_06(seen: Seen) -> Iterator[str]:
    for service in seen.services:
        if not isinstance(service.get("id"), str) or not _PATH_SAFE.fullmatch(service["id"]):
            yield f"id {service.get('id')!r}"


def _di_08(seen: Seen) -> Iterator[str]:
    for service in seen.services:
        held: Any = service.get("prefetch", {"a": "b"})
        if not isinstance(held, dict) or not held or not all(isinstance(v, str) and v for v in held.values()):
            yield f"{service.get('id')}: prefetch"


def _di_09(seen: Seen) -> Iterator[str]:
    for name in ("usageRequirements", "version", "hookVersion"):
        yield from _text(name, required=False)(seen)


def _di_12(seen: Seen) -> Iterator[str]:
    pairs = [(s.get("id"), s.get("hook")) for s in seen.services]
    if len(pairs) != len(set(pairs)):
        yield "one (id, hook) pair is listed twice"


def _di_14(seen: Seen) -> Iterator[str]:
    for service in seen.services:
        hook = str(service.get("hook"))
        if not _CATALOGUE_HOOK.fullmatch(hook) and not _OWN_HOOK.fullmatch(hook):
            yield f"hook name {hook}"


def _di_16(seen: Seen) -> Iterator[str]:
    for service in seen.services:
        if unknown := set(service) - _KNOWN:
            yield f"{service.get('id')}: {', '.join(sorted(unknown))}"


def _di_17(seen: Seen) -> Iterator[str]:
    if seen.discovery.body != seen.again.body:
        yield "two reads differ"


def _pt_01(seen: Seen) -> Iterator[str]:
    for name, template in _templates(seen):
        if not _READ.fullmatch(template) and not _SEARCH.fullmatch(template):
            yield f"{name}: {template}"
        if "$" in template or "_history" in template or "://" in template:
            yield f"{name}: {template}"


def _pt_02(seen: Seen) -> Iterator[str]:
    for name, template in _templates(seen):
        for token in _TOKEN.findall(template):
            if not token.startswith("context.") and token not in _USER:
                yield f"{name}: {token}"


def _pt_03(seen: Seen) -> Iterator[str]:
    for name, template in _templates(seen):
        for token in _TOKEN.findall(template):
            if token not in _USER and token.removeprefix("context.") not in _PRIMITIVES:
                yield f"{name}: {token}"


def _pt_09(seen: Seen) -> Iterator[str]:
    for name, template in _templates(seen):
        for parameter, value in parse_qsl(template.partition("?")[2], keep_blank_values=True):
            if not _NAME.fullmatch(parameter) or _BARRED_PREFIX.match(value) or parameter in ("_elements", "_summary"):
                yield f"{name}: {parameter}"


def _pt_12(seen: Seen) -> Iterator[str]:
    for name, template in _templates(seen):
        bare = _TOKEN.sub("", template)
        names = [parameter for parameter, _ in parse_qsl(template.partition("?")[2], keep_blank_values=True)]
        if re.search(r"[ #<>%]", bare) or len(names) != len(set(names)):
            yield f"{name}: {template}"


CHECKS: dict[str, Check] = {
    "DI-01": _di_01,
    "DI-02": _di_02,
    "DI-04": _text("hook", required=True),
    "DI-05": _text("description", required=True),
    "DI-06": _di_06,
    "DI-07": _text("title", required=True),
    "DI-08": _di_08,
    "DI-09": _di_09,
    "DI-12": _di_12,
    "DI-13": _di_17,
    "DI-14": _di_14,
    "DI-16": _di_16,
    "DI-17": _di_17,
    "PT-01": _pt_01,
    "PT-02": _pt_02,
    "PT-03": _pt_03,
    "PT-04": _pt_03,
    "PT-05": _pt_03,
    "PT-09": _pt_09,
    "PT-12": _pt_12,
}
