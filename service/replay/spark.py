"""The engine of a cluster: the same rows as the local one, made by Apache Spark where the export is.

Spark reads the lines, sends each patient's to one place and sorts them; there the same function as on one machine is
called for each patient. Rows come back as compressed lines, and the tables are made of them here.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from service import pipeline
from service.intake import Entry
from service.replay.buckets import Lines, medication
from service.replay.course import Plan, Rows, replay
from service.replay.lines import NOT_JSON, SHARED, links_of, parsed, rows, settled
from service.replay.local import Left, Progress
from service.replay.reading_sample import Drawn
from service.replay.work import Work

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame, SparkSession

    from service.replay.run import Engine

_LINE = "patient string, place string, at string, url string, body binary"
_ROW = "bucket string, body binary"
_BAD = "\x00bad"
"""Stands in the place of a patient where a line could not be read; no id holds that character."""


class NoSpark(ValueError):
    """Spark cannot be had; the message says what is missing."""


def engine(master: str) -> Engine:
    """An engine for `run` on this master. Raises NoSpark."""
    if any(importlib.util.find_spec(name) is None for name in ("pyspark", "pyarrow", "pandas")):
        raise NoSpark("--engine spark needs PySpark: pip install 'backstory-cds[spark]' (requirements-spark.txt).")
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and Path(home, "bin", "java").exists())):
        raise NoSpark("--engine spark needs Java 17 or later: install it, or set JAVA_HOME.")

    def evaluate(files: list[Path], work: Work, plan: Plan, site: Path | None, workers: int, tell: Progress) -> Left:
        session = _session(master)
        try:
            return _evaluate(session, files, work, plan, site, tell)
        finally:
            session.stop()

    return evaluate


def _session(master: str) -> SparkSession:
    from pyspark.sql import SparkSession

    if master.startswith("local"):  # its processes are to be the interpreter that this runs in
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("backstory replay")
    for name, value in (
        ("spark.ui.enabled", "false"),
        ("spark.sql.execution.arrow.maxRecordsPerBatch", "2000"),
        ("spark.sql.session.timeZone", "UTC"),
    ):
        builder = builder.config(name, value)
    from pyspark.errors import PySparkRuntimeError

    try:
        return builder.getOrCreate()
    except PySparkRuntimeError:
        raise NoSpark(f"Spark did not start on {master}. It needs Java 17 or later: see JAVA_HOME.") from None


def _evaluate(
    spark: SparkSession, files: Sequence[Path], work: Work, plan: Plan, site: Path | None, tell: Progress
) -> Left:
    """Lines → patients, sorted → rows. The links of merged patients and the drugs go to every process."""
    tell("Spark", 0, 1)
    links = spark.sparkContext.broadcast(settled(links_of(files)))
    told = _lines(spark, files).mapInArrow(_reader(links), _LINE).persist()
    shared = told.where(f"patient = '' AND place = '{SHARED}'").select("url", "body").collect()
    bad = sorted((row.place, NOT_JSON) for row in told.where(f"patient = '{_BAD}'").select("place").collect())
    drugs = spark.sparkContext.broadcast({row.url: bytes(row.body) for row in shared})
    count = told.where("patient <> ''").count()
    charts = told.where(f"patient <> '' AND patient <> '{_BAD}'").repartition("patient")
    made = charts.sortWithinPartitions("patient", "place", "at").mapInArrow(_replayer(plan, site, drugs), _ROW)
    for number, row in enumerate(made.toLocalIterator()):
        work.keep_packed(f"s{number:06d}", orjson.loads(row.body))
    told.unpersist()
    tell("Spark", 1, 1)
    return Left(bad, len(bad), count)


def _lines(spark: SparkSession, files: Sequence[Path]) -> DataFrame:
    """Every line, with the file that it stands in and what sorts it there; a Bundle of many lines is one."""
    from pyspark.sql import functions

    whole = [str(path) for path in files if path.name.removesuffix(".gz").endswith(".json")]
    each = [str(path) for path in files if str(path) not in whole]
    name = functions.input_file_name().alias("file")
    at = functions.expr("format_string('%015d %015d', input_file_block_start(), monotonically_increasing_id())")
    frames = [
        spark.read.text(named, wholetext=entire).select("value", name, at.alias("at"))
        for named, entire in ((each, False), (whole, True))
        if named
    ]
    return frames[0] if len(frames) == 1 else frames[0].union(frames[1])


def _reader(links: Any) -> Any:
    def read(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        for batch in batches:
            held: list[tuple[str, str, str, str, bytes]] = []
            for line, file, at in zip(*(batch[name].to_pylist() for name in ("value", "file", "at")), strict=True):
                held += _rows(line.encode(), file.removeprefix("file://"), at, links.value)
            columns = list(zip(*held, strict=True)) or [(), (), (), (), ()]
            kinds = (*[pyarrow.string()] * 4, pyarrow.binary())
            arrays = [pyarrow.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
            yield pyarrow.RecordBatch.from_arrays(arrays, names=["patient", "place", "at", "url", "body"])

    return read


def _rows(line: bytes, file: str, at: str, links: dict[str, str]) -> Iterator[tuple[str, str, str, str, bytes]]:
    if not line.strip():
        return
    try:
        whole = line.startswith((b"{\n", b"{\r", b"["))
        found = parsed(orjson.loads(line), line, {}) if whole else rows(line.rstrip(b"\r\n"), {})
        for number, row in enumerate(found):
            if row.shared:
                yield "", SHARED, "", row.shared, row.body
            else:
                yield links.get(row.patient, row.patient), file, f"{at} {number:06d}", row.full_url, row.body
    except ValueError:
        yield _BAD, f"{file}, a line that begins {line[:1]!r} and has {len(line)} bytes", "", "", b""


def _replayer(plan: Plan, site: Path | None, drugs: Any) -> Any:
    def evaluate(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        service, shelf = _service(site), _Shelf(drugs.value)
        made = Rows(Drawn(plan.key))
        for lines in _patients(batches):
            replay(lines, shelf, plan, service, made)
        body = orjson.dumps(Work.packed(made))
        yield pyarrow.RecordBatch.from_arrays(
            [pyarrow.array([""]), pyarrow.array([body], pyarrow.binary())], names=["bucket", "body"]
        )

    return evaluate


def _patients(batches: Iterable[pyarrow.RecordBatch]) -> Iterator[Lines]:
    """One patient after another; batches may cut one in two."""
    whose = ""
    held: list[tuple[str, str, bytes]] = []
    for batch in batches:
        columns = [batch[name].to_pylist() for name in ("patient", "place", "url", "body")]
        for patient, place, url, body in zip(*columns, strict=True):
            if patient != whose and held:
                yield Lines(whose, tuple(held))
                held = []
            whose = patient
            held.append((place, url, body))
    if held:
        yield Lines(whose, tuple(held))


class _Shelf:
    """The drugs of the export, as every process has them."""

    def __init__(self, bodies: dict[str, bytes]) -> None:
        self._bodies = bodies

    def of(self, entries: Iterable[Entry]) -> list[Entry]:
        wanted = sorted({medication(entry.resource) for entry in entries} & self._bodies.keys())
        return [Entry(reference, orjson.loads(self._bodies[reference])) for reference in wanted]


@cache
def _service(site: Path | None) -> pipeline.Service:
    """One engine for each process of the cluster."""
    return pipeline.start(site)
