"""Who is calling: a CDS client's JWT in; the client that signed it, or one and the same refusal, out. Pure policy."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Never

import jwt
import orjson
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from service.domain.errors import Unauthorised
from service.ehr.clients import Client

# Asymmetric only, each bound to its kind of key: a public key can never be taken for a shared secret.
ALGORITHMS: dict[str, str] = {"ES256": "secp256r1", "ES384": "secp384r1", "RS256": "RSA", "RS384": "RSA"}
MAX_TOKEN = 8_000
MAX_LIFE = 3_600
MAX_LOGIN = 43_200
"""Seconds that an id_token may live: a working day at most."""
MAX_AGE = 86_400
"""Seconds since a token was issued, however long it says that it lives."""

_END_OF_TIME = 1e12
MAX_SEEN = 100_000
_BUCKET = 300
_MIN_RSA_BITS = 2048

# Everything that PyJWT and its parsers can make of hostile text; each is a refusal, none a failure of ours.
_BAD = (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError)

_CHECKS: tuple[tuple[type[Exception], str], ...] = (
    (jwt.ExpiredSignatureError, "exp"),
    (jwt.ImmatureSignatureError, "iat or nbf"),
    (jwt.InvalidSignatureError, "signature"),
)


@dataclass(frozen=True, slots=True)
class Key:
    """One public key of a client; ``algorithms`` are those that it may verify."""

    algorithms: frozenset[str]
    material: EllipticCurvePublicKey | RSAPublicKey


@dataclass(frozen=True, slots=True)
class Unproven:
    """What a token says of itself before its signature is checked: enough to choose a client and a key, no more."""

    token: str
    alg: str
    kid: str
    jku: str | None
    iss: str
    tenant: str
    aud: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proven:
    """A token that passed every check, as far as it is needed afterwards."""

    iss: str
    jti: str
    expires: float


@dataclass(slots=True)
class Seen:
    """The jti values of tokens that were accepted and have not expired, in this process only."""

    buckets: dict[int, set[bytes]] = field(default_factory=dict)
    count: int = 0


def refuse(check: str) -> Never:
    """The one refusal; which check failed is told to the log, in a word of ours, and never to the caller."""
    raise Unauthorised("Authentication is required.", check)


def bearer(headers: Iterable[str]) -> str:
    """The token of the one Authorization header."""
    found = list(headers)
    scheme, _, token = found[0].partition(" ") if len(found) == 1 else ("", "", "")
    if scheme.lower() != "bearer" or not token or len(token) > MAX_TOKEN:
        refuse("bearer token")
    return token.strip()


def read(token: str) -> Unproven:
    """Read header and claims without believing them."""
    parts = token.split(".")
    if len(parts) != 3 or not all(parts):
        refuse("form")
    try:
        header, claims = (orjson.loads(jwt.utils.base64url_decode(part)) for part in parts[:2])
    except ValueError:
        refuse("form")
    if not isinstance(header, dict) or not isinstance(claims, dict):
        refuse("form")
    alg, kid, jku, iss = header.get("alg"), header.get("kid"), header.get("jku"), claims.get("iss")
    tenant = claims.get("tenant")
    typ = header.get("typ", "JWT")
    if not isinstance(alg, str) or alg not in ALGORITHMS or "crit" in header:
        refuse("alg")
    if not isinstance(kid, str) or not kid or not isinstance(typ, str) or typ.upper() != "JWT":
        refuse("kid or typ")
    if not isinstance(iss, str) or not (jku is None or isinstance(jku, str)) or not isinstance(tenant, str | None):
        refuse("iss, jku or tenant")
    named = claims.get("aud")
    aud = tuple(each for each in (named if isinstance(named, list) else [named]) if isinstance(each, str))
    return Unproven(token, alg, kid, jku, iss, tenant or "", aud)


def client_of(unproven: Unproven, clients: Iterable[Client]) -> Client:
    """The client that this token claims to come from: by iss, then by tenant; one without tenants takes any."""
    issued = [client for client in clients if client.iss == unproven.iss]
    named = [client for client in issued if unproven.tenant in client.tenants]
    found = named or [client for client in issued if not client.tenants]
    if not found:
        refuse("tenant" if issued else "iss")
    client = found[0]
    if unproven.jku is not None and (client.jwks_url is None or unproven.jku != client.jwks_url.text):
        refuse("jku")  # the keys are fetched from the registered address only, never from where a token points
    return client


def issuer_of(unproven: Unproven, issuers: Iterable[Client]) -> Client:
    """The issuer that an id_token claims to come from: by iss, and of several with one iss by whom it is for."""
    issued = [client for client in issuers if client.iss == unproven.iss]
    meant = [client for client in issued if client.page is not None and client.page.client_id in unproven.aud]
    if not meant:
        refuse("aud" if issued else "iss")
    client = meant[0]
    if unproven.jku is not None and (client.jwks_url is None or unproven.jku != client.jwks_url.text):
        refuse("jku")
    return client


def keys(published: object) -> dict[str, Key]:
    """The usable keys of a JWKS by kid; keys for other purposes, of other kinds or too small are left out."""
    found = published.get("keys") if isinstance(published, dict) else published
    usable: dict[str, Key] = {}
    for jwk in found if isinstance(found, list) else ():
        if isinstance(jwk, dict) and isinstance(jwk.get("kid"), str) and (key := _key(jwk)) is not None:
            usable[jwk["kid"]] = key
    return usable


def verify(unproven: Unproven, client: Client, key: Key | None, endpoint: str, now: float, leeway: float) -> Proven:
    """Check signature and claims for one endpoint, a path such as ``/cds-services/fbss-patient-view``."""
    claims = _signed(unproven, key, ["iss", "aud", "exp", "iat", "jti"], leeway)
    expires = _living(claims, MAX_LIFE, now, leeway)
    if claims["iss"] != client.iss or not isinstance(claims["jti"], str) or not claims["jti"]:
        refuse("iss or jti")
    if not _meant_for(claims["aud"], client, endpoint):
        refuse("aud")
    return Proven(client.iss, claims["jti"], expires)


def verify_login(
    unproven: Unproven, client: Client, key: Key | None, client_id: str, now: float, leeway: float
) -> None:
    """Check an id_token: signed by this issuer, for the page as it is registered there, and still alive.

    It has no jti, and one comes with every call that a page makes while it is open, so it is no replay.
    """
    claims = _signed(unproven, key, ["iss", "aud", "exp", "iat"], leeway)
    _living(claims, MAX_LOGIN, now, leeway)
    aud = claims["aud"]
    if claims["iss"] != client.iss:
        refuse("iss")
    shared = isinstance(aud, list) and client_id in aud and claims.get("azp") == client_id
    if aud not in (client_id, [client_id]) and not shared:
        refuse("aud")


def _signed(unproven: Unproven, key: Key | None, required: list[str], leeway: float) -> dict[str, Any]:
    """The claims of a token, once its signature and its times hold."""
    if key is None:
        refuse("kid")
    if unproven.alg not in key.algorithms:
        refuse("alg")
    try:
        claims: dict[str, Any] = jwt.decode(
            unproven.token,
            key.material,
            algorithms=[unproven.alg],
            leeway=leeway,
            options={
                "require": required,
                "verify_aud": False,  # judged by who asks: per endpoint, or by the id under which the page is known
                "verify_sub": False,  # Epic sends its client id there; nothing here depends on it
            },
        )
    except _BAD as problem:
        refuse(next((check for kind, check in _CHECKS if isinstance(problem, kind)), "claims"))
    return claims


def _living(claims: Mapping[str, Any], longest: float, now: float, leeway: float) -> float:
    """When it expires, if that and its issue are times that a token may have."""
    expires, issued = claims["exp"], claims["iat"]
    if not _is_time(expires) or not _is_time(issued) or expires > now + longest + leeway:
        refuse("lifetime")
    if issued < now - MAX_AGE - leeway:
        refuse("lifetime")
    return float(expires)


def _is_time(claim: object) -> bool:
    """Whether it is a number, and not one in quotes, which other readers of the same token would refuse."""
    return isinstance(claim, int | float) and not isinstance(claim, bool) and abs(claim) < _END_OF_TIME


def once(proven: Proven, seen: Seen, now: float, leeway: float) -> None:
    """Refuse a token whose jti this issuer has used before. The window lasts until the token expires."""
    mark = hashlib.blake2b(f"{proven.iss}\n{proven.jti}".encode("utf-8", "replace"), digest_size=16).digest()
    for bucket in [at for at in seen.buckets if (at + 1) * _BUCKET < now - leeway]:
        seen.count -= len(seen.buckets.pop(bucket))
    if any(mark in bucket for bucket in seen.buckets.values()):
        refuse("jti used before")
    if seen.count >= MAX_SEEN:  # bounded memory: forget those that expire first
        seen.count -= len(seen.buckets.pop(min(seen.buckets)))
    seen.buckets.setdefault(int(proven.expires // _BUCKET), set()).add(mark)
    seen.count += 1


def _meant_for(aud: object, client: Client, endpoint: str) -> bool:
    named = aud if isinstance(aud, list) else [aud]
    accepted = client.bare | {base + endpoint.rstrip("/") for base in client.bases}
    return any(isinstance(each, str) and each.rstrip("/") in accepted for each in named)


def _key(jwk: Mapping[str, Any]) -> Key | None:
    uses = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not isinstance(uses, list) or "verify" not in uses:
        return None
    for alg, kind in ALGORITHMS.items():
        if jwk.get("alg", alg) != alg:
            continue
        try:
            material = jwt.PyJWK(dict(jwk), algorithm=alg).key
        except _BAD:
            continue
        if _kind(material) == kind:
            fitting = frozenset(each for each, bound in ALGORITHMS.items() if bound == kind)
            return Key(fitting & {jwk["alg"]} if "alg" in jwk else fitting, material)
    return None


def _kind(material: object) -> str:
    if isinstance(material, RSAPublicKey):
        return "RSA" if material.key_size >= _MIN_RSA_BITS else "RSA, too small"
    return material.curve.name if isinstance(material, EllipticCurvePublicKey) else "not a public key"
