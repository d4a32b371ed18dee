"""``make replay-bench``: grouping beside a bare pass that only reads ids, and the rules at 100,000 openings.

Charts are mostly quiet, as in a whole hospital. Figures go to ``build/replay-benchmark.md`` too.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import orjson

from service.replay.lines import opened
from service.replay.split import files_of
from tests.benchmarks import machine
from tests.replay.hospital import generate

_CHILD = """
import resource, sys, time
from functools import partial
from pathlib import Path
from service.replay import local
from service.replay.split import files_of, bucket_count
from service.replay.work import Work
if __name__ == "__main__":
    files, work, workers = files_of(Path(sys.argv[1])), Work(Path(sys.argv[2])), int(sys.argv[3])
    work.begin([], [])
    began, before = time.monotonic(), time.process_time()
    local.split(files, work, bucket_count(files, workers * 4), workers, lambda *_: None)
    from service.replay.run import memory_mb
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(each.ru_utime + each.ru_stime for each in used)
    print(time.monotonic() - began, cpu - before, memory_mb())
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--patients", type=int, default=14_000)
    options.add_argument("--copies", type=int, default=12, help="how often the export is written for the grouping")
    options.add_argument("--out", type=Path, default=Path("build/replay-bench"))
    told = options.parse_args()
    shutil.rmtree(told.out, ignore_errors=True)
    generate.OPERATED = 0.03
    generate.write(told.out / "hospital", told.patients)
    export, many = told.out / "hospital" / "export", told.out / "many"
    _copy(export, many, told.copies)
    lines = [
        f"{machine.state()}.",
        "",
        "| grouping | wall s | CPU s | × bare pass (CPU) | memory MB |",
        "|---|---|---|---|---|",
    ]
    bare = _bare(files_of(many))
    size = sum(path.stat().st_size for path in files_of(many))
    lines.append(f"| bare orjson pass over ids, {size / 1e6:,.0f} MB | {bare[0]:.1f} | {bare[1]:.1f} | 1 | |")
    script = told.out / "split.py"
    script.write_text(_CHILD)
    for workers in (1, 2):
        shutil.rmtree(told.out / "work", ignore_errors=True)
        wall, cpu, memory = _split(script, many, told.out / "work", workers)
        lines.append(
            f"| split, {workers} process{'es' * (workers > 1)} | {wall:.1f} | {cpu:.1f} | {cpu / bare[1]:.2f} "
            f"| {memory:.0f} |"
        )
    lines += [
        "",
        "| replay | openings | evaluations | wall s | CPU s | ms CPU an opening | memory MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for workers in (1, 2):
        lines.append(_replayed(export, told.out / f"result-{workers}", workers))
    print("\n".join(lines))
    Path("build").mkdir(exist_ok=True)
    Path("build/replay-benchmark.md").write_text("\n".join(lines) + "\n", "utf-8")


def _copy(export: Path, many: Path, copies: int) -> None:
    """The same lines under other ids: a large export without the time of inventing it."""
    many.mkdir()
    for path in files_of(export):
        with opened(path) as file:
            text = file.read()
        with (many / path.name.removesuffix(".gz")).open("wb") as out:
            for copy in range(copies):
                out.write(text.replace(b"/h", b"/%dh" % copy).replace(b'"id": "h', b'"id": "%dh' % copy))


def _bare(files: Iterable[Path]) -> tuple[float, float]:
    """What nobody can do without who parses with orjson: each line, and the ids of it."""
    began, used = time.monotonic(), time.process_time()
    for path in files:
        with opened(path) as lines:
            for line in lines:
                try:
                    told = orjson.loads(line)
                except orjson.JSONDecodeError:
                    continue
                (told.get("subject") or told).get("reference")
    return time.monotonic() - began, time.process_time() - used


def _split(script: Path, export: Path, work: Path, workers: int) -> tuple[float, ...]:
    told = subprocess.run(
        [sys.executable, script, export, work, str(workers)], check=True, capture_output=True, text=True
    ).stdout
    return tuple(float(each) for each in told.split())


def _replayed(export: Path, out: Path, workers: int) -> str:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    command = [sys.executable, "-m", "service", "replay", export, "--out", out, "--workers", str(workers)]
    subprocess.run(command, check=True, capture_output=True)
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    told = orjson.loads((out / "run.json").read_bytes())
    openings = told["rows"]["openings"]
    return (
        f"| {workers} process{'es' * (workers > 1)} | {openings:,} | {told['evaluations']:,} | {wall:.0f} | {cpu:.0f} "
        f"| {1000 * cpu / openings:.2f} | {told['memory_mb']} |"
    )


if __name__ == "__main__":
    main()
