"""Too little memory is refused before the first call, in one sentence; it never ends the service inside one."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from service.cli import memory_floor
from tests.helm import engine

MB = 1024 * 1024


@pytest.mark.parametrize("kind", [resource.RLIMIT_AS, resource.RLIMIT_DATA])
def test_a_process_with_too_few_addresses_does_not_start(kind):
    ended = subprocess.run(
        [sys.executable, "-m", "service", "serve", "--open", "--port", "0"],
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=lambda: resource.setrlimit(kind, (450 * MB,) * 2),
    )

    assert (2, "") == (ended.returncode, ended.stdout)
    assert "450 MB" in ended.stderr
    assert "640 MB" in ended.stderr


@pytest.mark.parametrize(
    ("listing", "file", "given", "workers", "told"),
    [
        ("0::/pod/box", "pod/memory.max", "268435456", 1, "256 MB"),
        ("0::/", "memory.max", "268435456", 1, "256 MB"),
        ("0::/pod/box", "pod/box/memory.max", str(512 * MB), 2, "896 MB"),
        ("0::/pod/box", "pod/box/memory.max", str(512 * MB), 1, ""),
        ("0::/pod/box", "pod/box/memory.max", "max", 1, ""),
        ("4:cpu,memory:/box", "memory/box/memory.limit_in_bytes", "268435456", 1, "256 MB"),
        ("4:cpu:/box", "memory/box/memory.limit_in_bytes", "268435456", 1, ""),
    ],
)
def test_a_container_with_too_little_memory_is_told(listing, file, given, workers, told, tmp_path, monkeypatch):
    (tmp_path / "cgroup").write_text(f"{listing}\n")
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(f"{given}\n")
    found = memory_floor._of_groups
    monkeypatch.setattr(memory_floor, "_of_groups", lambda *_: found(tmp_path / "cgroup", tmp_path))

    said = memory_floor.too_little(workers)

    assert bool(told) is bool(said)
    assert told in said


def test_the_chart_refuses_the_same():
    least = f"{memory_floor.RESIDENT // MB - 1}Mi"
    with pytest.raises(engine.Refused, match="less than one worker needs"):
        engine.render({"resources": {"limits": {"memory": least}, "requests": {"memory": least}}})


def test_a_machine_without_control_groups_is_not_limited():
    assert [] == list(memory_floor._of_groups(Path("/nowhere/cgroup"), Path("/nowhere")))
