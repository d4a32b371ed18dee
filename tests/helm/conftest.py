"""Each value set is rendered once; tests that plant faults get copies."""

from __future__ import annotations

import pytest

from tests.helm import engine


@pytest.fixture(scope="session")
def rendered() -> dict[str, list[engine.Doc]]:
    """Every value set, and `full`: production with a Gateway route on top, so that most kinds are there."""
    everything = engine.values("production.example")
    everything["httpRoute"] = engine.values("gateway-keda")["httpRoute"]
    sets = {name: engine.values(name) for name in engine.value_sets()} | {"full": everything}
    return {name: engine.render(chosen)[0] for name, chosen in sets.items()}


@pytest.fixture
def full(rendered: dict[str, list[engine.Doc]]) -> list[engine.Doc]:
    return engine.copy(rendered["full"])
