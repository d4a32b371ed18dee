"""Targets and one chart in; each target's figures out, measured in turn, so that a drift of the machine meets all."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import orjson

from tests.benchmarks import load
from tests.benchmarks.server import Server

HOOK = "/cds-services/fbss-patient-view"
CONNECTIONS = 8
_WARM = 40


@dataclass(frozen=True)
class Target:
    """A server, where it takes the hook, and what makes so many tokens for it."""

    server: Server
    path: str = HOOK
    sign: Callable[[int], Sequence[str]] = lambda _: ()


@dataclass
class Figures:
    """By round: requests per second and CPU µs per request under load. All times of single requests, in ms, sorted."""

    rate: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    single: list[float] = field(default_factory=list)
    cards: int = 0

    def rate_over(self, other: Figures) -> float:
        """The median of the rounds' ratios: what slows a whole round down cancels out."""
        return statistics.median(a / b for a, b in zip(self.rate, other.rate, strict=True))

    def cpu_over(self, other: Figures) -> float:
        return statistics.median(a / b for a, b in zip(self.cpu, other.cpu, strict=True))

    def ms(self, share: float) -> float:
        return load.quantile(self.single, share)


def compare(targets: Mapping[str, Target], body: bytes, rounds: int, seconds: float) -> dict[str, Figures]:
    """Each round gives each target about so many seconds of load, and half as many of one request at a time."""
    figures = {name: Figures() for name in targets}
    counts = {}
    for name, target in targets.items():
        _ask(target, body, _WARM)
        warm = _ask(target, body, _WARM)
        counts[name] = max(CONNECTIONS, int(warm.per_second * seconds))
        figures[name].cards = len(orjson.loads(warm.answer)["cards"])
    for _ in range(rounds):
        for name, target in targets.items():
            before = target.server.cpu_seconds()
            done = _ask(target, body, counts[name])
            figures[name].cpu.append((target.server.cpu_seconds() - before) / len(done.times) * 1e6)
            figures[name].rate.append(done.per_second)
        for name, target in targets.items():
            done = _ask(target, body, max(10, counts[name] // 2), connections=1)
            figures[name].single += [one * 1000 for one in done.times]
    for each in figures.values():
        each.single.sort()
    return figures


def _ask(target: Target, body: bytes, requests: int, connections: int = CONNECTIONS) -> load.Load:
    tokens = target.sign(requests)  # before the clock runs
    return load.run(target.server.port, target.path, body, connections=connections, requests=requests, tokens=tokens)
