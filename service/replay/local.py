"""The engine of one machine: the export is split by patient, then a process a core works through the buckets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from service import pipeline
from service.replay import lines, processes
from service.replay.buckets import Drugs, patients
from service.replay.course import Plan, Rows, replay
from service.replay.parts import Part
from service.replay.processes import Counter
from service.replay.reading_sample import Drawn
from service.replay.split import Splitter, bucket_count, held_at_once, parts
from service.replay.work import Work

Progress = Callable[[str, int, int], None]
"""Told what is going on, how much is done and of how much: bytes while splitting, buckets after."""

_SMALL = 32 * 2**20
"""Bytes of an export that one process splits sooner than two are started."""

_TINY = 2 * 2**20
"""Bytes of an export that is not worth a second process at all."""


@dataclass
class Left:
    """What splitting left out, and how many lines there were."""

    bad: list[tuple[str, str]] = field(default_factory=list)
    bad_count: int = 0
    lines: int = 0


def evaluate(files: Sequence[Path], work: Work, plan: Plan, site: Path | None, workers: int, tell: Progress) -> Left:
    """Split the export and replay every bucket that is not finished yet. Raises processes.Stopped."""
    buckets = bucket_count(files, least=workers * 4 if _size(files) > _TINY else 1)
    folders, left = split(files, work, buckets, workers, tell)
    wanted = [number for number in range(buckets) if f"{number:04d}" not in work.finished()]
    done, following = processes.counter(), processes.counter()
    arguments = (wanted, folders, work, plan, site, following, done)
    glance = partial(_tell, tell, "Evaluating", done, buckets - len(wanted), buckets)
    processes.run(_work_through, [arguments] * max(1, min(workers, len(wanted))), glance)
    return left


def split(files: Sequence[Path], work: Work, buckets: int, workers: int, tell: Progress) -> tuple[list[Path], Left]:
    """Sort the lines of an export into buckets by patient; again, when merged patients were found too late."""
    links = lines.settled(lines.links_of(files))
    cut = parts(files)
    size = sum(part.size for part in cut)
    slots = 1 if size < _SMALL else workers
    while True:
        shares: list[list[Part]] = [[] for _ in range(slots)]
        for part in sorted(cut, key=lambda part: -part.size):
            min(shares, key=lambda share: sum(each.size for each in share)).append(part)
        shares = [share for share in shares if share]
        done = processes.counter()
        held = held_at_once(files)
        each = [(work.split / str(slot), share, buckets, links, held, done) for slot, share in enumerate(shares)]
        processes.run(_split_share, each, partial(_tell, tell, "Splitting", done, 0, size))
        splitters = [Splitter(folder, buckets, links) for folder, *_ in each]
        for splitter in splitters:
            splitter.resume()
        found: dict[str, str] = {}
        for splitter in splitters:
            for one, other in splitter.new_links.items():
                found[one] = min(other, found.get(one, other))
        if set(found) <= set(links):
            left = Left([row for s in splitters for row in s.bad], sum(s.bad_count for s in splitters),
                        sum(s.lines for s in splitters))  # fmt: skip
            return [splitter.folder for splitter in splitters], left
        links = lines.settled({**links, **found})
        work.empty_split()


def _split_share(
    folder: Path, share: Sequence[Part], buckets: int, links: dict[str, str], held: int, done: Counter
) -> None:
    splitter = Splitter(folder, buckets, links, held)
    splitter.resume()
    for part in sorted(share, key=lambda part: part.number):
        if part.number in splitter.done:
            done.add(part.size)
        else:
            splitter.take(part, done.count)


def _work_through(
    wanted: Sequence[int], folders: Sequence[Path], work: Work, plan: Plan, site: Path | None, following: Counter,
    done: Counter,
) -> None:  # fmt: skip
    """One process: its own engine, and the next bucket that nobody has taken until there is none."""
    service, drugs = pipeline.start(site), Drugs(folders)
    while (at := following.add(1)) < len(wanted):
        work.keep(f"{wanted[at]:04d}", bucket(folders, wanted[at], drugs, plan, service))
        done.add(1)


def bucket(folders: Sequence[Path], number: int, drugs: Drugs, plan: Plan, service: pipeline.Service) -> Rows:
    """All rows of one bucket."""
    rows = Rows(Drawn(plan.key))
    held = patients(folders, number)
    held.reverse()
    while held:  # what has been read is let go
        replay(held.pop(), drugs, plan, service, rows)
    return rows


def _size(files: Sequence[Path]) -> int:
    return sum(path.stat().st_size for path in files)


def _tell(tell: Progress, what: str, done: Counter, before: int, of: int) -> None:
    tell(what, before + done.now, of)
