"""Lines of an export in, whom each is about out: only ids are read here, which costs a third of a whole parse."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from msgspec import DecodeError, Struct, ValidationError
from msgspec.json import Decoder

from service.intake.entry import Entry
from service.intake.references import aliases, canonical

SHARED = "Medication"
"""A resource that belongs to no patient and that the entries of patients refer to."""

NOT_JSON = "this line is not valid JSON"
TWICE = "an object in this line names the same key twice"
_MEANS_THE_SAME = ("replaced-by", "replaces", "seealso", "refer")


class Row(NamedTuple):
    """One resource: whose it is (``Patient/id``; "" with ``shared`` as ``Medication/id``), its address, its JSON."""

    patient: str
    shared: str
    full_url: str
    body: bytes


class _Reference(Struct, gc=False):
    reference: str = ""


class _Link(Struct, gc=False):
    type: str = ""
    other: _Reference | None = None


class _Ids(Struct, rename={"kind": "resourceType"}, gc=False):
    kind: str = ""
    id: str = ""
    subject: _Reference | None = None
    patient: _Reference | None = None
    link: list[_Link] = []


_ids = Decoder(_Ids).decode
_SPECIAL = frozenset({"", "Bundle", "Patient", SHARED})
_PATIENT = b"Patient/"
_PLAIN = re.compile(rb"Patient/[A-Za-z0-9.-]{1,64}").fullmatch
_REFERENCE = re.compile(rb'"(?:subject|patient)"\s*:\s*\{\s*"reference"\s*:\s*"')
_MOST_FORMS = 8
NEVER = b"\n\n"
"""What stands in no line."""


class Scan:
    """Whose lines are, without parsing most of them: a file is written alike from its first line to its last.

    How it writes the reference to a patient is learnt from a line that is parsed; in the others the same bytes are
    looked for, and what does not look so is parsed too. Whether a line is JSON elsewhere is found when its chart is
    read. ``again`` are the bytes by which the next line shows that it is about the same patient.
    """

    def __init__(self) -> None:
        self._forms: list[bytes] = []
        self.again = NEVER

    def whose(self, line: bytes) -> bytes:
        """Whose a plain line is, as ``Patient/id``; b"" for a line that `rows` has to look at. Most lines are plain."""
        for form in self._forms:
            at = line.find(form)
            if at > 0 and of_the_line_itself(line, at):
                start = at + len(form) - len(_PATIENT)
                named = line[start : line.find(b'"', start)]
                if _PLAIN(named):
                    self.again = form + named[len(_PATIENT) :] + b'"'
                    return named
        return self._learn(line)

    def _learn(self, line: bytes) -> bytes:
        self.again = NEVER
        named, base = _owner(line)
        if named and len(self._forms) < _MOST_FORMS:
            written = _REFERENCE.search(line)
            if written and line.startswith(base + named + b'"', written.end()):
                self._forms.append(written[0] + base + _PATIENT)
        return named


def of_the_line_itself(line: bytes, at: int) -> bool:
    """Whether one brace is open there: the reference is the resource's own, not that of something contained in it."""
    return line.count(b"{", 0, at) - line.count(b"}", 0, at) == 1


def _owner(line: bytes) -> tuple[bytes, bytes]:
    """Whose a line is, by its ids, and what stands before ``Patient/`` where a server writes whole addresses."""
    if not (line.startswith(b"{") and line.endswith(b"\n")):
        return b"", b""
    try:
        ids = _ids(line)
    except (DecodeError, UnicodeDecodeError):
        return b"", b""
    told = ids.subject or ids.patient
    if told is None or ids.kind in _SPECIAL:
        return b"", b""
    named, reference = _person(told.reference, {}).encode(), told.reference.encode()
    return (named, reference.removesuffix(named)) if _PLAIN(named) and reference.endswith(named) else (b"", b"")


def rows(line: bytes, links: dict[str, str]) -> Iterator[Row]:
    """The resources of one line; a Bundle counts as its entries. Links between Patients are added to ``links``.

    Raises ValueError for a line that is not JSON.
    """
    try:
        ids = _ids(line)
    except ValidationError:
        yield from parsed(orjson.loads(line), line, links)
        return
    except (DecodeError, UnicodeDecodeError):
        raise ValueError(NOT_JSON) from None
    kind = ids.kind
    if kind == "Bundle":
        yield from parsed(orjson.loads(line), line, links)
    elif kind == "Patient":
        if ids.id:
            own = f"Patient/{ids.id}"
            for link in ids.link:
                _note(own, link.type, link.other.reference if link.other else "", links)
            yield Row(own, "", "", line)
    elif kind == SHARED:
        yield Row("", f"{SHARED}/{ids.id}", "", line)
    elif kind:
        for held in (ids.subject, ids.patient):
            if held is not None and (named := _person(held.reference, {})):
                yield Row(named, "", "", line)
                return


def parsed(resource: Any, body: bytes, links: dict[str, str], names: Mapping[str, str] | None = None) -> Iterator[Row]:
    """The same for what has been parsed; ``names`` are the addresses by which a Bundle's entries call each other."""
    if not isinstance(resource, dict):
        return
    kind, own = resource.get("resourceType"), resource.get("id")
    if kind == "Bundle":
        yield from _entries(resource, links)
    elif kind == "Patient" and isinstance(own, str):
        listed = resource.get("link")
        for link in listed if isinstance(listed, list) else ():
            if isinstance(link, dict) and isinstance(link.get("other"), dict):
                _note(f"Patient/{own}", link.get("type"), link["other"].get("reference"), links)
        yield Row(f"Patient/{own}", "", "", body)
    elif kind == SHARED:
        yield Row("", f"{SHARED}/{own}", "", body)
    else:
        for name in ("subject", "patient"):
            held = resource.get(name)
            if isinstance(held, dict) and (named := _person(held.get("reference"), names or {})):
                yield Row(named, "", "", body)
                return


def _entries(bundle: dict[str, Any], links: dict[str, str]) -> Iterator[Row]:
    listed = bundle.get("entry")
    held = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    found = [
        Entry("", each["resource"], url if isinstance(url := each.get("fullUrl"), str) else "")
        for each in held
        if isinstance(each.get("resource"), dict)
    ]
    names = aliases(found)
    for entry in found:
        for row in parsed(entry.resource, orjson.dumps(entry.resource), links, names):
            yield row._replace(full_url=row.full_url or entry.full_url)


def _person(reference: object, names: Mapping[str, str]) -> str:
    if not isinstance(reference, str):
        return ""
    if reference.startswith("Patient/") and reference.count("/") == 1 and "?" not in reference:
        return reference
    found = canonical(reference, names)
    return found if found.startswith("Patient/") else ""


def _note(own: str, kind: object, other: object, links: dict[str, str]) -> None:
    """Remember that two Patients are one; the smaller id stands for both, whichever line comes first."""
    named = _person(other, {})
    if kind in _MEANS_THE_SAME and named and named != own:
        first, second = _root(own, links), _root(named, links)
        if first != second:
            links[max(first, second)] = min(first, second)


def _root(patient: str, links: Mapping[str, str]) -> str:
    while patient in links:
        patient = links[patient]
    return patient


def settled(links: Mapping[str, str]) -> dict[str, str]:
    """Every merged patient with the one that stands for it."""
    return {patient: _root(patient, links) for patient in links}


def links_of(files: Iterable[Path]) -> dict[str, str]:
    """The merged patients of an export, from the files that hold Patients: a bulk export has one type a file."""
    links: dict[str, str] = {}
    for path in files:
        with opened(path) as lines:
            for number, line in enumerate(lines):
                if b'"Patient"' not in line[:4096] and number == 0 and b'"Bundle"' not in line[:4096]:
                    break
                if b'"link"' in line:
                    try:
                        for _ in rows(line, links):
                            pass
                    except ValueError:
                        continue
    return links


def opened(path: Path) -> Any:
    """A file as lines, whether it is compressed or not."""
    import gzip

    return gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")
