"""Who answers for a record, until when, and for which content: TOML tables in; hashes and broken laws out.

A signature is four keys beside the status: ``reviewer``, ``signed`` and ``review_due`` (dates) and ``content_hash``.
Only a clinician's signature makes a record active, and it holds for the content that was signed and for no other.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol

from service.knowledge.messages import missing, wrong
from service.knowledge.tables import Parameter, Table

KEYS = ("reviewer", "signed", "review_due", "content_hash")
OUTSIDE = frozenset({*KEYS, "status"})
"""What is not content: the signature itself and the status that follows from it."""

COMPARISONS = ("at_least", "at_most", "more_than", "less_than")


class Signed(Protocol):
    """What can be signed: a record, or a family of language frames."""

    @property
    def id(self) -> str: ...
    @property
    def status(self) -> str: ...
    @property
    def reviewer(self) -> str: ...
    @property
    def signed(self) -> date | None: ...
    @property
    def review_due(self) -> date | None: ...


def content_hash(data: Table, parameters: Mapping[str, Parameter]) -> str:
    """The hash of what a reviewer reads: the content without signature and status, and the numbers it names.

    Comments, layout and the order of keys do not count; the order of entries does. A number counts with its value and
    unit as shipped, because moving it in parameters.toml changes what the record says as much as an edit of the record.
    """
    content = {key: value for key, value in data.items() if key not in OUTSIDE}
    numbers = {name: (parameters[name].value, parameters[name].unit) for name in _named(content) if name in parameters}
    told = json.dumps([content, numbers], sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"


def violations(file: str, data: Table, parameters: Mapping[str, Parameter]) -> Iterator[str]:
    """The laws of a signature that one table breaks; an active one needs all of it, and content as it was signed."""
    for key in ("signed", "review_due"):
        if key in data and type(data[key]) is not date:
            yield wrong(file, key, "must be a date such as 2027-05-01")
    if data.get("status") != "active":
        return
    lacking = [key for key in KEYS if not str(data.get(key, "")).strip()]
    for key in lacking:
        yield missing(file, f"{key}, needed by status 'active',")
    if lacking:
        return
    signed, due = data["signed"], data["review_due"]
    if type(signed) is date and type(due) is date and due <= signed:
        yield wrong(file, f"review_due {due}", f"must be later than the day of the signature, {signed}")
    if data["content_hash"] != content_hash(data, parameters):
        yield wrong(
            file,
            "the content, or a number that it names,",
            f"was changed after {data['reviewer']} signed it on {signed}: "
            'set status = "draft", or have it signed again',
        )


def expired(signed: Iterable[Signed], today: date) -> list[str]:
    """Of what is active, in one sentence each, what was to be reviewed before today."""
    return [
        f"{each.id}: the signature of {each.reviewer} ended on {each.review_due}; have it reviewed and signed again."
        for each in signed
        if each.status == "active" and each.review_due is not None and each.review_due < today
    ]


def standing(signed: Signed, today: date | None = None) -> str:
    """Who signed, when and until when; or that nobody did. With ``today``, that a signature is past its end."""
    if signed.status != "active":
        return {"reviewed": "Reviewed, not signed.", "retired": "Retired."}.get(signed.status, "Draft: not signed.")
    over = today is not None and signed.review_due is not None and signed.review_due < today
    until = f"{'ended' if over else 'to be reviewed again by'} {signed.review_due}"
    return f"Signed by {signed.reviewer} on {signed.signed}, {until}."


def _named(value: Any) -> set[str]:
    """The parameters that a table names in its comparisons, at any depth."""
    if isinstance(value, Mapping):
        own = {told for key, told in value.items() if key in COMPARISONS and isinstance(told, str)}
        return own.union(*(_named(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(_named(each) for each in value))
    return set()
