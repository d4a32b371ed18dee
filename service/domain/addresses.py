"""Web addresses judged before anything is sent there: text in; origin and base path, or a refusal, out."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import unquote

# One strict grammar, so that no second parser can read another host out of the same text.
_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>/[!-~]*)?",
    re.ASCII,
)
_DEFAULT_PORT = {"http": 80, "https": 443}
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Address:
    """An absolute http(s) address. ``path`` is as written; ``query`` starts with '?' or is empty."""

    scheme: str
    host: str
    port: int
    path: str = ""
    query: str = ""

    @property
    def origin(self) -> str:
        port = "" if self.port == _DEFAULT_PORT[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{self.host}{port}"

    @property
    def segments(self) -> tuple[str, ...]:
        bare = self.path.strip("/")
        return tuple(bare.split("/")) if bare else ()

    @property
    def text(self) -> str:
        return self.origin + self.path + self.query


def parse(text: object) -> Address:
    """Read an address. Raises ValueError with what an address must be; the value itself is never in the message."""
    found = _URL.fullmatch(text) if isinstance(text, str) and len(text) <= 4000 else None
    if found is None:
        raise ValueError("must be an absolute address such as https://ehr.example/fhir, without user name or spaces")
    port = int(found["port"]) if found["port"] else _DEFAULT_PORT[found["scheme"]]
    if not 0 < port < 65536:
        raise ValueError("must have a port between 1 and 65535")
    path, mark, query = (found["path"] or "").partition("?")
    address = Address(found["scheme"], found["host"].lower(), port, path, mark + query)
    if any(sign in path + query for sign in "#\\") or any(_walks(segment) for segment in address.segments):
        raise ValueError("must not hold '#', '\\', '.' or '..' as a part of its path")
    return address


def within(address: Address, base: Address) -> bool:
    """The same origin to the letter, and a path that begins with every whole segment of the base."""
    return address.origin == base.origin and address.segments[: len(base.segments)] == base.segments


def may_connect(ip: str, private: bool) -> bool:
    """Whether a resolved IP may be spoken to. Link-local is where clouds keep their secrets: never."""
    found = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        found = _inside(found) or found
    if found.is_link_local or found.is_multicast or found.is_unspecified:
        return False
    return found.is_global or (private and found.is_private)


def _inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that a gateway on the way makes of an IPv6 one: mapped, by NAT64, 6to4 or Teredo."""
    if any(ip in network for network in _NAT64):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def _walks(segment: str) -> bool:
    """Whether a segment means another place to some server: dots, or a slash, however often they were encoded, or what
    a server cuts off behind a semicolon."""
    plain, before = segment, ""
    while plain != before:
        plain, before = unquote(plain), plain
    return plain.partition(";")[0] in ("", ".", "..") or "/" in plain or "\\" in plain
