"""An export in, bucket files out in which each patient stands whole: a hash of the patient chooses the bucket.

Each process owns a folder and appends to its own files, compressed; after each part of the export it writes down how
long they were. What a killed process wrote after that is cut off when it starts again, and only that part is read anew.
"""

from __future__ import annotations

import os
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from gzip import compress
from itertools import accumulate
from pathlib import Path

import orjson

from service.intake import duplicate_keys
from service.replay.lines import NEVER, NOT_JSON, TWICE, Row, Scan, links_of, opened, parsed, rows, settled
from service.replay.parts import Part, Tick, batches

PART = 256 * 2**20
"""Bytes of a plain file that are one part: what a kill may cost."""

BUCKET = 40 * 2**20
"""Bytes, not compressed, that a bucket should hold: it is read as a whole, and a process has 300 MB."""

_LEAST_BUCKET, _SHARE = 2**18, 16
"""A small export is cut as well, into about sixteen, so that little is lost with one and little is held at a time."""

MOST_BUCKETS = 4096
_GUESS = 8
"""How much longer NDJSON is than its gzip."""

_MOST_HELD = 24 * 2**20
"""Bytes that a process holds before it writes them to its buckets."""

_NAMED = 1_000
"""Bad lines that are named; beyond that they are counted."""

_BATCH = 2**19
"""Bytes of lines that are read at once, at most."""

SHARED, SHELVES = "shared", 64
"""What belongs to no patient lies on that many shelves, by a hash of its reference."""


def files_of(source: Path) -> list[Path]:
    """The files of an export, NDJSON (also .gz) and JSON Bundles, in the order of their names."""
    if source.is_file():
        return [source]
    return sorted(f for f in source.rglob("*") if f.is_file() and f.name.removesuffix(".gz").endswith(_READ))


_READ = (".ndjson", ".json", ".jsonl")


def parts(files: Sequence[Path], part: int = PART) -> list[Part]:
    """The files cut into parts; compressed files and Bundles are whole."""
    made: list[Part] = []
    for at, path in enumerate(files):
        size = path.stat().st_size
        whole = path.suffix not in (".ndjson", ".jsonl") or size <= part
        for start in (0,) if whole else range(0, size, part):
            made.append(Part(len(made), at, path, start, -1 if whole else min(start + part, size)))
    return made


def bucket_count(files: Iterable[Path], least: int = 1) -> int:
    """How many buckets an export needs so that each can be held in memory."""
    size = _size(files)
    return max(least, min(MOST_BUCKETS, -(-size // _share(size, BUCKET))))


def held_at_once(files: Iterable[Path]) -> int:
    """How many bytes a process may hold while it splits."""
    return _share(_size(files), _MOST_HELD)


def _share(size: int, most: int) -> int:
    return max(_LEAST_BUCKET, min(most, size // _SHARE))


def _size(files: Iterable[Path]) -> int:
    return sum(path.stat().st_size * (_GUESS if path.suffix == ".gz" else 1) for path in files)


def bucket_of(patient: str, buckets: int) -> int:
    return zlib.crc32(patient.encode()) % buckets


@dataclass
class Splitter:
    """One process's half of the work. ``bad`` names lines that were left out and why, ``links`` merged patients."""

    folder: Path
    buckets: int
    links: Mapping[str, str]
    held: int = _MOST_HELD
    done: set[int] = field(default_factory=set)
    bad: list[tuple[str, str]] = field(default_factory=list)
    bad_count: int = 0
    lines: int = 0
    new_links: dict[str, str] = field(default_factory=dict)
    _held: defaultdict[int, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    _size: int = 0
    _lengths: dict[str, int] = field(default_factory=dict)

    def resume(self) -> None:
        """Take up what an earlier process committed; what it wrote after that is cut off."""
        self.folder.mkdir(parents=True, exist_ok=True)
        commit = self.folder / "commit.json"
        if commit.exists():
            told = orjson.loads(commit.read_bytes())
            self.done, self._lengths = set(told["done"]), told["lengths"]
            self.bad, self.bad_count = [(place, reason) for place, reason in told["bad"]], told["bad_count"]
            self.lines, self.new_links = told["lines"], told["links"]
        for path in self.folder.glob("*.gz"):
            os.truncate(path, self._lengths.get(path.stem, 0))

    def take(self, part: Part, tick: Tick) -> None:
        """Read one part into the buckets and commit it."""
        if part.path.name.removesuffix(".gz").endswith(".json"):
            for row, place in self._bundle(part, tick):
                self._put(row, place)
        else:
            self._take_lines(part, tick)
        self._flush()
        self.done.add(part.number)
        self._commit()

    def _take_lines(self, part: Part, tick: Tick) -> None:
        """The loop that every line of an export goes through: written flat, for it is most of what splitting costs.

        A line of the same patient as the line before is kept without a heading of its own: exports are written patient
        by patient, and reading knows where such a line stands.
        """
        links, buckets, before, scan = self.links, self.buckets, 0, Scan()
        mark = b"%d:byte %%d" % part.file if part.start else b"%d:%%d" % part.file
        for at, size, batch in batches(part, tick, min(_BATCH, self.held // 4)):
            again, keep = NEVER, list[bytes]().append
            numbers = range(before + 1, before + 1 + len(batch))
            places = list(accumulate(map(len, batch), initial=at)) if part.start else numbers
            for number, line in enumerate(batch):
                same = line.find(again)
                if same > 0 and line.count(b"{", 0, same) - line.count(b"}", 0, same) == 1:  # as of_the_line_itself
                    keep(line)
                    continue
                place = mark % places[number]
                if whose := scan.whose(line):
                    again, named = scan.again, links.get(told := whose.decode(), told).encode() if links else whose
                    keep = self._held[zlib.crc32(named) % buckets].append
                    keep(b"%b\t%b\t\t%b" % (named, place, line))
                else:
                    again = NEVER
                    self._odd_line(line.rstrip(b"\r\n"), place, part)
            before, self.lines = before + len(batch), self.lines + len(batch)
            self._size += size
            if self._size > self.held:
                self._flush()

    def _odd_line(self, line: bytes, place: bytes, part: Part) -> None:
        if not line.strip():
            self.lines -= 1
            return
        found = 0
        named = f"{part.path}:{place.rpartition(b':')[2].decode()}"
        try:
            for row in rows(line, self.new_links):
                found += 1
                self._put(row, place)
            # What is put away is looked at again when its chart is read; what belongs to nobody, only here.
            if not found and duplicate_keys.any_key(line, orjson.loads(line)):
                self._refuse(named, TWICE)
        except ValueError:
            self._refuse(named, NOT_JSON)

    def _put(self, row: Row, place: bytes) -> None:
        if row.patient:
            self._keep(self.links.get(row.patient, row.patient), place, row.full_url.encode(), row.body)
        else:
            self._keep(row.shared, place, b"", row.body, shared=True)

    def _keep(self, whose: str, place: bytes, url: bytes, body: bytes, *, shared: bool = False) -> None:
        named = whose.encode()
        number = -1 - zlib.crc32(named) % SHELVES if shared else zlib.crc32(named) % self.buckets
        self._held[number].append(b"%b\t%b\t%b\t%b\n" % (named, place, url, body))
        self._size += len(body)
        if self._size > self.held:
            self._flush()

    def _bundle(self, part: Part, tick: Tick) -> Iterator[tuple[Row, bytes]]:
        """A JSON file: a Bundle, one resource, or lines after all."""
        with opened(part.path) as file:
            body = file.read()
        tick(part.size)
        try:
            whole = orjson.loads(body)
        except orjson.JSONDecodeError:
            for number, line in enumerate(body.splitlines(), 1):
                self.lines += 1
                try:
                    for row in rows(line, self.new_links) if line.strip() else ():
                        yield row, b"%d:%d" % (part.file, number)
                except ValueError:
                    self._refuse(f"{part.path}:{number}", NOT_JSON)
            return
        listed = whole if isinstance(whole, list) else [whole]
        at = 0
        for resource in listed:
            for row in parsed(resource, orjson.dumps(resource), self.new_links):
                self.lines, at = self.lines + 1, at + 1
                yield row, b"%d:%d" % (part.file, at)

    def _refuse(self, place: str, reason: str) -> None:
        self.bad_count += 1
        if len(self.bad) < _NAMED:
            self.bad.append((place, reason))

    def _flush(self) -> None:
        for number, held in self._held.items():
            name = f"{number:04d}" if number >= 0 else f"{SHARED}-{-1 - number:02d}"
            packed = compress(b"".join(held), 1, mtime=0)
            with (self.folder / f"{name}.gz").open("ab") as file:
                file.write(packed)
            self._lengths[name] = self._lengths.get(name, 0) + len(packed)
        self._held.clear()
        self._size = 0

    def _commit(self) -> None:
        told = {
            "done": sorted(self.done), "lengths": self._lengths, "bad": self.bad, "bad_count": self.bad_count,
            "lines": self.lines, "links": self.new_links,
        }  # fmt: skip
        write_whole(self.folder / "commit.json", orjson.dumps(told))


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)


def split(files: Sequence[Path], folder: Path, buckets: int, tick: Tick) -> Splitter:
    """Split a whole export in this process. Where merged patients were found too late it is done again."""
    links = settled(links_of(files))
    while True:
        splitter = Splitter(folder / "0", buckets, links, held_at_once(files))
        splitter.resume()
        for part in parts(files):
            if part.number not in splitter.done:
                splitter.take(part, tick)
        found = settled(splitter.new_links)
        if set(found) <= set(links):
            return splitter
        links = settled({**links, **found})
        for path in (folder / "0").iterdir():
            path.unlink()
