"""The long run of `make fuzz`: bent charts by number, then our own OpenAPI, until so many cases are done; a table out.

python -m tests.robustness.fuzz [--cases 10000] [--first 0]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.robustness import openapi
from tests.robustness.inside import ask_raw, sent_prefetch
from tests.robustness.mutations import case
from tests.robustness.verdict import broken

_WARM = 20
"""Cases sent once more, before: what is loaded at the first call of each kind is not the cost of a bent chart."""


def run(first: int, cases: int) -> tuple[Counter[int], list[float], list[str]]:
    """Send the cases ``first`` … and judge each answer: statuses, seconds, and what was broken with its number."""
    prefetch = sent_prefetch()
    statuses: Counter[int] = Counter()
    took: list[float] = []
    wrong: list[str] = []
    for number in range(first, first + _WARM):
        ask_raw("POST", *case(number, prefetch))
    for number in range(first, first + cases):
        address, body = case(number, prefetch)
        began = time.process_time()
        status, headers, told = ask_raw("POST", address, body)
        took.append(time.process_time() - began)
        statuses[status] += 1
        if found := broken(status, headers, told, took[-1]):
            wrong.append(f"case {number}: {address}: {found}")
    return statuses, took, wrong


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, default=10_000)
    asked.add_argument("--first", type=int, default=0)
    given = asked.parse_args()
    statuses, took, wrong = run(given.first, given.cases)
    took.sort()
    told = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
    print(f"bent charts: {len(took)} cases: {told}")
    print(f"CPU per case: median {took[len(took) // 2] * 1e3:.1f} ms, slowest {took[-1] * 1e3:.0f} ms")
    tried, more = openapi.run(max(5, given.cases // 200))
    print(f"OpenAPI: {tried} cases")
    for each in (*wrong, *more):
        print(f"  BROKEN {each}")
    print("nothing broken" if not wrong and not more else f"{len(wrong) + len(more)} broken")
    return 1 if wrong or more else 0


if __name__ == "__main__":
    sys.exit(main())
