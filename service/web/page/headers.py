"""What a browser may do with the page: clients and settings in; headers, the content security policy first, out."""

from __future__ import annotations

from collections.abc import Iterable

from service.domain import addresses
from service.ehr.clients import Client
from service.settings import Settings


def headers(settings: Settings, page_clients: Iterable[Client]) -> dict[str, str]:
    """The same for every file of the page. Nothing runs, loads or is asked but from here and the EHRs named."""
    clients = tuple(page_clients)
    return {
        "Content-Security-Policy": policy(connect(settings, clients), frames(clients)),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    }


def policy(connect_to: Iterable[str], framed_by: Iterable[str]) -> str:
    told = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "connect-src": ["'self'", *connect_to],
        "frame-ancestors": list(framed_by) or ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(values)}" for name, values in told.items())


def connect(settings: Settings, clients: Iterable[Client]) -> list[str]:
    """The origins of the FHIR servers, of the issuers, and what the clients file adds; in open mode those typed."""
    found = [addresses.parse(each).origin for each in settings.fhir_servers_listed] if settings.open else []
    for client in clients:
        found += [server.origin for server in client.fhir_servers]
        found += _origin(client.iss)
        found += client.page.connect if client.page else ()
    return list(dict.fromkeys(found))


def frames(clients: Iterable[Client]) -> list[str]:
    return list(dict.fromkeys(origin for client in clients if client.page for origin in client.page.frames))


def _origin(iss: str) -> list[str]:
    try:
        return [addresses.parse(iss).origin]
    except ValueError:
        return []
