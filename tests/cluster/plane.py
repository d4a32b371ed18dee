"""A Kubernetes control plane on loopback: etcd, API server, controllers, scheduler; no root, ended by process id."""

from __future__ import annotations

import json
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import trustme

PATIENCE = 120


@dataclass
class Plane:
    """A running API server: its folder, its kubeconfig, and what of TLS the node needs."""

    folder: Path
    kubeconfig: Path
    api: httpx.Client
    authority: trustme.CA

    def get(self, path: str) -> dict[str, Any]:
        answer = self.api.get(path)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def post(self, path: str, made: dict[str, Any]) -> None:
        self.api.post(path, json=made).raise_for_status()

    def patch(self, path: str, change: dict[str, Any]) -> httpx.Response:
        return self.api.patch(path, json=change, headers={"Content-Type": "application/merge-patch+json"})


def until(what: str, true: Any, patience: float = PATIENCE) -> float:
    """Ask until it is so; the seconds that it took."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > patience:
            raise AssertionError(f"not within {patience:.0f} s: {what}")
        Event().wait(0.1)
    return time.monotonic() - began


@contextmanager
def running(binaries: Path) -> Iterator[Plane]:
    """The control plane of these programs, until the block ends."""
    processes: list[subprocess.Popen[bytes]] = []
    with tempfile.TemporaryDirectory(prefix="backstory-cluster-") as made:
        folder = Path(made)

        def start(program: str, **flags: object) -> None:
            words = [f"--{name.replace('_', '-')}={value}" for name, value in flags.items()]
            with (folder / f"{program}.log").open("wb") as log:
                processes.append(subprocess.Popen([binaries / program, *words], stdout=log, stderr=log, cwd=folder))

        try:
            yield _started(folder, start)
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in reversed(processes):
                _ended(process)


def _ended(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _started(folder: Path, start: Any) -> Plane:
    etcd, port, own, scheduler = free_ports(4)
    authority = trustme.CA()
    files = _certificates(folder, authority)
    kubeconfig = folder / "kubeconfig"
    kubeconfig.write_text(json.dumps(_kubeconfig(port, files)))
    start(
        "etcd", data_dir=folder / "etcd", listen_client_urls=f"http://127.0.0.1:{etcd}", unsafe_no_fsync="true",
        advertise_client_urls=f"http://127.0.0.1:{etcd}", listen_peer_urls="http://127.0.0.1:0", log_level="error",
    )  # fmt: skip
    start(
        "kube-apiserver", etcd_servers=f"http://127.0.0.1:{etcd}", bind_address="127.0.0.1", secure_port=port,
        advertise_address="127.0.0.1", endpoint_reconciler_type="none", authorization_mode="RBAC",
        tls_cert_file=files["api.crt"], tls_private_key_file=files["api.key"], client_ca_file=files["ca.crt"],
        service_account_issuer="https://kubernetes.default.svc", service_account_key_file=files["accounts.key"],
        service_account_signing_key_file=files["accounts.key"], service_cluster_ip_range="10.96.0.0/16",
        kubelet_preferred_address_types="InternalIP",
    )  # fmt: skip
    trust = ssl.create_default_context(cafile=str(files["ca.crt"]))
    trust.load_cert_chain(files["admin.crt"], files["admin.key"])
    plane = Plane(
        folder, kubeconfig, httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=trust, timeout=30), authority
    )
    until("the API server is ready", lambda: _is_ready(plane.api))
    both: dict[str, object] = dict.fromkeys(
        ("kubeconfig", "authentication_kubeconfig", "authorization_kubeconfig"), kubeconfig
    )
    both |= {"bind_address": "127.0.0.1", "leader_elect": "false"}
    # Our node writes no heartbeats, so none may be missed.
    start(
        "kube-controller-manager", **both, secure_port=own, use_service_account_credentials="true",
        service_account_private_key_file=files["accounts.key"], root_ca_file=files["ca.crt"],
        node_monitor_grace_period="1h",
    )  # fmt: skip
    start("kube-scheduler", **both, secure_port=scheduler)
    return plane


def _is_ready(api: httpx.Client) -> bool:
    try:
        return api.get("/readyz").status_code == 200
    except httpx.TransportError:
        return False


def _certificates(folder: Path, authority: trustme.CA) -> dict[str, Path]:
    served = authority.issue_cert("127.0.0.1", "10.96.0.1", "kubernetes.default.svc")
    admin = authority.issue_cert("admin.example", common_name="admin", organization_name="system:masters")
    accounts = authority.issue_cert("accounts.example")
    texts = {"ca.crt": authority.cert_pem.bytes(), "accounts.key": accounts.private_key_pem.bytes()}
    for name, made in (("api", served), ("admin", admin)):
        texts[f"{name}.crt"] = b"".join(blob.bytes() for blob in made.cert_chain_pems)
        texts[f"{name}.key"] = made.private_key_pem.bytes()
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    return {name: folder / name for name in texts}


def _kubeconfig(port: int, files: dict[str, Path]) -> dict[str, Any]:
    server = {"server": f"https://127.0.0.1:{port}", "certificate-authority": str(files["ca.crt"])}
    admin = {"client-certificate": str(files["admin.crt"]), "client-key": str(files["admin.key"])}
    return {
        "apiVersion": "v1", "kind": "Config", "current-context": "test",
        "contexts": [{"name": "test", "context": {"cluster": "test", "user": "admin"}}],
        "clusters": [{"name": "test", "cluster": server}], "users": [{"name": "admin", "user": admin}],
    }  # fmt: skip


def free_ports(number: int) -> list[int]:
    """Ports of loopback that nobody listens on now."""
    held = [socket.socket() for _ in range(number)]
    try:
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]
    finally:
        for each in held:
            each.close()
