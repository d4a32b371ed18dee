"""What grows with what: cost with the entries of a Bundle, throughput with a second worker; how soon one is ready."""

from __future__ import annotations

import os
import statistics
import time
from contextlib import ExitStack
from datetime import date

from tests.benchmarks import load, payloads
from tests.benchmarks.compare import HOOK
from tests.benchmarks.server import Server, backstory

ENTRIES = (100, 300, 1_000, 3_000)
"""The largest weighs 3.8 MB: what a body may weigh is 5 (`max_body`)."""
_WORK = 4_000
"""Entries per measurement: small Bundles are sent more often."""


def cost(service: Server, today: date, rounds: int) -> tuple[list[tuple[int, float]], float]:
    """CPU ms per POST /explain by number of entries, and the cost of 3,000 over that of 300: medians of rounds."""
    bodies = {n: payloads.bundle(fbss=True, resources=n, today=today) for n in ENTRIES}
    seen: dict[int, list[float]] = {n: [] for n in ENTRIES}
    load.run(service.port, "/explain", bodies[ENTRIES[-1]], connections=1, requests=1)
    for _ in range(rounds):
        for n, body in bodies.items():
            before, requests = service.cpu_seconds(), max(1, _WORK // n)
            load.run(service.port, "/explain", body, connections=1, requests=requests)
            seen[n].append((service.cpu_seconds() - before) / requests * 1000)
    ratio = statistics.median(large / small for large, small in zip(seen[3_000], seen[300], strict=True))
    return [(n, statistics.median(each)) for n, each in seen.items()], ratio


def second_worker(body: bytes, rounds: int, seconds: float) -> tuple[float, float, float]:
    """Throughput of two workers over one's, all cores open to both and to the loader; the share of a core that the
    loader took meanwhile; resident memory of a worker of two."""
    cores = os.sched_getaffinity(0)
    with ExitStack() as stack:
        one = stack.enter_context(backstory(cores))
        two = stack.enter_context(backstory(cores, workers=2))
        requests = {}
        for server in (one, two):
            load.run(server.port, HOOK, body, connections=16, requests=64)
            warm = load.run(server.port, HOOK, body, connections=16, requests=128)
            requests[server] = max(64, int(warm.per_second * seconds))
        ratios, own, began = [], time.process_time(), time.perf_counter()
        for _ in range(rounds):
            alone, both = (
                load.run(server.port, HOOK, body, connections=16, requests=requests[server]).per_second
                for server in (one, two)
            )
            ratios.append(both / alone)
        loader = (time.process_time() - own) / (time.perf_counter() - began)
        return statistics.median(ratios), loader, two.memory_mb()


def ready(core: int, starts: int) -> float:
    """Seconds from the start of a process to its first 200 on /healthz/ready: the median of some starts."""
    taken = []
    for _ in range(starts):
        with backstory({core}) as server:
            taken.append(server.ready_after)
    return statistics.median(taken)
