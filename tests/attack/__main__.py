"""`make attack`: every attack once, against servers started for it; a table out, and 1 when a promise did not hold.

python -m tests.attack [--only heads] [--only crowd] …
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from tests.attack import crowd, doors, heads
from tests.attack.target import Row, probing
from tests.operations.server import serving

GROUPS = ("idle", "heads", "crowd", "memory", "pages", "links", "scope")


def rows(only: list[str]) -> Iterator[Row]:
    """Each group has a server of its own, so that none pays for the memory of another."""
    for group in only or GROUPS:
        if group == "scope":
            yield from doors.scope()
            continue
        settings = {"header_seconds": 3} if group == "heads" else {"fetch_budget_ms": 5000} if group == "pages" else {}
        with serving(**settings) as server:
            match group:
                case "idle":
                    with probing(server.port) as seen:
                        server.process.poll()
                        for _ in range(100):
                            server.ask("GET", "/cds-services")
                    yield Row("nothing: how busy this machine is", "-", str(seen), True)
                case "heads":
                    yield from heads.attack(server)
                case "crowd":
                    yield from crowd.charts(server)
                case "memory":
                    yield from crowd.hostile(server)
                case "pages":
                    yield from crowd.endless_pages(server)
                case "links":
                    yield from doors.links(server)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--only", action="append", choices=GROUPS, default=[])
    broken = 0
    for row in rows(asked.parse_args().only):
        broken += not row.held
        print(f"{'held  ' if row.held else 'BROKEN'}  {row.attack}\n        {row.promise}: {row.seen}", flush=True)
    print(f"{broken} broken" if broken else "all held")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
