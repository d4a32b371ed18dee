"""Spark and one machine come to the same rows; where PySpark or Java is missing this is not run."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.replay.hospital import generate

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs PySpark (requirements-spark.txt) and Java",
)


def replay(*args, **environment):
    """In a process of its own: the JVM that Spark starts ends with it."""
    command = [sys.executable, "-m", "service", "replay", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment)


@needs_spark
def test_everything_that_spark_writes_is_what_one_machine_writes(tmp_path):
    """The tables, the pages for reading, and every count; only the name of a bad line is another."""
    generate.write(tmp_path, 150)
    told = {}
    for engine in ("local", "spark"):
        out = tmp_path / engine
        out.mkdir()
        (out / "pseudonym.key").write_bytes(bytes(range(32)))
        args = (tmp_path / "export", "--out", out, "--engine", engine, "--workers", "1", "--master", "local[2]")
        done = replay(*args)
        assert 0 == done.returncode, done.stderr
        files = [
            path for path in out.rglob("*") if path.suffix in (".parquet", ".csv") or path.parent.name == "reading"
        ]
        counted = json.loads((out / "run.json").read_text())
        for name in ("seconds", "memory_mb", "bad_named"):
            del counted[name]
        told[engine] = {str(path.relative_to(out)): path.read_bytes() for path in files}, counted
    assert len(told["local"][0]) > 10
    assert told["local"] == told["spark"]
    assert f"{tmp_path}/export/Condition.ndjson, a line that begins b'{{'" in done.stderr


@needs_spark
def test_a_java_that_does_not_start_is_told_in_one_sentence(tmp_path):
    java = tmp_path / "bin" / "java"
    java.parent.mkdir()
    java.write_text("#!/bin/sh\nexit 1\n")
    java.chmod(0o755)
    (tmp_path / "Patient.ndjson").write_text('{"resourceType": "Patient", "id": "a"}\n')
    done = replay(tmp_path / "Patient.ndjson", "--out", tmp_path / "out", "--engine", "spark", JAVA_HOME=str(tmp_path))
    assert (1, "Spark did not start on local[*]. It needs Java 17 or later: see JAVA_HOME.") == (
        done.returncode,
        done.stderr.strip().splitlines()[-1],
    )
