"""A rule set as shipped: a folder of tables and records in; parsed records out, with what is wrong in them."""

from __future__ import annotations

import hashlib
import sys
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from service.knowledge.clause_parser import Context, read_clauses
from service.knowledge.frame_families import SIGNATURE, signature_problems
from service.knowledge.messages import missing, unknown, wrong
from service.knowledge.record_parser import folder_of, read_record
from service.knowledge.records import Clause, Record
from service.knowledge.tables import (
    AskedQuestion,
    Evidence,
    Parameter,
    Table,
    Vocabulary,
    read_evidence,
    read_parameters,
    read_questions,
    read_vocabulary,
)
from service.knowledge.word_sets import written_out

OTHER_TABLES = ("claims.toml", "drugs.toml", "units.toml")
"""Tables that other modules read; they count in the digest, so that a change of them is a new version."""

WEIGHTS = ("assertion_weights", "emergency_weights")
"""Files of the language data that were learnt: weights of classifiers of sentences."""
CHART_WEIGHTS = "cause_weights"
"""The same of the classifier of whole charts."""

FOLDERS = ("findings", "redflags", "causes", "steps")


@dataclass(frozen=True)
class Rules:
    """A rule set as read, before the site file: records by folder and id."""

    vocabulary: Vocabulary
    parameters: Mapping[str, Parameter]
    evidence: Mapping[str, Evidence]
    questions: tuple[AskedQuestion, ...]
    records: Mapping[str, Mapping[str, Record]]
    priors: tuple[Clause, ...]
    language: Mapping[str, Any]
    bedside: tuple[Clause, ...]
    digest: str


def read_rules(folder: Traversable, problems: list[str], extra: Iterable[Path] = ()) -> Rules:
    """Read every table and record of a rule set; what is wrong is appended to ``problems``."""
    digest = hashlib.sha256()

    def held(path: Traversable) -> bytes:
        raw = path.read_bytes() if path.is_file() else b""
        digest.update(path.name.encode() + raw)
        return raw

    def table(path: Traversable, *, needed: bool = True) -> Table:
        if not path.is_file():
            if needed:
                problems.append(wrong(path.name, "the file", "is missing from the rule set"))
            return {}
        try:
            return tomllib.loads(held(path).decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            problems.append(wrong(path.name, "the file", f"is not TOML: {error}"))
            return {}

    vocabulary = read_vocabulary(table(folder / "vocabulary.toml"), problems)
    parameters = read_parameters(table(folder / "parameters.toml"), problems)
    evidence = read_evidence(table(folder / "evidence.toml"), problems)
    problems.extend(
        unknown("parameters.toml", f"source of '{parameter.name}'", parameter.source, evidence)
        for parameter in parameters.values()
        if parameter.source not in evidence
    )
    questions = read_questions(table(folder / "questions.toml"), vocabulary, problems)

    def context(path: Traversable, where: str) -> Context:
        record = path.name.removesuffix(".toml")
        return Context(f"{where}/{path.name}", record, vocabulary, parameters, evidence, problems)

    records: dict[str, dict[str, Record]] = {name: {} for name in FOLDERS}
    for name in FOLDERS:
        for path in _record_files(folder / name):
            record = read_record(table(path), name, context(path, name))
            records[name][record.id] = record
    for directory in extra:
        for path in _record_files(directory):
            data = table(path)
            record = read_record(data, folder_of(data), context(path, directory.name))
            _admit_extra(record, folder_of(data), records, problems)
    for name in OTHER_TABLES:
        table(folder / name, needed=False)
    priors_path = folder / "priors.toml"
    priors = table(priors_path, needed=False).get("prior", [])
    bedside_path = folder / "bedside.toml"
    bedside = table(bedside_path, needed=False).get("ask", [])
    return Rules(
        vocabulary=vocabulary,
        parameters=parameters,
        evidence=evidence,
        questions=questions,
        records=records,
        priors=read_clauses("prior", priors, context(priors_path, "rules"), ("design",)),
        language=_language(folder / "language", table, problems) | _learnt(folder / "language", held, problems),
        bedside=read_clauses("ask", bedside, context(bedside_path, "rules"), ("design",)),
        digest=digest.hexdigest(),
    )


def _language(folder: Traversable, table: Callable[[Traversable], Table], problems: list[str]) -> dict[str, Any]:
    """The tables of the language data as one: sections of one name from several files are joined."""
    merged: dict[str, Any] = {}
    for path in _files_below(folder):
        data = table(path)
        problems += signature_problems(path.name, data)
        for name, told in data.items():
            if name == SIGNATURE:
                continue
            if isinstance(told, list):
                merged.setdefault(name, []).extend(told)
                continue
            held = merged.setdefault(name, {})
            problems += [wrong(path.name, f"{name} '{key}'", "stands in two files") for key in told if key in held]
            held.update(told)
    return written_out(merged, problems)


def _learnt(
    folder: Traversable, held: Callable[[Traversable], bytes], problems: list[str]
) -> dict[str, dict[str, Any]]:
    files = {name: folder / f"{name}.tsv" for name in (*WEIGHTS, CHART_WEIGHTS)}
    return {
        name: (_chart_weights if name == CHART_WEIGHTS else _weights)(name, held(path), problems)
        for name, path in files.items()
        if path.is_file()
    }


def _weights(name: str, raw: bytes, problems: list[str]) -> dict[str, float]:
    """The weights of a classifier: a feature, a tab and its weight a line."""
    weights: dict[str, float] = {}
    for number, line in enumerate(raw.decode(errors="replace").splitlines(), 1):
        feature, tab, weight = line.rpartition("\t")
        try:
            weights[feature] = float(weight)
        except ValueError:
            tab = ""
        if not tab:
            problems.append(wrong(f"{name}.tsv", f"line {number}", "is not a feature, a tab and a number"))
    return weights


def _chart_weights(
    name: str, raw: bytes, problems: list[str]
) -> dict[str, tuple[float, tuple[tuple[str, float], ...]]]:
    """The weights of a classifier with many answers: a word, how rare it is, and answers with their weights a line."""
    weights: dict[str, tuple[float, tuple[tuple[str, float], ...]]] = {}
    for number, line in enumerate(raw.decode(errors="replace").splitlines(), 1):
        word, rare, *answers = line.split("\t")
        try:
            told = [each.rpartition("=") for each in answers]
            weights[word] = float(rare), tuple((sys.intern(answer), float(weight)) for answer, _, weight in told)
        except ValueError:
            problems.append(wrong(f"{name}.tsv", f"line {number}", "is not a word, a number and answer=number pairs"))
    if weights and "" not in weights:
        problems.append(missing(f"{name}.tsv", "the line without a word, from which every answer starts"))
    return weights


def _files_below(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        found += _files_below(path) if path.is_dir() else [path] if path.name.endswith(".toml") else []
    return found


def _record_files(folder: Traversable) -> list[Traversable]:
    if not folder.is_dir():
        return []
    return sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)


def _admit_extra(record: Record, folder: str, records: dict[str, dict[str, Record]], problems: list[str]) -> None:
    if not record.id.startswith(("site_", "site-")):
        problems.append(wrong(f"{record.id}.toml", f"id '{record.id}'", "of an extra rule must start with site-"))
    elif record.id in records[folder]:
        problems.append(wrong(f"{record.id}.toml", f"id '{record.id}'", "is already taken"))
    else:
        records[folder][record.id] = record
