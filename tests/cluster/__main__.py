"""`make cluster-test`: the life of the chart on a real Kubernetes, from the first install until nothing is left.

Needs Go to compile Kubernetes once (a quarter of an hour for each version); no root, no containers, only loopback.

K8S=1.30.14 HELM=3.19.5 make cluster-test    only these
"""

from __future__ import annotations

import os
import signal
import sys
import time

from tests.cluster import binaries, checks, node, plane
from tests.cluster.runbook import Desk

KUBERNETES = ("1.30.14", "1.37.2")
"""The oldest that the chart takes, and the newest that it was tried with."""

HELM = ("3.19.5", "4.2.4")


def main() -> int:
    versions, helms = (_asked("K8S", KUBERNETES), _asked("HELM", HELM))
    held = 0
    for version in versions:
        programs = binaries.kubernetes(version)
        tools = {each: binaries.helm(each, KUBERNETES[-1]) for each in helms}
        with plane.running(programs) as cluster, node.running(cluster) as nodes:
            checks.prepare(cluster)
            for each, program in tools.items():
                desk = Desk(cluster.folder / f"desk-{each}", cluster.kubeconfig, programs, program)
                print(f"Kubernetes {version}, {desk.done('helm version --short').strip()}", flush=True)
                began = time.monotonic()
                try:
                    for sentence in checks.story(cluster, nodes, desk):
                        held += 1
                        print(f"{time.monotonic() - began:5.0f} s  held    {sentence}", flush=True)
                except AssertionError as problem:
                    print(f"{time.monotonic() - began:5.0f} s  BROKEN  {problem}\n{checks.aftermath(desk)}")
                    return 1
    print(f"all {held} held")
    return 0


def _asked(name: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(os.environ.get(name, "").split(",")) if os.environ.get(name) else usual


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that nothing that was started outlives it
    sys.exit(main())
