"""Scope and links: a client of one service at every other door, and cards full of addresses that nobody may click."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson

from tests.attack.target import Row, answered
from tests.ehr import registered, signer
from tests.ehr.ehr import running
from tests.operations.server import Server, serving
from tests.web.calls import VIEW, call
from tests.web.test_outgoing import AUTOLINK, SENT, STEERING

_OWN = "fbss-order-sign"
_DOORS = (VIEW, "/cds-services/fbss-order-select", f"{VIEW}/feedback", "/explain", "/fhir/$evaluate-fbss",
          "/fhir/PlanDefinition/backstory-fbss/$apply")  # fmt: skip


def scope() -> Iterator[Row]:
    """One client, allowed one service, with a sound token for each address."""
    body = orjson.dumps(call("rf-cauda-equina-saddle"))
    with tempfile.TemporaryDirectory() as folder, running(jwks=signer.jwks()) as ehr:
        file = registered.written(Path(folder), ehr, services=[_OWN])
        with serving(open_mode=False, clients=file) as server:
            met = {}
            for path in _DOORS:
                headers = registered.with_token(signer.token(path))
                met[path] = answered(server.port, "POST", path, body, **headers)[0]
            bare = {path: answered(server.port, "POST", path, body)[0] for path in _DOORS}
    yield Row(
        "a client of one service at 6 other doors", "404 at each", str(sorted(met.values())), set(met.values()) == {404}
    )
    yield Row("the same without a token", "401 at each", str(sorted(bare.values())), set(bare.values()) == {401})


def links(server: Server) -> Iterator[Row]:
    """Every bare address and steering character in every text of a chart."""
    seen = cards = 0
    for sent in (*SENT, *STEERING):
        made = call("recurrent-herniation-classic")
        for answer in made["prefetch"].values():
            for entry in answer.get("entry", ()):
                _add(entry["resource"], f" {sent}")
        status, told = answered(server.port, "POST", VIEW, orjson.dumps(made))
        for card in told["cards"] if status == 200 else ():
            cards += 1
            text = "\n".join(
                [card["summary"], card.get("detail", ""), *(s["label"] for s in card.get("suggestions", ()))]
            )
            seen += AUTOLINK.search(text) is not None or any(sign in text for sign in STEERING)
    yield Row(f"{len(SENT)} bare addresses, {len(STEERING)} steering characters in every text", "no link, none passes",
              f"{cards} cards, {seen} with one", cards > 0 and not seen)  # fmt: skip


def _add(value: object, more: str) -> None:
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _add(inner, more)
    if isinstance(value, dict):
        value |= {name: held + more for name, held in value.items() if name in ("text", "display", "conclusion")
                  and isinstance(held, str)}  # fmt: skip
