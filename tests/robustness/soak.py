"""The long run of `make soak`: mixed calls against a real server; memory, latency, threads and files over time out.

    python -m tests.robustness.soak [--calls 100000] [--clients 4]

Every call carries texts and ids of its own, so that a cache without bounds would show.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import orjson

from tests.benchmarks import payloads
from tests.web.calls import today

MOST_GROWTH_MB = 20 * 1.048576
MOST_SLOWDOWN = 1.3
_POOL = 1 + min(32, (os.cpu_count() or 1) + 4)
"""The main thread and the pool of the event loop, which fills as it is used and then stays."""
MARK = b"@@@"
VIEW, SELECT, SIGN = (f"/cds-services/fbss-{hook}" for hook in ("patient-view", "order-select", "order-sign"))
SMALL, LARGE = 31, 1000
MIX = (
    ("quiet, small", 16), ("after surgery, small", 8), ("quiet, large", 1), ("after surgery, large", 1),
    ("order selected", 3), ("order to sign", 2), ("no data", 1), ("bad JSON", 1), ("no patient", 1), ("wrong types", 1),
    ("no such service", 1), ("explain", 2), ("fhir", 1), ("feedback", 1), ("discovery", 1),
)  # fmt: skip


def calls() -> dict[str, tuple[str, str, bytes]]:
    """Each kind of call: method, address and body, with a mark that is replaced by the number of the call."""

    own = MARK.decode()

    def view(fbss: bool, resources: int, **more: object) -> bytes:
        made = orjson.loads(payloads.call(fbss=fbss, resources=resources, today=today()))
        for at, entry in enumerate(made["prefetch"]["conditions"]["entry"]):
            entry["resource"]["id"] += f"-{own}"
            entry["resource"]["note"] = [{"text": f"Visit {own}-{at}: left leg pain since May, seen before"}]
        return orjson.dumps({**made, **more})

    def order(hook: str) -> bytes:
        draft = {
            "resourceType": "ServiceRequest", "id": f"draft-{own}", "status": "draft", "intent": "order",
            "subject": {"reference": "Patient/bench"}, "note": [{"text": f"Asked for at visit {own}"}],
            "code": {"text": "MRI lumbar spine without contrast"},
        }  # fmt: skip
        drafts = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": draft}]}
        selected = {"selections": [f"ServiceRequest/draft-{own}"]} if hook == "order-select" else {}
        context = {"userId": "Practitioner/1", "patientId": "bench", "draftOrders": drafts, **selected}
        return view(True, SMALL, hook=hook, context=context)

    bundle = payloads.bundle(fbss=True, resources=60, today=today()).replace(b"Appendix", b"Appendix " + MARK)
    card = {"card": "6ba7b810-9dad-11d1-80b4-" + MARK.decode(), "outcome": "accepted"}
    return {
        "quiet, small": ("POST", VIEW, view(False, SMALL)),
        "after surgery, small": ("POST", VIEW, view(True, SMALL)),
        "quiet, large": ("POST", VIEW, view(False, LARGE)),
        "after surgery, large": ("POST", VIEW, view(True, LARGE)),
        "order selected": ("POST", SELECT, order("order-select")),
        "order to sign": ("POST", SIGN, order("order-sign")),
        "no data": ("POST", VIEW, view(True, SMALL, prefetch={})),
        "bad JSON": ("POST", VIEW, b'{"hook": "' + MARK),
        "no patient": ("POST", VIEW, b'{"hook":"patient-view","hookInstance":"' + MARK + b'","context":{}}'),
        "wrong types": (
            "POST",
            "/explain",
            b'[{"resourceType":"Condition","id":' + MARK + b',"code":"' + MARK + b'"}]',
        ),
        "no such service": ("POST", "/cds-services/" + MARK.decode(), b"{}"),
        "explain": ("POST", f"/explain?asOf={today()}", bundle),
        "fhir": ("POST", f"/fhir/$evaluate-fbss?asOf={today()}", bundle),
        "feedback": ("POST", f"{VIEW}/feedback", orjson.dumps({"feedback": [card]})),
        "discovery": ("GET", "/cds-services", b""),
    }


def schedule() -> list[str]:
    """One round of the mix, the kinds spread evenly."""
    slots = sorted(((at + 0.5) / share, kind) for kind, share in MIX for at in range(share))
    return [kind for _, kind in slots]


class Process:
    """The server as it is deployed, and what the kernel says of it."""

    def __init__(self) -> None:
        settings = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
        self.log = subprocess.Popen(
            [sys.executable, "-m", "service", "serve", "--open", "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=settings,
        )  # fmt: skip
        assert self.log.stdout is not None
        for line in self.log.stdout:
            told = orjson.loads(line)
            if told["event"] == "starting":
                self.port: int = told["port"]
            if told["event"] == "ready":
                break
        threading.Thread(target=self._swallow, daemon=True).start()
        self.folder = Path(f"/proc/{self.log.pid}")

    def _swallow(self) -> None:
        assert self.log.stdout is not None
        for _ in self.log.stdout:
            pass

    def memory_mb(self) -> float:
        return int((self.folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def threads(self) -> int:
        return len(list((self.folder / "task").iterdir()))

    def files(self) -> int:
        return len(list((self.folder / "fd").iterdir()))

    def stop(self) -> int:
        self.log.terminate()
        return self.log.wait(60)


def soak(count: int, clients: int) -> list[str]:
    """Run it; the promises that were broken come out, and the figures are printed."""
    server = Process()
    kinds, made, warm = schedule(), calls(), max(len(schedule()) * 4, count // 20)
    statuses: Counter[str] = Counter()
    took: list[tuple[int, str, float]] = []
    samples: list[tuple[int, float, int, int]] = []
    lock, numbers = threading.Lock(), iter(range(warm + count))

    def client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            kind = kinds[number % len(kinds)]
            method, address, body = made[kind]
            own = b"%012d" % (number + 100_000_000_000)
            began = time.perf_counter()
            line.request(method, address.replace(MARK.decode(), own.decode()), body.replace(MARK, own),
                         {"Content-Type": "application/json"})  # fmt: skip
            answer = line.getresponse()
            answer.read()
            ended = time.perf_counter() - began
            with lock:
                statuses[f"{kind}: {answer.status}"] += 1
                took.append((number, kind, ended))
                if number >= warm and number % max(1, count // 20) == 0:
                    samples.append((number - warm, server.memory_mb(), server.threads(), server.files()))
                    print("  after {:>7} calls: {:7.1f} MB, {} threads, {} files".format(*samples[-1]), flush=True)
        line.close()

    try:
        began = time.perf_counter()
        workers = [threading.Thread(target=client) for _ in range(clients)]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        seconds = time.perf_counter() - began
    finally:
        code = server.stop()
    return _report(count, warm, seconds, statuses, took, sorted(samples), code)


def _report(
    count: int, warm: int, seconds: float, statuses: Counter[str], took: list[tuple[int, str, float]],
    samples: list[tuple[int, float, int, int]], code: int,
) -> list[str]:  # fmt: skip
    tenth = max(1, count // 10)
    first = _medians([row for row in took if warm <= row[0] < warm + tenth])
    last = _medians([row for row in took if row[0] >= warm + count - tenth])
    slower = statistics.median(last[kind] / first[kind] for kind in first if kind in last)
    (_, memory, threads, files), (_, memory_end, threads_end, files_end) = samples[0], samples[-1]
    print(f"{count} calls after {warm} to warm up, {seconds:.0f} s, {(count + warm) / seconds:.0f} calls/s")
    print("; ".join(f"{kind} × {number}" for kind, number in sorted(statuses.items())))
    print(f"memory {memory:.1f} -> {memory_end:.1f} MB; latency of the last tenth {slower:.2f} x the first (median)")
    wrong = [f"{kind} × {number}" for kind, number in statuses.items() if kind[-3] == "5"]
    if memory_end - memory > MOST_GROWTH_MB:
        wrong.append(f"memory grew by {memory_end - memory:.1f} MB")
    if slower > MOST_SLOWDOWN:
        wrong.append(f"the last tenth took {slower:.2f} x as long as the first")
    if threads_end > max(threads, _POOL):
        wrong.append(f"threads grew from {threads} to {threads_end}")
    if files_end > files:
        wrong.append(f"open files grew from {files} to {files_end}")
    if code != 0:
        wrong.append(f"the server ended with {code}")
    return wrong


def _medians(rows: list[tuple[int, str, float]]) -> dict[str, float]:
    by_kind: dict[str, list[float]] = {}
    for _, kind, seconds in rows:
        by_kind.setdefault(kind, []).append(seconds)
    return {kind: statistics.median(found) for kind, found in by_kind.items()}


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--calls", type=int, default=100_000)
    asked.add_argument("--clients", type=int, default=4)
    given = asked.parse_args()
    wrong = soak(given.calls, given.clients)
    print("\n".join(f"BROKEN: {each}" for each in wrong) or "flat")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
