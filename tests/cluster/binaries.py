"""Kubernetes, etcd and Helm, compiled once from the modules of the Go proxy, and kept under the home folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

CACHE = Path(os.environ.get("CACHE", Path.home() / ".cache" / "backstory-cluster"))
JOBS = os.environ.get("JOBS", "2")
_GO = {"GOTOOLCHAIN": "local", "CGO_ENABLED": "0", "GOFLAGS": "-trimpath -buildvcs=false"}
_PLANE = ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl")
_ETCD = "go.etcd.io/etcd/server/v3"


def kubernetes(version: str) -> Path:
    """``1.34.4`` → the folder of its four programs and of the etcd that this very version names."""
    return _kept(f"kubernetes-{version}", lambda into, work: _kubernetes(version, into, work))


def helm(version: str, knows: str) -> Path:
    """``3.19.5`` and the Kubernetes that it shall know of → the folder of its program."""
    return _kept(f"helm-{version}", lambda into, work: _helm(version, knows, into, work))


def _kept(name: str, build: Callable[[Path, Path], None]) -> Path:
    folder = CACHE / name
    if not (folder / ".ready").exists():
        print(f"{name} is compiled once, into {folder}", flush=True)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as work:
            build(folder, Path(work))
        (folder / ".ready").touch()
    return folder


def _kubernetes(version: str, into: Path, work: Path) -> None:
    """Kubernetes points to its own parts by folder; the same parts are published as modules v0.x, so name those."""
    minor = version.split(".")[1]
    source = Path(json.loads(_go("mod", "download", "-json", f"k8s.io/kubernetes@v{version}", work=work))["Dir"])
    told = (source / "go.mod").read_text()
    parts = re.findall(r"^\s*(k8s\.io/[a-z0-9-]+) => \./staging/", told, re.MULTILINE)
    kept = re.findall(r"^(?:go|godebug) [^\n(]+$|^godebug \([^)]*^\)", told, re.MULTILINE)
    wanted = [f"\t{part} => {part} v0.{version.removeprefix('1.')}" for part in parts]
    lines = ["module cluster", *kept, f"require k8s.io/kubernetes v{version}", "replace (", *wanted, ")"]
    (work / "go.mod").write_text("\n".join(lines) + "\n")
    (work / "go.sum").write_bytes((source / "go.sum").read_bytes())
    imports = "".join(f'import _ "{each}"\n' for each in ("k8s.io/kubernetes/cmd/kube-apiserver", _ETCD))
    (work / "tools.go").write_text(f"//go:build tools\n\npackage tools\n\n{imports}")
    said = "k8s.io/component-base/version"
    flags = f"-s -w -X {said}.gitVersion=v{version} -X {said}.gitMajor=1 -X {said}.gitMinor={minor}"
    for program in _PLANE:
        _compile(into / program, f"k8s.io/kubernetes/cmd/{program}", flags, work)
    _compile(into / "etcd", _ETCD, "-s -w", work)


def _helm(version: str, knows: str, into: Path, work: Path) -> None:
    """A Helm from source believes in Kubernetes 1.20, and would refuse the chart, unless it is told otherwise."""
    major, minor = version.split(".")[0], knows.split(".")[1]
    home = f"helm.sh/helm/v{major}"
    rooms = ("pkg/chartutil", "pkg/lint/rules") if major == "3" else ("pkg/chart/common", "pkg/chart/v2/lint/rules")
    told = [f"-X {home}/internal/version.version=v{version}"]
    told += [f"-X {home}/{room}.k8sVersion{part}" for room in rooms for part in ("Major=1", f"Minor={minor}")]
    began = time.monotonic()
    flags = " ".join(["-s -w", *told])
    _go("install", "-p", JOBS, "-ldflags", flags, f"{home}/cmd/helm@v{version}", work=work, GOBIN=str(into))
    print(f"  helm: {time.monotonic() - began:.0f} s", flush=True)


def _compile(program: Path, package: str, flags: str, work: Path) -> None:
    began = time.monotonic()
    _go("build", "-mod=mod", "-p", JOBS, "-o", str(program), "-ldflags", flags, package, work=work)
    print(f"  {program.name}: {time.monotonic() - began:.0f} s", flush=True)


def _go(*words: str, work: Path, **more: str) -> str:
    try:
        done = subprocess.run(["go", *words], cwd=work, env=os.environ | _GO | more, capture_output=True, text=True)
    except FileNotFoundError:
        raise SystemExit("make cluster-test needs Go (https://go.dev/dl) to compile Kubernetes once.") from None
    if done.returncode:
        raise SystemExit(f"go {' '.join(words)} failed:\n{done.stderr[-2000:]}")
    return done.stdout
