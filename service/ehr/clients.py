"""The clients file: whom this service trusts, TOML in; frozen records, or every mistake as a sentence, out."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from service.domain import addresses
from service.domain.addresses import Address
from service.ehr.pages import Page, read_page
from service.knowledge.messages import RuleError, missing, unknown, wrong

_KEYS = ("name", "iss", "jwks_url", "jwks", "audiences", "fhir_servers", "tenants", "services", "allow_http",
         "allow_private", "silent", "page")  # fmt: skip
_RSA_BITS = 2048
_PUBLIC_PARTS = {"EC": ("crv", "x", "y"), "RSA": ("n", "e")}
_PRIVATE_PARTS = ("d", "p", "q", "dp", "dq", "qi", "k")


@dataclass(frozen=True, slots=True)
class Client:
    """One EHR, as an analyst registered it.

    ``bases`` are the public addresses under which this service is known to the client; ``bare`` those of them that are
    accepted as ``aud`` by themselves. No ``tenants`` means any; no ``services`` means all that are switched on.
    """

    name: str
    iss: str
    jwks_url: Address | None = None
    jwks: tuple[dict[str, Any], ...] = ()
    bases: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    fhir_servers: tuple[Address, ...] = ()
    tenants: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    allow_private: bool = False
    silent: bool = False
    page: Page | None = None

    def may_call(self, service_id: str) -> bool:
        return not self.services or service_id in self.services


def load(path: Path, known_services: Iterable[str]) -> tuple[Client, ...]:
    """Read and check the clients file. Raises RuleError with one sentence per mistake."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError([wrong(path.name, "the file", f"cannot be read: {error}")]) from None
    problems = [unknown(path.name, "table", key, ("client",)) for key in data if key != "client"]
    tables = data.get("client", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(table, dict) for table in tables):
        raise RuleError([*problems, missing(path.name, "a [[client]] table")])
    services = tuple(known_services)
    clients = [_client(f"{path.name} client {at}", table, services, problems) for at, table in enumerate(tables, 1)]
    _distinct(path.name, clients, problems)
    if problems:
        raise RuleError(problems)
    return tuple(clients)


def _client(place: str, table: dict[str, Any], services: tuple[str, ...], problems: list[str]) -> Client:
    name = table.get("name")
    if isinstance(name, str) and name.strip():
        place = f"{place} ({name})"
    problems.extend(unknown(place, "key", key, _KEYS) for key in table if key not in _KEYS)
    problems.extend(missing(place, f"{key} (text)") for key in ("name", "iss") if not str(table.get(key) or "").strip())
    for key in ("allow_http", "allow_private", "silent"):
        if not isinstance(table.get(key, False), bool):
            problems += [wrong(place, key, "must be true or false")]
    http = table.get("allow_http") is True
    url = _address(place, "jwks_url", table["jwks_url"], http, problems) if "jwks_url" in table else None
    keys = _public_keys(place, table.get("jwks"), problems)
    if "jwks_url" not in table and "jwks" not in table:
        problems.append(missing(place, "jwks_url (or the public keys themselves as jwks)"))
    typed = [_address(place, "audiences", each, True, problems) for each in _texts(place, "audiences", table, problems)]
    if not typed:
        problems.append(missing(place, "audiences (the public addresses of this service)"))
    listed = frozenset(_texts(place, "services", table, problems))
    problems.extend(unknown(place, "service", each, services) for each in sorted(listed) if each not in services)
    servers = [
        _address(place, "fhir_servers", each, http, problems) for each in _texts(place, "fhir_servers", table, problems)
    ]
    audiences = [address for address in typed if address is not None]
    return Client(
        name=str(name),
        iss=str(table.get("iss")),
        jwks_url=url,
        jwks=keys,
        bases=frozenset(_service_base(address).text.rstrip("/") for address in audiences),
        bare=frozenset(address.text.rstrip("/") for address in audiences if _service_base(address) == address),
        fhir_servers=tuple(address for address in servers if address is not None),
        tenants=frozenset(_texts(place, "tenants", table, problems)),
        services=listed,
        allow_private=table.get("allow_private") is True,
        silent=table.get("silent") is True,
        page=read_page(
            place, table.get("page"), lambda key, text: _address(place, key, text, http, problems), problems
        ),
    )


def _texts(place: str, key: str, table: dict[str, Any], problems: list[str]) -> list[str]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(each, str) and each.strip() for each in found):
        problems.append(wrong(place, key, "must be a list of texts"))
        return []
    return found


def _address(place: str, key: str, text: object, http: bool, problems: list[str]) -> Address | None:
    try:
        address = addresses.parse(text)
    except ValueError as error:
        problems.append(wrong(place, f"{key} '{text}'", str(error)))
        return None
    if address.query and key != "jwks_url":
        problems.append(wrong(place, f"{key} '{text}'", "must not hold a query"))
    if address.scheme != "https" and not http:
        problems.append(wrong(place, f"{key} '{text}'", "must be https (or say allow_http = true, for tests)"))
    return address


def _service_base(address: Address) -> Address:
    """Analysts type the base address, or the one of a single service; both mean the same deployment."""
    if "cds-services" not in address.segments:
        return address
    at = address.segments.index("cds-services")
    return replace(address, path="".join(f"/{segment}" for segment in address.segments[:at]))


def _public_keys(place: str, found: object, problems: list[str]) -> tuple[dict[str, Any], ...]:
    keys = found.get("keys") if isinstance(found, dict) else found
    if found is None:
        return ()
    if not isinstance(keys, list) or not keys or not all(isinstance(key, dict) for key in keys):
        problems.append(wrong(place, "jwks", "must hold a list of public keys"))
        return ()
    for key in keys:
        label = f"jwks key '{key.get('kid', '?')}'"
        if not isinstance(key.get("kid"), str) or not key["kid"]:
            problems.append(wrong(place, label, "must have a kid"))
        if key.get("kty") not in ("EC", "RSA"):
            problems.append(wrong(place, label, "must be of kty EC or RSA"))
        elif any(part in key for part in _PRIVATE_PARTS):
            problems.append(
                wrong(place, label, "holds private parts: publish the public key only, and replace this one")
            )
        elif absent := [part for part in _PUBLIC_PARTS[key["kty"]] if part not in key]:
            problems.append(wrong(place, label, f"lacks {' and '.join(absent)}, so no token could be checked with it"))
        elif key["kty"] == "RSA" and _bits(key.get("n")) < _RSA_BITS:
            problems.append(wrong(place, label, f"is weak: RSA keys need {_RSA_BITS} bits"))
    return tuple(keys)


def _bits(modulus: object) -> int:
    """The length of a base64url number; 0 for what is none."""
    try:
        text = str(modulus)
        return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big").bit_length()
    except ValueError:
        return 0


def _distinct(file: str, clients: list[Client], problems: list[str]) -> None:
    seen: dict[tuple[str, str], str] = {}
    names: set[str] = set()
    owners: dict[str, Client] = {}
    for client in clients:
        for key in client.jwks:
            own = repr([key.get(part) for part in ("kty", "n", "e", "crv", "x", "y")])
            owner = owners.setdefault(own, client)
            if owner.iss != client.iss:  # tenants of one EHR may share its keys
                problems.append(wrong(file, "one key", f"is pasted for two EHRs, {owner.name} and {client.name}"))
        if client.name in names:
            problems.append(wrong(file, f"the name '{client.name}'", "is used by two clients"))
        names.add(client.name)
        for tenant in sorted(client.tenants) or [""]:
            rival = seen.setdefault((client.iss, tenant), client.name)
            if rival != client.name:
                of = f"iss '{client.iss}'" + (f" with tenant '{tenant}'" if tenant else " without tenants")
                problems.append(wrong(file, of, f"belongs to two clients, {rival} and {client.name}"))
