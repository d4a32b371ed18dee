"""A real server in a process of its own: started, watched through its log, called over loopback, stopped."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import orjson

PATIENCE = 120


class Server:
    def __init__(self, *arguments, open_mode=True, **settings):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
        environment |= {f"BACKSTORY_{name.upper()}": str(value) for name, value in settings.items()}
        self.lines, self.told, self.ended = [], [], False
        self.said = threading.Condition()
        self.began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service", "serve", *(("--open",) if open_mode else ()), "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            with self.said:
                self.lines.append(line)
                self.told.append(_parsed(line))
                self.said.notify_all()
        with self.said:
            self.ended = True
            self.said.notify_all()

    def events(self, name):
        return [told for told in self.told if told["event"] == name]

    def wait_for(self, name, number=1):
        with self.said:
            self.said.wait_for(lambda: self.ended or len(self.events(name)) >= number, PATIENCE)
        assert len(self.events(name)) >= number, f"no {number} × {name}: " + "".join(
            line for line in self.lines if '"call"' not in line
        )
        return self.events(name)

    def line_of(self, request_id):
        """The log line of one call; it is written after the answer is out."""
        with self.said:
            found = lambda: next((told for told in self.events("call") if told["request_id"] == request_id), None)  # noqa: E731
            return self.said.wait_for(found, PATIENCE)

    @property
    def port(self):
        return self.wait_for("starting")[0]["port"]

    def ask(self, method, path, body=None, headers=None):
        """One request on a connection of its own: status, headers, body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            given = body if body is None or isinstance(body, bytes) else orjson.dumps(body)
            connection.request(method, path, given, {"Content-Type": "application/json", **(headers or {})})
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def call(self, payload, service="fbss-patient-view", **headers):
        status, _, body = self.ask("POST", f"/cds-services/{service}", payload, headers)
        return status, orjson.loads(body)

    def metrics(self):
        """The samples of /metrics by their text, labels and all."""
        text = self.ask("GET", "/metrics")[2].decode()
        rows = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, _, value in rows}

    def wait_until_ready(self):
        """The port opens right after "ready" is logged: ask until somebody answers."""
        self.wait_for("ready")
        deadline = time.perf_counter() + PATIENCE
        while True:
            try:
                assert 200 == self.ask("GET", "/healthz/ready")[0]
                return time.perf_counter() - self.began
            except ConnectionRefusedError:
                assert time.perf_counter() < deadline
                threading.Event().wait(0.005)

    def stop(self, with_signal=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(with_signal)
        try:
            self.process.wait(PATIENCE)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
        self._reader.join(PATIENCE)
        self.process.stdout.close()
        return self.process.returncode


@contextmanager
def serving(*arguments, **settings):
    server = Server(*arguments, **settings)
    try:
        server.wait_until_ready()
        yield server
    finally:
        server.stop()


def _parsed(line):
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        return {"event": "not JSON", "line": line}


def children(pid):
    """The process ids of the workers; the resource tracker of multiprocessing is a child as well, and is left out."""
    with open(f"/proc/{pid}/task/{pid}/children") as file:
        found = [int(each) for each in file.read().split()]
    return [each for each in found if "spawn_main" in _command(each)]


def _command(pid):
    try:
        with open(f"/proc/{pid}/cmdline") as file:
            return file.read()
    except OSError:
        return ""
