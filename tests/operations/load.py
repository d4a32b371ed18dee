"""A steady load over kept-alive connections through a balancer; every call that is not answered is lost.

The balancer is what stands before a real deployment, in small: it asks each server a few times a second whether it is
ready, and sends new calls to those that are. It repeats nothing.
"""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

import orjson

from tests.operations.calls import hook

ASKED_EVERY = 0.1
PATH = "/cds-services/fbss-patient-view"


@dataclass
class Load:
    """What became of the calls: how many were answered by status, which were lost, and how long each took."""

    answered: dict[int, int] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def total(self):
        return sum(self.answered.values()) + len(self.lost)


@contextmanager
def load(*ports, per_second=50, connections=5, found=None, headers=dict):
    """Send ``per_second`` calls to the servers that are ready until the block ends.

    ``found`` names the ready ports where somebody else knows them; ``headers`` makes those of one call, as a token.
    """
    found = found or (lambda: [port for port in ports if _is_ready(port)])
    outcome, over, lock, ready = Load(), threading.Event(), threading.Lock(), list(ports) or found()
    body = orjson.dumps(hook())

    def balance():
        while not over.wait(ASKED_EVERY):
            ready[:] = found() or ready

    def client(offset):
        kept = {}
        due = time.perf_counter() + offset / per_second
        while not over.wait(max(0.0, due - time.perf_counter())):
            due = max(due + connections / per_second, time.perf_counter() - 1)
            began = time.perf_counter()
            port = ready[len(outcome.seconds) % len(ready)]
            connection = kept.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=60))
            try:
                connection.request("POST", PATH, body, {"Content-Type": "application/json", **headers()})
                answer = connection.getresponse()
                answer.read()
                with lock:
                    outcome.answered[answer.status] = outcome.answered.get(answer.status, 0) + 1
                    outcome.seconds.append(time.perf_counter() - began)
            except (OSError, http.client.HTTPException) as problem:
                connection.close()
                with lock:
                    outcome.lost.append(repr(problem))
        for connection in kept.values():
            connection.close()

    threads = [threading.Thread(target=client, args=(offset,)) for offset in range(connections)]
    if len(ports) != 1:
        threads.append(threading.Thread(target=balance))
    for thread in threads:
        thread.start()
    try:
        yield outcome
    finally:
        over.set()
        for thread in threads:
            thread.join()


def _is_ready(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/healthz/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
