"""``make bench``: the floor, a static FastAPI endpoint and the service, interleaved in one run; the tables out.

Servers share one core, the loader has another. Absolute figures drift with the machine; the ratios within one run hold.
The tables go to ``build/benchmark.md`` as well, and the cost against entries to ``build/benchmark.svg``.
``make bench-others`` runs HealthChain and CQL on Node beside them.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks import growth, load, machine, musts, others, payloads, server, stages, tokens
from tests.benchmarks.compare import HOOK, Figures, Target, compare
from tests.benchmarks.plot import svg

SIZES = {"small": 31, "large": 200}
PACE = 50
OURS = "Backstory"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--seconds", type=float, default=0.4, help="of load, per round, chart and target")
    options.add_argument("--quick", action="store_true", help="a first look: two short rounds")
    options.add_argument("--others", type=Path, default=None, help="where make bench-others installed them")
    options.add_argument("--out", type=Path, default=Path("build"))
    told = options.parse_args()
    if told.quick:
        told.rounds, told.seconds = 2, 0.15
    began, found, cores = time.monotonic(), machine.state(), sorted(os.sched_getaffinity(0))
    today = datetime.now(UTC).date()
    bodies = {
        f"{kind} {size}": payloads.call(fbss=kind == "FBSS", resources=n, today=today)
        for kind in ("quiet", "FBSS")
        for size, n in SIZES.items()
    }
    bodies["three cards, small"] = payloads.call(fbss=True, resources=SIZES["small"], today=today, fused=True)
    values: dict[str, float] = {"ready": growth.ready(cores[0], 1 if told.quick else 3)}
    values["second worker"], loader, values["memory of two"] = growth.second_worker(
        bodies["FBSS small"], told.rounds, told.seconds * 2
    )
    with ExitStack() as stack:
        os.sched_setaffinity(0, set(cores[1:] or cores))
        start = stack.enter_context
        service = start(server.backstory(cores[:1]))
        signed = start(server.backstory(cores[:1], clients=tokens.clients_file(Path(start(_folder())))))
        same = {
            "floor": Target(start(server.floor(cores[:1]))),
            "static FastAPI": Target(start(server.static(cores[:1]))),
            OURS: Target(service),
        }
        extra: dict[str, dict[str, Target]] = {name: {} for name in bodies}
        for name in ("quiet small", "FBSS small"):
            for each in tokens.ALGORITHMS:
                extra[name][f"{OURS}, JWT {each}"] = Target(signed, sign=tokens.signing(each))
        if told.others:
            node, chain = others.cql_on_node(told.others, cores[:1]), others.healthchain(told.others, cores[:1])
            extra["FBSS small"]["CQL on Node"] = Target(start(node))
            extra["quiet small"]["HealthChain"] = Target(start(chain), path=f"/cds{HOOK}")
        seen = {
            name: compare({**same, **extra[name]}, body, told.rounds, told.seconds) for name, body in bodies.items()
        }
        paced = {name: _paced(service, bodies[name], 1 if told.quick else 6) for name in ("quiet small", "FBSS small")}
        values["memory"] = service.memory_mb()
        points, values["growth"] = growth.cost(service, today, 1 if told.quick else 3)
        after = service.memory_mb()
    values |= _values(seen) | {"paced p99": paced["FBSS small"][1]}
    small = {name: body for name, body in bodies.items() if "small" in name}
    lines = [
        f"{today}: {found}. {told.rounds} rounds; servers on one core, the loader on another.",
        "",
        *musts.table(values),
        "",
        f"Two workers were measured with {len(cores)} cores for them and the loader, which took {loader:.0%} of one. "
        f"One of them held {values['memory of two']:.0f} MB; after Bundles of 3,000 entries a worker held "
        f"{after:.0f} MB.",
        "",
        *_noise(seen),
        "",
        *_requests(seen, bodies),
        "",
        *(
            f"At {PACE} calls a second, {name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms."
            for name, (p50, p99) in paced.items()
        ),
        *stages.table(small, today),
        "",
        "| entries (POST /explain) | CPU ms |",
        "|---|---|",
        *(f"| {n:,} | {ms:.1f} |" for n, ms in points),
        "",
        *_short(seen, values),
    ]
    print("\n".join(lines))
    told.out.mkdir(parents=True, exist_ok=True)
    (told.out / "benchmark.md").write_text("\n".join(lines) + "\n", "utf-8")
    (told.out / "benchmark.svg").write_text(svg(points), "utf-8")
    print(f"\n{time.monotonic() - began:.0f} s; also in {told.out}/benchmark.md and .svg")


def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="backstory-bench-")


def _paced(service: server.Server, body: bytes, seconds: int) -> tuple[float, float]:
    """p50 and p99 in ms when calls come as often as that, however long the answers take."""
    done = load.run(service.port, HOOK, body, connections=8, requests=PACE * seconds, rate=PACE)
    return load.quantile(done.times, 0.5) * 1000, load.quantile(done.times, 0.99) * 1000


def _values(seen: Mapping[str, Mapping[str, Figures]]) -> dict[str, float]:
    values = {}
    for chart, figures in seen.items():
        own, floor = figures[OURS], figures["floor"]
        values |= {f"{chart} rate": own.rate_over(floor), f"{chart} cpu": own.cpu_over(floor)}
        values |= {f"{chart} p50": own.ms(0.5), f"{chart} p99": own.ms(0.99)}
        for name, key in (("CQL on Node", "cql"), ("HealthChain", "healthchain")):
            if name in figures:
                values[f"{chart} {key}"] = own.rate_over(figures[name])
    return values


def _noise(seen: Mapping[str, Mapping[str, Figures]]) -> Iterator[str]:
    """The floor does the same thing each time: how far its rounds lie apart is the noise of the machine."""
    yield "| the floor's own spread | requests/s, least | median | most |"
    yield "|---|---|---|---|"
    for chart, figures in seen.items():
        rates = sorted(figures["floor"].rate)
        yield f"| {chart} | {rates[0]:,.0f} | {load.quantile(rates, 0.5):,.0f} | {rates[-1]:,.0f} |"


def _requests(seen: Mapping[str, Mapping[str, Figures]], bodies: Mapping[str, bytes]) -> Iterator[str]:
    yield "| chart | target | cards | requests/s | × floor | CPU µs/request | × floor | p50 ms | p99 ms |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for chart, figures in seen.items():
        floor = figures["floor"]
        for name, own in figures.items():
            rate, cpu = (load.quantile(sorted(each), 0.5) for each in (own.rate, own.cpu))
            yield (
                f"| {chart}, {len(bodies[chart]) / 1000:.0f} kB | {name} | {own.cards} | {rate:,.0f} | "
                f"{own.rate_over(floor):.3f} | {cpu:,.0f} | {own.cpu_over(floor):.1f} | "
                f"{own.ms(0.5):.2f} | {own.ms(0.99):.2f} |"
            )


def _short(seen: Mapping[str, Mapping[str, Figures]], values: Mapping[str, float]) -> Iterator[str]:
    """The table for the README."""
    yield "| one worker, one core | no spine surgery | after spine surgery |"
    yield "|---|---|---|"
    for size, n in SIZES.items():
        pair = [seen[f"{kind} {size}"][OURS] for kind in ("quiet", "FBSS")]
        rates = [load.quantile(sorted(each.rate), 0.5) for each in pair]
        yield f"| {n} entries: p50 / p99 | " + " | ".join(f"{e.ms(0.5):.1f} / {e.ms(0.99):.1f} ms" for e in pair) + " |"
        yield f"| {n} entries: calls a second | " + " | ".join(f"{rate:,.0f}" for rate in rates) + " |"
    with_token = [seen[f"{kind} small"][f"{OURS}, JWT ES384"].ms(0.5) for kind in ("quiet", "FBSS")]
    yield "| 31 entries with a JWT (ES384): p50 | " + " | ".join(f"{ms:.1f} ms" for ms in with_token) + " |"
    yield f"| memory; ready after | {values['memory']:.0f} MB | {values['ready']:.1f} s |"


if __name__ == "__main__":
    main()
