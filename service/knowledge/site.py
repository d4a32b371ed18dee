"""What a hospital changes without code: its site.toml in; checked changes out, then applied to the shipped rules."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from service.domain.conclusions import Order
from service.knowledge.messages import missing, unknown, wrong
from service.knowledge.records import LONGEST_SUMMARY, STATUSES, Clause, Record, StepRecord
from service.knowledge.tables import Parameter, Table


@dataclass(frozen=True)
class Changes:
    """A site file as read: nothing in it has met the rules yet."""

    file: str = "site.toml"
    rules: Mapping[str, Table] = field(default_factory=dict)
    parameters: Mapping[str, Table] = field(default_factory=dict)
    texts: Mapping[str, Table] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    orders: Mapping[str, Table] = field(default_factory=dict)
    language: Table = field(default_factory=dict)
    minimum_status: str = "draft"
    extra_rules: tuple[Path, ...] = ()
    value_sets: tuple[Path, ...] = ()


NO_CHANGES = Changes()


@dataclass(frozen=True)
class Changed:
    """The rules after the site file, and what a reader must be told about it."""

    records: Mapping[str, Mapping[str, Record]]
    parameters: Mapping[str, Parameter]
    overrides: tuple[str, ...]
    overridden: frozenset[str]
    disabled: Mapping[str, str]
    silenced: Mapping[str, str] = field(default_factory=dict)


def read(path: Path, problems: list[str]) -> Changes:
    """Read the site file; relative folders in it are relative to the file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        problems.append(wrong(path.name, "the file", f"cannot be read: {error}"))
        return NO_CHANGES
    problems.extend(unknown(path.name, "table", key, _TABLES) for key in data if key not in _TABLES)
    status = data.get("minimum_status", "draft")
    if status not in STATUSES[:3]:
        problems.append(unknown(path.name, "minimum_status", status, STATUSES[:3]))

    def folders(name: str) -> tuple[Path, ...]:
        found = tuple(path.parent / folder for folder in data.get(name, ()))
        problems.extend(
            wrong(path.name, f"{name} folder '{each}'", "is no folder") for each in found if not each.is_dir()
        )
        return tuple(each for each in found if each.is_dir())

    return Changes(
        file=path.name,
        rules=data.get("rules", {}),
        parameters=data.get("parameters", {}),
        texts=data.get("texts", {}),
        codes=_codes(data.get("codes", {}), path.name, problems),
        orders=data.get("orders", {}),
        language=data.get("language", {}),
        minimum_status=status,
        extra_rules=folders("extra_rules"),
        value_sets=folders("value_sets"),
    )


def apply(
    changes: Changes,
    shipped: Mapping[str, Mapping[str, Record]],
    parameters: Mapping[str, Parameter],
    concepts: Mapping[str, str],
    problems: list[str],
) -> Changed:
    """Apply the changes; conditions, weights and evidence of shipped rules cannot be reached from here."""
    records = {folder: dict(group) for folder, group in shipped.items()}
    numbers = dict(parameters)
    overrides: list[str] = []
    touched: set[str] = set()
    silenced = _silence(changes, records, overrides, problems)
    disabled = _switch_off(changes, records, overrides, problems)
    moved = _move_numbers(changes, numbers, overrides, problems)
    for folder, group in records.items():
        for id_, record in group.items():
            if any(bound.parameter in moved for clause in record.clauses for bound in _bounds(clause)):
                touched.add(id_)
            if id_ in changes.texts:
                records[folder] = {**records[folder], id_: _reword(record, changes, overrides, problems)}
                touched.add(id_)
    known = {id_ for group in shipped.values() for id_ in group}
    problems.extend(unknown(changes.file, "record in [texts]", id_, known) for id_ in changes.texts if id_ not in known)
    for id_, table in changes.orders.items():
        _recode(id_, table, changes.file, records["steps"], overrides, problems)
        touched.add(id_)
    problems.extend(
        unknown(changes.file, f"concept of code {code} in [codes]", concept, concepts)
        for (_, code), concept in changes.codes.items()
        if concept not in concepts
    )
    for system, number in Counter(system for system, _ in changes.codes).items():
        overrides.append(f"codes.{system}: {number} local {'code' if number == 1 else 'codes'}")
    overrides.extend(f"extra_rules: {folder.name}" for folder in changes.extra_rules)
    overrides.extend(f"value_sets: {folder.name}" for folder in changes.value_sets)
    return Changed(records, numbers, tuple(overrides), frozenset(touched), disabled, silenced)


def _switch_off(
    changes: Changes, records: dict[str, dict[str, Record]], overrides: list[str], problems: list[str]
) -> dict[str, str]:
    """Take out what the site switched off, and causes under the minimum status; steps and red flags keep theirs."""
    disabled: dict[str, str] = {}
    known = {id_ for group in records.values() for id_ in group}
    for id_, table in changes.rules.items():
        problems.extend(
            unknown(changes.file, f"key of [rules.{id_}]", key, ("on", "silent", "reason"))
            for key in table
            if key not in ("on", "silent", "reason")
        )
        if not isinstance(table.get("on", True), bool):
            problems.append(wrong(changes.file, f"on of [rules.{id_}]", "must be true or false"))
        if id_ not in known:
            problems.append(unknown(changes.file, "record in [rules]", id_, known))
        elif table.get("on", True) is False:
            if id_ in records["redflags"] and not str(table.get("reason", "")).strip():
                problems.append(missing(changes.file, f"the reason for switching off the red flag '{id_}'"))
            if id_ in records["steps"] or id_ in records["findings"]:
                problems.append(
                    wrong(changes.file, f"'{id_}'", "is a step or a finding; only causes and red flags go off")
                )
            disabled[id_] = str(table.get("reason") or "switched off by this site")
    if changes.minimum_status != "draft":
        overrides.append(f"minimum_status: {changes.minimum_status}")
    lowest = STATUSES.index(changes.minimum_status) if changes.minimum_status in STATUSES else 0
    for folder, group in records.items():
        for id_, record in group.items():
            if record.status == "retired":
                disabled.setdefault(id_, "retired")
            elif folder == "causes" and STATUSES.index(record.status) < lowest:
                disabled.setdefault(id_, f"status {record.status} is below the minimum {changes.minimum_status}")
        for id_ in disabled:
            group.pop(id_, None)
    overrides.extend(f"rules.{id_}: off ({disabled[id_]})" for id_ in changes.rules if id_ in disabled)
    return disabled


def _silence(
    changes: Changes, records: Mapping[str, Mapping[str, Record]], overrides: list[str], problems: list[str]
) -> dict[str, str]:
    """What the site wants evaluated and counted but not shown; a red flag only with a reason."""
    silenced: dict[str, str] = {}
    for id_, table in changes.rules.items():
        quiet = table.get("silent", False)
        if not isinstance(quiet, bool):
            problems.append(wrong(changes.file, f"silent of [rules.{id_}]", "must be true or false"))
        elif quiet and (id_ in records["steps"] or id_ in records["findings"]):
            problems.append(
                wrong(changes.file, f"'{id_}'", "is a step or a finding; only causes and red flags go silent")
            )
        elif quiet:
            reason = str(table.get("reason", "")).strip()
            if id_ in records["redflags"] and not reason:
                problems.append(missing(changes.file, f"the reason for silencing the red flag '{id_}'"))
            silenced[id_] = reason or "silenced by this site"
            overrides.append(f"rules.{id_}: silent ({silenced[id_]})")
    return silenced


def _move_numbers(
    changes: Changes, numbers: dict[str, Parameter], overrides: list[str], problems: list[str]
) -> set[str]:
    moved: set[str] = set()
    for name, table in changes.parameters.items():
        value: Any = table.get("value") if isinstance(table, Mapping) else table
        if name not in numbers:
            problems.append(unknown(changes.file, "parameter", name, numbers))
            continue
        shipped = numbers[name]
        low, high = shipped.allowed
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            problems.append(
                wrong(changes.file, f"value {value} of '{name}'", f"must lie between {low} and {high} {shipped.unit}")
            )
        else:
            numbers[name] = replace(shipped, value=value)
            overrides.append(f"parameters.{name}: {value} {shipped.unit} (shipped {shipped.value})")
            moved.add(name)
    return moved


def _reword(record: Record, changes: Changes, overrides: list[str], problems: list[str]) -> Record:
    """Replace a title, summary, action, line or the sentence of an entry (``because.<entry> = "..."``)."""
    for key, text in changes.texts[record.id].items():
        what = f"[texts.{record.id}] {key}"
        if key == "because" and isinstance(text, Mapping):
            entries = {clause.id for clause in record.clauses}
            problems.extend(
                unknown(changes.file, f"entry in {what}", id_, entries) for id_ in text if id_ not in entries
            )
            problems.extend(
                wrong(changes.file, f"entry '{id_}' in {what}", "must be text")
                for id_, said in text.items()
                if not isinstance(said, str)
            )
            record = _reword_clauses(record, text)
            overrides.extend(f"texts.{record.id}.because.{id_}" for id_ in text)
        elif key not in _TEXTS or not hasattr(record, key):
            problems.append(
                unknown(changes.file, f"text of [texts.{record.id}]", key, [t for t in _TEXTS if hasattr(record, t)])
            )
        elif not isinstance(text, str) or (key == "summary" and len(text) > LONGEST_SUMMARY):
            problems.append(wrong(changes.file, what, f"must be text of at most {LONGEST_SUMMARY} characters"))
        elif key == "summary" and _UNKNOWN_PLACEHOLDER.search(text):
            problems.append(wrong(changes.file, what, "may use the placeholders {level} and {side} only"))
        else:
            fields: dict[str, Any] = {key: text}
            record = replace(record, **fields)
            overrides.append(f"texts.{record.id}.{key}")
    return record


def _reword_clauses(record: Record, texts: Mapping[str, str]) -> Record:
    changed: dict[str, Any] = {}
    for name in ("gates", "fits", "for_", "against", "wants", "notes", "fires", "insteads", "withholds", "cautions"):
        clauses: tuple[Clause, ...] = getattr(record, name, ())
        if any(clause.id in texts for clause in clauses):
            changed[name] = tuple(replace(clause, because=texts.get(clause.id, clause.because)) for clause in clauses)
    return replace(record, **changed)


def _recode(
    id_: str, table: Table, file: str, steps: dict[str, Record], overrides: list[str], problems: list[str]
) -> None:
    step = steps.get(id_)
    if not isinstance(step, StepRecord):
        problems.append(unknown(file, "step in [orders]", id_, steps))
        return
    lacking = [key for key in ("system", "code", "display") if not isinstance(table.get(key), str)]
    if lacking:
        problems.append(missing(file, f"{', '.join(lacking)} of [orders.{id_}]"))
        return
    order = Order(table["system"], table["code"], table["display"])
    steps[id_] = replace(step, orders=(Clause(record=id_, id="order-site", kind="order", order=order),))
    overrides.append(f"orders.{id_}: {order.system}|{order.code}")


def _bounds(clause: Clause) -> list[Any]:
    return [bound for when in (clause.when, *clause.unless) for test in when for bound in test.bounds]


_TABLES = ("rules", "parameters", "texts", "codes", "orders", "minimum_status", "extra_rules", "value_sets", "language")
_TEXTS = ("title", "summary", "action", "line", "text", "positive", "negative")


_UNKNOWN_PLACEHOLDER = re.compile(r"\{(?!level\}|side\})|(?<!\{level)(?<!\{side)\}")
_SYSTEM = re.compile(r"[a-z][a-z0-9+.-]*://\S+|urn:\S+")


def _codes(tables: Table, file: str, problems: list[str]) -> dict[tuple[str, str], str]:
    """Local codes by system and code; each table is named by a code system and maps codes to concepts."""
    found: dict[tuple[str, str], str] = {}
    for system, table in tables.items():
        if not isinstance(table, Mapping):
            problems.append(wrong(file, f"[codes] '{system}'", 'stands outside a table; write [codes."<its system>"]'))
            continue
        if not _SYSTEM.fullmatch(system):
            problems.append(wrong(file, f"system '{system}' in [codes]", "is no URL or urn:"))
        for code, concept in table.items():
            if not code.strip() or not isinstance(concept, str):
                problems.append(wrong(file, f"code '{code}' in [codes]", "needs one concept, as text"))
            else:
                found[(system, code)] = concept
    return found
