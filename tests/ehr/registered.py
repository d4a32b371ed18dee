"""Registered clients: their file, calls with their tokens, and the one refusal."""

from __future__ import annotations

import orjson

from tests.ehr import signer
from tests.ehr.serving import CALL, prefetch_of, request, today
from tests.patients import build

WHO = "recurrent-herniation-classic"
DISCOVERY = "/cds-services"
FEEDBACK = f"{CALL}/feedback"
BARE = (401, "Bearer", [{"severity": "error", "code": "login", "diagnostics": "Authentication is required."}])


def chart(name=WHO):
    return build.chart(build.load(name), today())


def written(folder, ehr, **changes):
    """A clients file for the EHR at this loopback address."""
    told = {
        "name": "ehr",
        "iss": signer.ISS,
        "jwks_url": ehr.jwks_url,
        "audiences": [signer.PUBLIC],
        "fhir_servers": [ehr.base],
        "allow_http": True,
        "allow_private": True,
        **changes,
    }
    return several(folder, told)


def several(folder, *tables):
    file = folder / "clients.toml"
    rows = [
        "\n".join(["[[client]]", *(f"{key} = {_toml(value)}" for key, value in each.items() if value is not None)])
        for each in tables
    ]
    file.write_text("\n".join(rows))
    return file


def _toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    return orjson.dumps(value).decode()


def with_token(token):
    return {"Authorization": f"Bearer {token}"}


def call(service, token, body=None):
    return service.post(CALL, json=body or request(prefetch_of(chart()), WHO), headers=with_token(token))


def bare(answer):
    return answer.status_code, answer.headers["WWW-Authenticate"], answer.json()["issue"]
