"""Rule sets for tests: the shipped one, loaded once in a process, and small ones built from a folder."""

from __future__ import annotations

import pickle
import tomllib
from functools import cache
from pathlib import Path
from typing import Any, cast

import orjson

from service import knowledge, pipeline
from service.knowledge import Knowledge, RuleError, site
from service.knowledge.rule_set import read_rules
from service.knowledge.terminology import CodeIndex
from service.reasoning.engine import Engine
from service.text import pipeline as text_pipeline

load_anew, start_anew = knowledge.load, pipeline.start
"""The real ones, for tests of loading itself; everywhere else a process of tests loads the shipped rules once."""

SMALL = Path(__file__).parent / "records" / "fixtures" / "small"


def share() -> None:
    """Let all tests of this process have one set of shipped rules.

    Loading and compiling takes seconds and ninety megabytes, and every folder of tests asks for it; with thirty of them
    in one process, what is measured is the garbage collector. With a site file everything is loaded anew, but a TOML
    text is parsed and a language compiled once in a process: what each makes depends on what it is given alone.
    """
    tomllib.loads = _parsed_once(tomllib.loads)
    text_pipeline.compile_language = _compiled_once(text_pipeline.compile_language)
    load, start = cache(load_anew), cache(start_anew)
    knowledge.load = lambda site=None: load_anew(site) if site else load()
    pipeline.start = lambda site=None: start_anew(site) if site else start()


def _parsed_once(loads: Any) -> Any:
    @cache
    def held(text: str) -> bytes:
        return pickle.dumps(loads(text))

    return lambda text: pickle.loads(held(text))  # noqa: S301 - our own; a table of its own for each caller


def _compiled_once(compile_language: Any) -> Any:
    held: dict[bytes, Any] = {}

    def compiled(raw: Any) -> Any:
        told = orjson.dumps(raw)
        if told not in held:
            held[told] = compile_language(raw)
        return held[told]

    return compiled


def shipped() -> Knowledge:
    return knowledge.load()


def shipped_engine() -> Engine:
    return pipeline.start().engine


@cache
def small() -> Knowledge:
    return of_folder(SMALL)


@cache
def small_engine() -> Engine:
    return Engine(small())


def of_folder(folder: Path, site_file: Path | None = None) -> Knowledge:
    """A rule set from a folder, without value sets."""
    problems: list[str] = []
    changes = site.read(site_file, problems) if site_file else site.NO_CHANGES
    rules = read_rules(folder, problems, extra=changes.extra_rules)
    changed = site.apply(changes, rules.records, rules.parameters, rules.vocabulary.concepts, problems)
    if problems:
        raise RuleError(problems)
    return knowledge.assemble(rules, changed, cast(CodeIndex, None), "test")
