"""JWTs as an EHR signs them, and the clients file that trusts their keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import orjson

from tests.benchmarks.compare import HOOK
from tests.ehr import signer

ALGORITHMS = ("ES384", "RS384")
"""The two that CDS Hooks names."""


def clients_file(folder: Path) -> Path:
    keys = ", ".join(
        "{ " + ", ".join(f"{name} = {orjson.dumps(value).decode()}" for name, value in key.items()) + " }"
        for key in signer.jwks(*ALGORITHMS)["keys"]
    )
    file = folder / "clients.toml"
    file.write_text(
        f'[[client]]\nname = "bench"\niss = "{signer.ISS}"\naudiences = ["{signer.PUBLIC}"]\njwks = [{keys}]\n', "utf-8"
    )
    return file


def signing(algorithm: str) -> Callable[[int], Sequence[str]]:
    """Makes so many tokens, each with a jti of its own."""
    return partial(_sign, algorithm)


def _sign(algorithm: str, count: int) -> list[str]:
    return [signer.token(HOOK, algorithm) for _ in range(count)]
