"""An EHR's signing keys: makes JWTs as CDS Hooks asks for, and every wrong kind of them."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
import uuid
from functools import cache

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISS = "https://ehr.example"
PUBLIC = "https://cds.example/backstory"
ALGORITHMS = ("ES384", "RS384", "ES256", "RS256")


@cache
def key(alg, name=""):
    """One private key for each algorithm and name."""
    if alg.startswith("RS"):
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1() if alg == "ES256" else ec.SECP384R1())


def jwk(alg, name="", /, **more):
    kind = RSAAlgorithm if alg.startswith("RS") else ECAlgorithm
    public = json.loads(kind.to_jwk(key(alg, name).public_key()))
    public.pop("key_ops", None)
    return {**public, "kid": f"{alg}{name}", "alg": alg, "use": "sig", **more}


def jwks(*algs):
    return {"keys": [jwk(alg) for alg in algs or ALGORITHMS]}


def claims(aud, **changes):
    now = int(time.time())
    told = {"iss": ISS, "aud": aud, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4()), **changes}
    return {name: value for name, value in told.items() if value is not None}


def token(endpoint, alg="ES384", name="", headers=None, **changes):
    """A JWT for one endpoint of the service, a path; ``changes`` replace claims, None takes one away."""
    told = claims(changes.pop("aud", PUBLIC + endpoint), **changes)
    more = {"kid": f"{alg}{name}", **(headers or {})}
    body = json.dumps(told).encode()  # below jwt.encode, which refuses to write wrong claims
    return jwt.PyJWS().encode(body, key(alg, name), alg, {k: v for k, v in more.items() if v is not None})


def forged(endpoint, header, signature=b""):
    """A JWT put together by hand: any header, and a signature that nobody made."""
    body = f"{_part(header)}.{_part(claims(PUBLIC + endpoint))}"
    return f"{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def signed_with_the_public_key(endpoint, alg="RS384"):
    """The old trick: HS256, with the public key for a secret."""
    secret = key(alg).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    body = f"{_part({'alg': 'HS256', 'kid': alg, 'typ': 'JWT'})}.{_part(claims(PUBLIC + endpoint))}"
    made = base64.urlsafe_b64encode(hmac.new(secret, body.encode(), hashlib.sha256).digest()).rstrip(b"=").decode()
    return f"{body}.{made}"


def _part(told):
    return base64.urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()
