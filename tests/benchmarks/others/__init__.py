"""Other engines that answer the same calls, installed beside the project by ``make bench-others``."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from tests.benchmarks.server import Server

_HERE = Path(__file__).parent


def healthchain(installed: Path, cores: Collection[int]) -> Server:
    """One static card, no rules."""
    script = _HERE / "healthchain" / "static_card"
    return Server(
        [str(installed / "healthchain" / "bin" / "python"), str(script), "{port}"], cores, probe="/cds/cds-discovery"
    )


def cql_on_node(installed: Path, cores: Collection[int]) -> Server:
    """Six criteria on the same patient."""
    return Server(["node", str(_HERE / "cql_on_node" / "server.js"), "{port}", str(installed / "node")], cores)
