"""``make restart-load``: 50 calls a second while both of two workers are replaced; prints what became of the calls."""

from __future__ import annotations

import signal
import sys

from tests.operations.load import load
from tests.operations.server import serving


def main() -> int:
    with serving("--workers", "2", drain_seconds_before_close=2) as server:
        server.wait_for("ready", 2)
        print("two workers are ready; 50 calls a second begin; SIGHUP restarts the workers one by one")
        with load(server.port, per_second=50, connections=8) as outcome:
            for round_ in (1, 2):
                server.process.send_signal(signal.SIGHUP)
                server.wait_for("stopped", 2 * round_)
        restarted = len(server.events("stopped"))
    times = sorted(outcome.seconds)
    p50, p99 = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99))
    print(f"workers restarted   {restarted}")
    print(f"calls               {outcome.total}")
    print(f"answers by status   {outcome.answered}")
    print(f"lost                {len(outcome.lost)}")
    print(f"p50, p99            {p50:.1f} ms, {p99:.1f} ms")
    for problem in sorted(set(outcome.lost)):
        print(f"  {problem}")
    return 1 if outcome.lost or set(outcome.answered) != {200} else 0


if __name__ == "__main__":
    sys.exit(main())
