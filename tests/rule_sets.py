"""Rule sets for tests: the shipped one, loaded once, and small ones built from a folder."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from service import knowledge
from service.knowledge import Knowledge, RuleError, site
from service.knowledge.rule_set import read_rules
from service.knowledge.terminology import CodeIndex
from service.reasoning.engine import Engine

SMALL = Path(__file__).parent / "records" / "fixtures" / "small"


@cache
def shipped() -> Knowledge:
    return knowledge.load()


@cache
def shipped_engine() -> Engine:
    return Engine(shipped())


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
