"""The scripts of `helm test`, taken out of the rendered pods and run against a real server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helm import engine

BIN = Path(sys.executable).parent
Docs = list[engine.Doc]


@pytest.fixture(scope="module")
def port(rendered: dict[str, Docs], tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The service with the clients file that the chart makes when nobody was named."""
    folder = tmp_path_factory.mktemp("clients")
    text = next(doc for doc in rendered["defaults"] if doc["metadata"]["name"].endswith("-clients"))["data"]
    (folder / "clients.toml").write_text(text["clients.toml"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    server = subprocess.Popen(
        [BIN / "backstory", "serve", "--port", str(number)],
        env=os.environ | {"BACKSTORY_CLIENTS": str(folder / "clients.toml")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    try:
        assert any('"event":"ready"' in line for line in server.stdout), "the service did not start"
        _wait(number, time.monotonic() + 10)
        yield number
    finally:
        server.terminate()
        server.wait(30)
        server.stdout.close()


def _wait(port: int, deadline: float) -> None:
    """The rules are loaded; what is left is the moment until the port is open."""
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            continue
        return
    raise AssertionError("the port did not open")


def script(docs: Docs, name: str) -> str:
    pod = next(doc for doc in docs if doc["kind"] == "Pod" and doc["metadata"]["name"].endswith(name))
    text: str = pod["spec"]["containers"][0]["args"][0]
    return text


def run(text: str) -> subprocess.CompletedProcess[str]:
    path = {"PATH": f"{BIN}:{os.environ['PATH']}"}
    return subprocess.run(
        [sys.executable, "-c", text], capture_output=True, text=True, timeout=60, env=os.environ | path
    )


def test_the_discovery_test_passes_on_a_closed_door(rendered: dict[str, Docs], port: int) -> None:
    text = script(rendered["defaults"], "-test-discovery").replace(
        "rel-backstory.backstory.svc:80", f"127.0.0.1:{port}"
    )
    done = run(text)

    assert "" == done.stderr
    assert "a call without a token is refused" in done.stdout


def test_the_discovery_test_fails_when_nothing_answers(rendered: dict[str, Docs]) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        done = run(script(rendered["defaults"], "-test-discovery").replace("rel-backstory.backstory.svc:80", address))

    assert 0 != done.returncode


def test_the_golden_test_sees_the_emergency(rendered: dict[str, Docs]) -> None:
    done = run(script(rendered["defaults"], "-test-golden").replace("/golden/", f"{engine.CHART}/files/"))

    assert "" == done.stderr
    assert "saddle" in done.stdout


def test_the_golden_test_fails_when_the_emergency_is_missed(rendered: dict[str, Docs], tmp_path: Path) -> None:
    text = (engine.CHART / "files" / "golden.json").read_text()
    (tmp_path / "golden.json").write_text(
        text.replace("Saddle anaesthesia", "Cough").replace("New urinary retention", "Cold")
    )
    done = run(script(rendered["defaults"], "-test-golden").replace("/golden/", f"{tmp_path}/"))

    assert 0 != done.returncode


def hook_of(doc: engine.Doc) -> dict[str, str]:
    noted = doc["metadata"].get("annotations") or {}
    return {name.removeprefix("helm.sh/"): text for name, text in noted.items() if name.startswith("helm.sh/hook")}


def test_the_pods_of_helm_test_stay_until_the_next_test_so_that_their_logs_can_be_read(
    rendered: dict[str, Docs],
) -> None:
    pods = [doc for doc in rendered["defaults"] if doc["kind"] == "Pod"]

    assert 2 == len(pods)
    assert [{"hook": "test", "hook-delete-policy": "before-hook-creation"}] * 2 == [hook_of(pod) for pod in pods]


def test_the_golden_chart_is_an_ordinary_object_that_goes_with_the_release(rendered: dict[str, Docs]) -> None:
    (chart,) = (doc for doc in rendered["defaults"] if doc["metadata"]["name"].endswith("-golden-chart"))
    pod = next(doc for doc in rendered["defaults"] if doc["metadata"]["name"].endswith("-test-golden"))

    assert ("ConfigMap", {}) == (chart["kind"], hook_of(chart))
    assert chart["metadata"]["name"] in [each.get("configMap", {}).get("name") for each in pod["spec"]["volumes"]]
