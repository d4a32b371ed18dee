"""``make bench``: floor, static FastAPI and the service, interleaved in one run; prints a Markdown table.

One worker is pinned to one core, the loader to another. Absolute figures drift with the machine; the ratios within one
run hold. Writes ``bench.md`` and ``bench.svg`` (cost against entries) into the folder given, or prints only.
"""

from __future__ import annotations

import argparse
import os
import statistics
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import load, payloads, stages
from tests.benchmarks.plot import svg
from tests.benchmarks.server import Server

HOOK = "/cds-services/fbss-patient-view"
TARGETS = (("floor", "tests.benchmarks.floor:bare"), ("static FastAPI", "tests.benchmarks.floor:static"))
SIZES = {"small": 31, "large": 200}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--requests", type=int, default=1200, help="per round and target")
    options.add_argument("--out", type=Path, default=None)
    told = options.parse_args()
    today = datetime.now(UTC).date()
    bodies = {
        f"{kind} {size}": payloads.call(fbss=kind == "FBSS", resources=n, today=today)
        for kind in ("quiet", "FBSS")
        for size, n in SIZES.items()
    }
    with ExitStack() as stack:
        servers = {name: stack.enter_context(Server(app)) for name, app in TARGETS}
        service = stack.enter_context(Server("service.web.app:create", factory=True))
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
        lines = [
            "| chart | bytes | target | requests/s | × floor | CPU µs/request | p50 ms | p99 ms |",
            "|---|---|---|---|---|---|---|---|",
        ]
        for name, body in bodies.items():
            lines += _compare(name, body, {**servers, "Backstory": service}, told.rounds, told.requests)
        lines += [
            "",
            f"Backstory: ready after {service.ready_after:.2f} s, resident memory {service.memory_mb():.0f} MB.",
        ]
        lines += stages.table({name: body for name, body in bodies.items() if "small" in name}, today)
        points = _growth(service, today)
    lines += ["", "| entries (POST /explain) | ms |", "|---|---|", *(f"| {n:,} | {ms:.1f} |" for n, ms in points)]
    print("\n".join(lines))
    if told.out:
        told.out.mkdir(parents=True, exist_ok=True)
        (told.out / "bench.md").write_text("\n".join(lines) + "\n", "utf-8")
        (told.out / "bench.svg").write_text(svg(points), "utf-8")


def _compare(name: str, body: bytes, servers: dict[str, Server], rounds: int, requests: int) -> list[str]:
    """Each target in turn, round by round, so that a drift of the machine meets all of them."""
    rate: dict[str, list[float]] = {target: [] for target in servers}
    cpu: dict[str, list[float]] = {target: [] for target in servers}
    for server in servers.values():
        load.run(server.port, HOOK, body, connections=1, requests=30)
    for _ in range(rounds):
        for target, server in servers.items():
            count = requests if target != "Backstory" else max(requests // 4, 60)
            before = server.cpu_seconds()
            done = load.run(server.port, HOOK, body, connections=8, requests=count)
            cpu[target].append((server.cpu_seconds() - before) / len(done.times) * 1e6)
            rate[target].append(done.per_second)
    floor = statistics.median(rate["floor"])
    rows = []
    for target, server in servers.items():
        single = load.run(server.port, HOOK, body, connections=1, requests=300)
        rows.append(
            f"| {name} | {len(body):,} | {target} | {statistics.median(rate[target]):,.0f} | "
            f"{statistics.median(rate[target]) / floor:.2f} | {statistics.median(cpu[target]):,.0f} | "
            f"{single.quantile(0.5) * 1000:.2f} | {single.quantile(0.99) * 1000:.2f} |"
        )
    return rows


def _growth(service: Server, today: object) -> list[tuple[int, float]]:
    points = []
    for entries in (100, 300, 1_000, 3_000, 10_000):
        body = payloads.bundle(fbss=True, resources=entries, today=today)  # type: ignore[arg-type]
        times = [load.run(service.port, "/explain", body, connections=1, requests=3).quantile(0.5) for _ in range(3)]
        points.append((entries, min(times) * 1000))
    return points


if __name__ == "__main__":
    main()
