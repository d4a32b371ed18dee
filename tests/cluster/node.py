"""A node for the test cluster: what is scheduled to it runs as a process here, with its files, probes and farewell.

It is what a kubelet is to a pod, without containers: no isolation, no image, no pulling. Each pod gets an address, as
the API asks for one; ``ports`` says on which port of loopback it really listens. ``kubectl logs`` works.
"""

from __future__ import annotations

import http.server
import ssl
import threading
import time
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.cluster.plane import Plane
from tests.cluster.pod import Pod

_ROOM = {"cpu": "8", "memory": "16Gi", "pods": "110", "ephemeral-storage": "50Gi"}


class Node:
    """Two nodes in two zones, run by one thread; ``ports`` is where the address of each pod really listens."""

    def __init__(self, plane: Plane) -> None:
        self.plane = plane
        self.pods: dict[str, Pod] = {}
        self.over = threading.Event()

    @property
    def ports(self) -> dict[str, int]:
        return {pod.address: pod.port for pod in list(self.pods.values())}

    def endpoints(self, namespace: str, service: str) -> list[int]:
        """The ports behind a Service now, as a proxy reads them: the ready addresses of its EndpointSlices."""
        where = f"/apis/discovery.k8s.io/v1/namespaces/{namespace}/endpointslices"
        slices = self.plane.get(f"{where}?labelSelector=kubernetes.io/service-name%3D{service}")["items"]
        ports = self.ports
        return [
            ports[address]
            for each in slices
            for endpoint in each.get("endpoints") or []
            if endpoint["conditions"].get("ready")
            for address in endpoint["addresses"]
            if address in ports
        ]

    def watch(self) -> None:
        while not self.over.wait(0.1):
            try:
                found = self.plane.get("/api/v1/pods")["items"]
            except httpx.HTTPError:
                continue
            for pod in found:
                ident = pod["metadata"]["uid"]
                if pod["spec"].get("nodeName") and ident not in self.pods:
                    self.pods[ident] = Pod(self.plane, pod, len(self.pods), self.endpoints)
                    self.pods[ident].thread.start()
                if pod["metadata"].get("deletionTimestamp") and ident in self.pods:
                    self.pods[ident].ending.set()
            there = {pod["metadata"]["uid"] for pod in found}
            for ident in self.pods.keys() - there:
                self.pods[ident].ending.set()

    def log(self, namespace: str, name: str) -> Path | None:
        """The log file of the newest pod of this name."""
        found = [pod for pod in self.pods.values() if (pod.namespace, pod.name) == (namespace, name)]
        return found[-1].log if found else None


@contextmanager
def running(plane: Plane) -> Iterator[Node]:
    """Two nodes until the block ends; then every process of theirs is ended."""
    node = Node(plane)
    server = _logs(node)
    threads = [threading.Thread(target=server.serve_forever), threading.Thread(target=node.watch)]
    for thread in threads:
        thread.start()
    try:
        for name in ("a", "b"):
            _register(plane, name, server.server_address[1])
        yield node
    finally:
        node.over.set()
        server.shutdown()
        for thread in threads:
            thread.join()
        server.server_close()
        for pod in node.pods.values():
            pod.ending.set()
            pod.hurry.set()
        for pod in node.pods.values():
            pod.thread.join()


def _register(plane: Plane, name: str, port: int) -> None:
    labels = {"kubernetes.io/hostname": f"node-{name}", "topology.kubernetes.io/zone": name}
    plane.post(
        "/api/v1/nodes", {"apiVersion": "v1", "kind": "Node", "metadata": {"name": f"node-{name}", "labels": labels}}
    )
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    ready = {"type": "Ready", "status": "True", "reason": "Ready", "lastHeartbeatTime": now, "lastTransitionTime": now}
    status = {
        "allocatable": _ROOM, "capacity": _ROOM, "conditions": [ready],
        "addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
        "daemonEndpoints": {"kubeletEndpoint": {"Port": port}},
    }  # fmt: skip
    plane.patch(f"/api/v1/nodes/node-{name}/status", {"status": status}).raise_for_status()


def _logs(node: Node) -> http.server.ThreadingHTTPServer:
    """What the API server asks for when somebody wants a log: /containerLogs/NAMESPACE/POD/CONTAINER."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urllib.parse.urlsplit(self.path)
            parts = asked.path.strip("/").split("/")
            file = node.log(parts[1], parts[2]) if parts[0] == "containerLogs" and len(parts) == 4 else None
            lines = file.read_bytes().splitlines(keepends=True) if file and file.exists() else []
            tail = urllib.parse.parse_qs(asked.query).get("tailLines")
            body = b"".join(lines[-int(tail[0]) :] if tail else lines)
            self.send_response(200 if file else 404)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    node.plane.authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server
