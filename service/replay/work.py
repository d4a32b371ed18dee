"""The folder in which a run keeps what is done: written so that a kill loses no finished bucket, removed at the end."""

from __future__ import annotations

import gzip
import hashlib
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import orjson

from service.replay.buckets import named_place
from service.replay.course import Rows
from service.replay.split import write_whole

FOLDER = ".work"
TABLES = ("openings", "fired", "outcomes", "sample")


class Work:
    """``split`` holds the buckets, which are patients' data, and ``done`` the rows of each finished bucket."""

    def __init__(self, out: Path) -> None:
        self.folder = out / FOLDER
        self.split, self.done = self.folder / "split", self.folder / "done"

    def begin(self, export: Any, asked: Any) -> bool:
        """Make the folder ready; keep of an earlier run what fits. True when something was kept."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = False
        for part, told, place in (("export", export, self.split), ("asked", [export, asked], self.done)):
            mark, path = _mark(told), self.folder / f"{part}.mark"
            if path.exists() and path.read_text() == mark:
                kept = kept or (place.exists() and any(place.iterdir()))
            else:
                shutil.rmtree(place, ignore_errors=True)
            place.mkdir(exist_ok=True)
            write_whole(path, mark.encode())
        return kept

    def empty_split(self) -> None:
        shutil.rmtree(self.split, ignore_errors=True)
        self.split.mkdir()

    def finished(self) -> set[str]:
        return {path.stem for path in self.done.glob("*.json")}

    @staticmethod
    def packed(rows: Rows) -> dict[str, Any]:
        """The rows of one bucket as plain values, table by table, and what they come to."""
        tables = dict(zip(TABLES, (rows.openings, rows.fired, rows.outcomes, rows.sample.rows()), strict=True))
        summary = {
            "patients": rows.patients, "resources": rows.resources, "evaluations": rows.evaluations, "bad": rows.bad,
            "gaps": [[*gap, count] for gap, count in rows.gaps.items()],
        }  # fmt: skip
        return {"tables": tables, "summary": summary}

    def keep(self, name: str, rows: Rows) -> None:
        """Write the rows of one bucket; it is finished when its summary is there, which is written last."""
        self.keep_packed(name, self.packed(rows))

    def keep_packed(self, name: str, packed: dict[str, Any]) -> None:
        for table, held in packed["tables"].items():
            path = self.done / f"{table}-{name}.ndjson.gz"
            if held:
                body = b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in held)
                write_whole(path, gzip.compress(body, 3, mtime=0))
            else:
                path.unlink(missing_ok=True)
        write_whole(self.done / f"{name}.json", orjson.dumps(packed["summary"]))

    def rows(self, table: str) -> list[Path]:
        return sorted(self.done.glob(f"{table}-*.ndjson.gz"))

    def summary(self, bad: Iterable[tuple[str, str]], bad_count: int, files: Sequence[Path]) -> dict[str, Any]:
        """What all finished buckets come to, with every line that was left out."""
        listed, gaps = [tuple(each) for each in bad], Counter[tuple[str, ...]]()
        total = {"patients": 0, "resources": 0, "evaluations": 0}
        for path in sorted(self.done.glob("*.json")):
            told = orjson.loads(path.read_bytes())
            for name in total:
                total[name] += told[name]
            for place, reason in told["bad"]:
                bad_count += 1
                listed.append((named_place(place, files), reason))
            for *gap, count in told["gaps"]:
                gaps[tuple(gap)] += count
        return {
            **total, "bad_lines": bad_count, "bad_named": listed[:1000],
            "gaps": [[*gap, count] for gap, count in sorted(gaps.items(), key=lambda row: (-row[1], row[0]))],
        }  # fmt: skip

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def _mark(told: Any) -> str:
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS, default=str)).hexdigest()
