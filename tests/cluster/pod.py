"""One pod as a process: its files written, its words translated to this machine, its probes asked, its end awaited."""

from __future__ import annotations

import http.client
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import httpx

from tests.cluster.plane import Plane, free_ports

ROOT = Path(__file__).parents[2]
Doc = dict[str, Any]
_SERVICE = re.compile(r"http://([\w-]+)\.([\w-]+)\.svc:\d+")


class Pod:
    """A pod that was scheduled here. ``ending`` asks it to stop as the API does; ``hurry`` without its farewell."""

    def __init__(self, plane: Plane, pod: Doc, number: int, endpoints: Callable[[str, str], list[int]]) -> None:
        self.plane, self.spec, self.endpoints = plane, pod["spec"], endpoints
        self.namespace, self.name, self.uid = (pod["metadata"][key] for key in ("namespace", "name", "uid"))
        self.path = f"/api/v1/namespaces/{self.namespace}/pods/{self.name}"
        self.folder = plane.folder / "pods" / self.uid
        self.folder.mkdir(parents=True)
        self.log = self.folder / "log"
        self.address = f"10.244.{number // 250}.{number % 250 + 1}"
        (self.port,) = free_ports(1)
        self.restarts = 0
        self.ending, self.hurry = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._live)

    def _live(self) -> None:
        while not self._files() and not self.ending.wait(0.5):
            self._report("Pending", waiting="ContainerCreating")
        while not self.ending.is_set():
            with self.log.open("a") as log:
                process = self._start(log)
                self._serve(process)
                self._end(process)
            if self.ending.is_set():
                break
            if self.spec["restartPolicy"] == "Never":
                self._report("Succeeded" if process.returncode == 0 else "Failed", code=process.returncode)
                self.ending.wait()
                break
            self.restarts += 1
            self._report("Running", waiting="CrashLoopBackOff")
            self.ending.wait(min(10, 2**self.restarts))
        if not self.hurry.is_set():
            gone = {"gracePeriodSeconds": 0, "preconditions": {"uid": self.uid}}
            self.plane.api.request("DELETE", self.path, json=gone)

    # ---- what it runs with ----

    def _files(self) -> bool:
        """Write every volume; false while a ConfigMap or Secret is not there."""
        for volume in self.spec.get("volumes") or []:
            target = self.folder / "volumes" / volume["name"]
            target.mkdir(parents=True, exist_ok=True)
            for kind, named in (("configmaps", volume.get("configMap")), ("secrets", volume.get("secret"))):
                if named:
                    found = self._source(kind, named.get("name") or named["secretName"])
                    if found is None:
                        return False
                    for item in named.get("items") or [{"key": key, "path": key} for key in found]:
                        file = target / item["path"]
                        file.parent.mkdir(parents=True, exist_ok=True)
                        file.write_text(found[item["key"]])
        return True

    def _source(self, kind: str, name: str) -> dict[str, str] | None:
        answer = self.plane.api.get(f"/api/v1/namespaces/{self.namespace}/{kind}/{name}")
        return dict(answer.json().get("data") or {}) if answer.status_code == 200 else None

    def _here(self, text: str) -> str:
        """Words of the container in words of this machine: mounted folders, Services, host and port."""
        mounts = {each["mountPath"]: each["name"] for each in self._container.get("volumeMounts") or []}
        if mounts:
            longest_first = "|".join(re.escape(path) for path in sorted(mounts, key=len, reverse=True))
            place = lambda found: str(self.folder / "volumes" / mounts[found[1]])  # noqa: E731
            text = re.sub(rf"(?<![\w/])({longest_first})(?![\w-])", place, text)
        return _SERVICE.sub(lambda found: f"http://127.0.0.1:{self._behind(found[2], found[1])}", text)

    def _behind(self, namespace: str, service: str) -> int:
        return next(iter(self.endpoints(namespace, service)), 1)

    @property
    def _container(self) -> Doc:
        found: Doc = self.spec["containers"][0]
        return found

    def _start(self, log: TextIO) -> subprocess.Popen[str]:
        arguments = [self._here(word) for word in self._container.get("args") or []]
        for flag, value in (("--host", "127.0.0.1"), ("--port", str(self.port))):
            if flag in arguments:
                arguments[arguments.index(flag) + 1] = value
        inside = {each["name"]: self._here(each["value"]) for each in self._container.get("env") or []}
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        given = self._container.get("command")
        command = [sys.executable, "-m", "service"] if given is None else [sys.executable, *given[1:]]
        return subprocess.Popen(
            [*command, *arguments],
            cwd=self.folder,
            env={"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(self.folder)} | inside,
            stdout=log,
            stderr=log,
            text=True,
        )

    # ---- what a kubelet does meanwhile ----

    def _serve(self, process: subprocess.Popen[str]) -> None:
        """Ask the probes, each in its own time, until the process or the pod ends."""
        probes = {kind: self._container.get(f"{kind}Probe") for kind in ("startup", "readiness", "liveness")}
        due, failed, ready = dict.fromkeys(probes, time.monotonic()), dict.fromkeys(probes, 0), None
        started = probes["startup"] is None
        while process.poll() is None and not self.ending.wait(0.05):
            for kind in ("startup",) if not started else ("readiness", "liveness"):
                probe = probes[kind]
                if probe is None or time.monotonic() < due[kind]:
                    continue
                due[kind] = time.monotonic() + probe["periodSeconds"]
                held = self._holds(probe)
                failed[kind] = 0 if held else failed[kind] + 1
                if kind == "startup":
                    started = held
                elif kind == "readiness" and (held or failed[kind] >= probe["failureThreshold"]):
                    ready = self._tell(ready, held)
                if kind != "readiness" and failed[kind] >= probe["failureThreshold"]:
                    process.terminate()
            if ready is None:
                ready = self._tell(ready, probes["readiness"] is None)

    def _tell(self, before: bool | None, now: bool) -> bool:
        if before is not now:
            self._report("Running", ready=now)
        return now

    def _holds(self, probe: Doc) -> bool:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=probe.get("timeoutSeconds", 1))
        try:
            line.request("GET", probe["httpGet"]["path"])
            return 200 <= line.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            return False
        finally:
            line.close()

    def _end(self, process: subprocess.Popen[str]) -> None:
        """The farewell: preStop, SIGTERM, and SIGKILL when the grace period is over."""
        farewell = self._container.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
        grace = self.spec.get("terminationGracePeriodSeconds", 30)
        if process.poll() is None:
            self.hurry.wait(farewell)
            process.terminate()
        try:
            process.wait(max(1, grace - farewell))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _report(self, phase: str, *, ready: bool = False, waiting: str = "", code: int | None = None) -> None:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        state: Doc = {"running": {"startedAt": now}}
        if waiting:
            state = {"waiting": {"reason": waiting}}
        if code is not None:
            state = {"terminated": {"exitCode": code, "reason": phase, "startedAt": now, "finishedAt": now}}
        kinds = {"Ready": ready, "ContainersReady": ready, "Initialized": True, "PodScheduled": True}
        conditions = [
            {"type": kind, "status": str(true), "lastTransitionTime": now, "lastProbeTime": None}
            for kind, true in kinds.items()
        ]
        container = {
            "name": self._container["name"], "image": self._container["image"], "imageID": "", "ready": ready,
            "started": ready, "restartCount": self.restarts, "state": state,
        }  # fmt: skip
        status = {
            "phase": phase, "conditions": conditions, "containerStatuses": [container], "startTime": now,
            "podIP": self.address, "podIPs": [{"ip": self.address}], "hostIP": "127.0.0.1",
        }  # fmt: skip
        try:
            self.plane.patch(f"{self.path}/status", {"status": status})
        except httpx.HTTPError as problem:
            with self.log.open("a") as log:
                print(f"not reported: {problem!r}", file=log)
