"""Rows of all buckets in, three Parquet files out; DuckDB sorts them, on disk where memory is short."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.replay.work import Work

if TYPE_CHECKING:
    import duckdb

MEMORY = "256MB"

COLUMNS: dict[str, dict[str, str]] = {
    "openings": {
        "patient": "VARCHAR", "at": "TIMESTAMP", "clinic": "VARCHAR", "clinician": "VARCHAR", "silent": "VARCHAR",
        "cards": "INTEGER", "cards_lenient": "INTEGER", "operated": "DATE", "until": "TIMESTAMP",
        "sure": "DOUBLE", "rewound": "DOUBLE", "undated": "DOUBLE",
    },
    "fired": {
        "patient": "VARCHAR", "at": "TIMESTAMP", "card": "VARCHAR", "kind": "VARCHAR", "indicator": "VARCHAR",
        "certainty": "VARCHAR", "level": "VARCHAR", "side": "VARCHAR", "steps": "VARCHAR[]", "key": "VARCHAR",
        "grade": "VARCHAR", "sure": "DOUBLE", "rewound": "DOUBLE", "undated": "DOUBLE", "strict": "BOOLEAN",
        "lenient": "BOOLEAN",
    },
    "outcomes": {
        "patient": "VARCHAR", "outcome": "VARCHAR", "on": "DATE", "window": "INTEGER", "known": "DOUBLE",
        "basis": "VARCHAR",
    },
    "sample": {
        "rule": "VARCHAR", "rank": "VARCHAR", "patient": "VARCHAR", "at": "DOUBLE", "lines": "VARCHAR[][]",
    },
}  # fmt: skip
_ORDER = {
    "openings": 'patient, "at"',
    "fired": 'patient, "at", card, key',
    "outcomes": 'patient, outcome, "on"',
}
PARQUET = tuple(_ORDER)


class NoDuckDB(Exception):
    """DuckDB is not installed; the message says how to get it."""


@contextmanager
def database(scratch: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that spills to ``scratch``. Raises NoDuckDB."""
    try:
        import duckdb
    except ImportError:
        raise NoDuckDB(
            "The replay needs DuckDB, which comes with the extra 'replay': pip install 'backstory-cds[replay]'."
        ) from None
    scratch.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET threads = 1")  # the same rows in the same order, whatever the machine
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"SET temp_directory = '{_quoted(scratch)}'")
        yield connection


def write(work: Work, out: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write openings.parquet, fired.parquet and outcomes.parquet; the number of rows of each."""
    counted = {}
    for table, order in _ORDER.items():
        path = out / f"{table}.parquet"
        new = path.with_suffix(".new")
        connection.execute(
            f"COPY (SELECT * FROM ({rows_of(work, table)}) ORDER BY {order})"
            f" TO '{_quoted(new)}' (FORMAT parquet, COMPRESSION zstd)"
        )
        new.replace(path)
        counted[table] = int(_one(connection, f"SELECT count(*) FROM '{_quoted(path)}'"))
    return counted


def rows_of(work: Work, table: str) -> str:
    """A query over the rows of all finished buckets."""
    columns = COLUMNS[table]
    named = ", ".join(f"'{name}': '{kind}'" for name, kind in columns.items())
    files = work.rows(table)
    if not files:
        empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items())
        return f"SELECT {empty} WHERE false"
    listed = ", ".join(f"'{_quoted(path)}'" for path in files)
    return f"SELECT * FROM read_json([{listed}], format = 'newline_delimited', columns = {{{named}}})"


def views(out: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """The three Parquet files as tables of this connection."""
    for table in PARQUET:
        connection.execute(f"CREATE OR REPLACE VIEW {table} AS SELECT * FROM '{_quoted(out / f'{table}.parquet')}'")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    row = connection.execute(query).fetchone()
    return row[0] if row else 0


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
