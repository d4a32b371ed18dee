"""Records as people read them in a terminal: a record in, Markdown with its evidence out."""

from __future__ import annotations

from collections.abc import Iterator

from service.knowledge import Knowledge
from service.knowledge.records import Record
from service.knowledge.signatures import standing
from service.knowledge.telling import Entry, Number, Part, Told, tell


def describe(record: Record, knowledge: Knowledge) -> str:
    """One record in sentences, each entry with its sources, then its examples, numbers and sources spelled out."""
    told = tell(record, knowledge)
    lines = [f"# {told.title}", "", f"{told.id} · {told.kind} · {told.status}", ""]
    if record.status == "active":
        lines += [standing(record), ""]
    if record.id in knowledge.overridden:
        lines += [" ".join(("Changed by this site.", *told.changes)), ""]
    for label, text in told.said:
        lines += [f"{label}: {text}" if label else text, ""]
    for part in told.parts:
        lines += _part(part, told)
    if told.examples:
        lines += ["Examples, each a test", *(f"- {each.name}: {each.expected}" for each in told.examples), ""]
    if told.numbers:
        lines += ["Numbers a site may move", *(_number(each) for each in told.numbers), ""]
    lines.append("Sources")
    lines += [f"- {id_}: {known.citation} ({known.seen})" if known else f"- {id_}" for id_, known in told.sources]
    return "\n".join(lines) + "\n"


def _number(told: Number) -> str:
    return f"- {told.name} = {told.amount}, {told.range} [{told.source}]"


def _part(part: Part, told: Told) -> Iterator[str]:
    yield part.heading
    for entry in part.entries:
        yield f"- {entry.text}" if part.whole else f"- {_line(entry, told)}"
    yield ""


def _line(entry: Entry, told: Told) -> str:
    parts = [entry.text, entry.worth]
    if entry.when is not None:
        parts.append(f"When: {', and '.join(entry.when)}" if entry.when else "Always")
    if entry.unless:
        parts.append(f"Not when: {entry.unless}")
    sources = f" [{', '.join(entry.sources)}]" if entry.sources and entry.sources != told.own_sources else ""
    return f"{'. '.join(part for part in parts if part)}.{sources}"
