"""Holds what a replay missed against what truly happened, patient by patient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from service import pipeline
from service.replay import figures, outcomes, tables
from service.replay.pseudonyms import key_in, pseudonym


def missed(out: Path) -> set[tuple[str, str]]:
    """Pseudonym and outcome of each emergency that the replay in this folder lists as missed."""
    with duckdb.connect(":memory:") as connection:
        tables.views(out, connection)
        found = figures.all_figures(connection, outcomes.load(outcomes.SHIPPED, 365, pipeline.start()))
    return {(row["patient"], row["outcome"]) for row in found["misses"]}


def untold(truth: Iterable[Mapping[str, Any]], out: Path, since: str = "") -> set[tuple[str, str]]:
    """The same of the emergencies of which the chart truly said nothing before."""
    key = key_in(out)
    kinds = {"deep-infection", "cauda-equina", "haematoma"}
    return {
        (pseudonym(key, f"Patient/{each['patient']}"), each["outcome"])
        for each in truth
        if each["outcome"] in kinds and not each["told"] and each["on"] >= since
    }
