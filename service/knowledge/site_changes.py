"""What a site changed in one record, for people who read it there: the overrides in, sentences out."""

from __future__ import annotations

from service.knowledge import Knowledge
from service.knowledge.records import Record


def changes_of(record: Record, knowledge: Knowledge) -> tuple[str, ...]:
    """One sentence for each override that reaches this record, in the order in which the site file is applied."""
    found = []
    for override in knowledge.overrides:
        where, _, told = override.partition(": ")
        table, _, rest = where.partition(".")
        name, _, key = rest.partition(".")
        if table == "parameters" and name in _numbers(record):
            found.append(f"The number {name} is {told}.")
        elif name == record.id and table in _SENTENCES:
            found.append(_SENTENCES[table].format(key=_TEXTS.get(key, key), told=told))
    return tuple(found)


def _numbers(record: Record) -> set[str]:
    whens = [when for clause in record.clauses for when in (clause.when, *clause.unless)]
    return {bound.parameter for when in whens for test in when for bound in test.bounds}


_SENTENCES = {
    "rules": "Evaluated and counted, and not shown: {told}.",
    "texts": "The site has its own words for {key}.",
    "orders": "Ordered with the site's own code: {told}.",
}
_TEXTS = {
    "title": "the title",
    "summary": "the card",
    "action": "the action",
    "line": "the line on the card",
    "text": "the text on the card",
    "positive": "a positive result",
    "negative": "a negative result",
}
