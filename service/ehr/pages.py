"""How an EHR knows the page at /app: the [client.page] table in; its registration, or every mistake, out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from service.domain.addresses import Address
from service.knowledge.messages import missing, unknown, wrong

if TYPE_CHECKING:
    from service.ehr.clients import Client

_KEYS = ("client_id", "iss", "jwks_url", "frames", "connect")


@dataclass(frozen=True, slots=True)
class Page:
    """The page as one EHR's authorisation server registered it.

    ``iss`` and ``jwks_url`` are those of its id_tokens, where they differ from those of its hook calls; ``frames`` the
    origins that may show the page inside their own, ``connect`` those that it may ask beside the FHIR servers.
    """

    client_id: str
    iss: str = ""
    jwks_url: Address | None = None
    frames: tuple[str, ...] = ()
    connect: tuple[str, ...] = ()


def read_page(
    place: str, table: object, address: Callable[[str, object], Address | None], problems: list[str]
) -> Page | None:
    """Read a [client.page] table; None where there is none. Mistakes are added to ``problems``."""
    if table is None:
        return None
    if not isinstance(table, dict):
        problems.append(wrong(place, "page", "must be a table with client_id"))
        return None
    problems.extend(unknown(place, "page key", key, _KEYS) for key in table if key not in _KEYS)
    problems.extend(
        wrong(place, f"page {key}", "must be a text")
        for key in ("client_id", "iss")
        if not isinstance(table.get(key, ""), str)
    )
    if not str(table.get("client_id") or "").strip():
        problems.append(missing(place, "page client_id (what the EHR registered the page as)"))
    return Page(
        client_id=str(table.get("client_id")),
        iss=str(table.get("iss") or ""),
        jwks_url=address("page jwks_url", table["jwks_url"]) if "jwks_url" in table else None,
        frames=_origins(place, "frames", table, address, problems),
        connect=_origins(place, "connect", table, address, problems),
    )


def signing_in(clients: tuple[Client, ...]) -> tuple[Client, ...]:
    """The clients that have the page, as the issuers of its id_tokens."""
    return tuple(_issuer(client, client.page) for client in clients if client.page is not None)


def _issuer(client: Client, page: Page) -> Client:
    own = page.jwks_url is not None
    return replace(
        client,
        name=f"{client.name} (page)",
        iss=page.iss or client.iss,
        jwks_url=page.jwks_url if own else client.jwks_url,
        jwks=() if own else client.jwks,
    )


def _origins(
    place: str,
    key: str,
    table: dict[str, Any],
    address: Callable[[str, object], Address | None],
    problems: list[str],
) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list):
        problems.append(wrong(place, f"page {key}", "must be a list of origins such as https://ehr.example"))
        return ()
    told = [(each, address(f"page {key}", each)) for each in found]
    problems.extend(
        wrong(place, f"page {key} '{each}'", "must be an origin such as https://ehr.example, without a path")
        for each, origin in told
        if origin is not None and origin.origin != each
    )
    return tuple(origin.origin for _, origin in told if origin is not None)
