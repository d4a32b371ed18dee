"""Spark and one machine come to the same rows; where PySpark or Java is missing this is not run."""

from __future__ import annotations

import importlib.util
import shutil

import pytest
from typer.testing import CliRunner

from service.cli import app
from tests.replay.hospital import generate

needs_spark = pytest.mark.skipif(
    importlib.util.find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs PySpark (requirements-spark.txt) and Java",
)


@needs_spark
def test_the_rows_of_spark_are_those_of_one_machine(tmp_path):
    generate.write(tmp_path, 150)
    for engine in ("local", "spark"):
        out = tmp_path / engine
        out.mkdir()
        (out / "pseudonym.key").write_bytes(bytes(range(32)))
        args = ["replay", str(tmp_path / "export"), "--out", str(out), "--engine", engine, "--workers", "1"]
        told = CliRunner().invoke(app, [*args, "--master", "local[2]"])
        assert 0 == told.exit_code, told.output
    for table in ("openings", "fired", "outcomes"):
        name = f"{table}.parquet"
        assert (tmp_path / "local" / name).read_bytes() == (tmp_path / "spark" / name).read_bytes()
