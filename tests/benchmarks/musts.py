"""What must hold, as data; the measured values in, the table of must, measured and met out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Must:
    """One measure by the key of its value; ``least`` tells whether the limit is the least or the most allowed."""

    key: str
    measure: str
    limit: float
    unit: str = ""
    least: bool = False


MUSTS = (
    Must("quiet small rate", "31 entries, quiet: throughput × floor", 0.30, least=True),
    Must("quiet large rate", "200 entries, quiet: throughput × floor", 0.45, least=True),
    Must("FBSS small cpu", "31 entries, after surgery: CPU per call × floor", 12),
    Must("FBSS small cql", "31 entries, after surgery: throughput × CQL on Node", 8, least=True),
    Must("quiet small healthchain", "31 entries, quiet: throughput × HealthChain", 2.4, least=True),
    Must("quiet small p50", "31 entries, quiet, one connection: p50", 1.5, "ms"),
    Must("quiet small p99", "31 entries, quiet, one connection: p99", 6, "ms"),
    Must("FBSS small p50", "31 entries, after surgery, one connection: p50", 5, "ms"),
    Must("FBSS small p99", "31 entries, after surgery, one connection: p99", 12, "ms"),
    Must("paced p99", "31 entries, after surgery, 50 calls a second: p99", 200, "ms"),
    Must("memory", "resident memory of a worker", 120, "MB"),
    Must("ready", "time to ready", 3, "s"),
    Must("growth", "3,000 entries × the cost of 300", 12),
    Must("second worker", "two workers × one, where two cores are free", 1.7, least=True),
)


def table(values: Mapping[str, float]) -> list[str]:
    rows = ["| measure | must | measured | met |", "|---|---|---|---|"]
    for must in MUSTS:
        limit = f"{'≥' if must.least else '≤'} {_text(must.limit, must.unit)}"
        value = values.get(must.key)
        if value is None:
            rows.append(f"| {must.measure} | {limit} | `make bench-others` | – |")
        else:
            met = value >= must.limit if must.least else value <= must.limit
            rows.append(f"| {must.measure} | {limit} | {_text(value, must.unit)} | {'yes' if met else '**no**'} |")
    return rows


def _text(value: float, unit: str) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") + (f" {unit}" if unit else "")
