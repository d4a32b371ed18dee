"""``make blind``: what is read of texts, and concluded of patients, that nobody tuned to when they were written.

Once a set has been learnt from, its figure here is in-sample; the figure that counts is its first-sight one, which
README.md records with its day.
"""

from __future__ import annotations

import sys
from pathlib import Path

from service import pipeline
from service.findings.case_sheet import compiled
from service.text import bank_score
from tests.blind import patients, small_charts

HOME = Path(__file__).resolve().parent


def main() -> int:
    service = pipeline.start()
    raw = service.knowledge.language
    language = compiled(raw)
    optional, emergencies = bank_score.tables_of(raw)
    print(f"{'bank':34} {'rows':>5} {'precision':>9} {'recall':>7} {'emergencies':>12} {'dangerous':>9}")
    for path in sorted((HOME / "banks").glob("*.tsv")):
        rows = bank_score.parse(path.read_text("utf-8").splitlines())
        total = bank_score.score((bank_score.judge(row, language, optional) for row in rows), emergencies)
        told = total.emergencies_right + total.emergencies_missed
        print(
            f"{path.stem:34} {total.rows:5} {total.precision:9.3f} {total.recall:7.3f} "
            f"{total.emergencies_right:5} of {told:3} {total.dangerous:9}"
        )
    for folder in sorted((HOME / "documents").iterdir()):
        verdicts = [bank_score.judge(row, language, optional) for row in _documents(folder)]
        total = bank_score.score(verdicts, emergencies)
        print(
            f"documents {folder.name:24} {total.rows:5} {total.precision:9.3f} {total.recall:7.3f} "
            f"{'':13} {total.dangerous:9}"
        )
    silent, found, told = _alarms(language, optional, emergencies)
    print(f"texts that must not alarm: {silent[0]} of {silent[1]} are silent; true ones: {found} of {told} are heard")
    for folder in sorted((HOME / "patients").iterdir()) if (HOME / "patients").is_dir() else ():
        print(f"patients {folder.name}: {patients.judge_all(folder, service)}")
    for path in sorted((HOME / "planted").glob("*.tsv")):
        print(f"planted {path.stem}: {small_charts.planted(path, service)}")
    for path in sorted((HOME / "notes").glob("notes_*.txt")):
        print(f"documents {path.stem}: {small_charts.whole(path, service)}")
    for path in sorted((HOME / "causes").glob("*.tsv")):
        print(f"causes {path.stem}: {small_charts.causes(path, service)}")
    return 0


def _documents(folder: Path) -> list[bank_score.Row]:
    """Whole documents of one voice, with one label a concept."""
    rows = []
    for line in (folder / "labels.tsv").read_text("utf-8").splitlines():
        name, kind, labels, *_ = (*line.split("\t"), "")
        if line.strip() and name != "file":
            text = (folder / name).with_suffix(".txt").read_text("utf-8")
            rows.append(bank_score.Row(kind, frozenset(labels.split()), text))
    return rows


def _alarms(language, optional, emergencies) -> tuple[tuple[int, int], int, int]:
    """Texts that only mention emergencies, and texts that tell one: how many are silent, how many are heard."""
    silent = rows = found = told = 0
    for kind, labels, text in _alarm_rows("false"):
        verdict = bank_score.judge(bank_score.Row(kind, labels, text), language, optional)
        rows += 1
        silent += not (verdict.extra & emergencies)
    for kind, labels, text in _alarm_rows("true"):
        wanted = labels & emergencies
        if wanted:
            told += 1
            read = bank_score.judge(bank_score.Row(kind, labels, text), language, optional).read
            found += bool(wanted & set(read))
    return (silent, rows), found, told


def _alarm_rows(name: str):
    path = HOME / "alarms" / f"{name}.tsv"
    for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
        if line.strip():
            _, kind, labels, text = line.split("\t")
            yield kind, frozenset(labels.split()), text.replace("\\n", "\n")


if __name__ == "__main__":
    sys.exit(main())
