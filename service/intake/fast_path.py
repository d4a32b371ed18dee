"""The searchset of one prefetch key as JSON text in; typed views of its resources out, if it is as plain as most are.

Reading text straight into views costs a third of parsing it into dicts first, for most of a resource is never looked
at. Whatever is not plain (another type among the rest, a failure, a further page, a resource without an id or with
something that has to be reported or worked out from others) is declined here, and the whole key is read the long way.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from msgspec import DecodeError, Raw, Struct, defstruct
from msgspec.json import Decoder

from service.fhir import datatypes, resources
from service.intake.entry import Entry, Text
from service.intake.resource_kinds import KINDS, Kind

_ABSENT = Raw(b"")


class _Reader(Struct, frozen=True):
    """How one type is read from text, and the elements of its views that decide whether one is plain."""

    searchset: Callable[[Raw], Any]
    marks: tuple[Callable[[Any], Raw], ...]
    one: tuple[Callable[[Any], datatypes.Reference | None], ...]
    many: tuple[Callable[[Any], tuple[datatypes.Reference, ...] | None], ...]


def _reader(name: str, kind: Kind) -> _Reader:
    # The views of this module hold one thing more: whether an element is there that calls for the long way.
    marks = [*kind.only_r5, "contained"]
    sent = defstruct(name, [(mark, Raw, _ABSENT) for mark in marks], bases=(kind.view,), frozen=True, gc=False)
    held = defstruct("Held", [("resource", sent), ("full_url", str, "")], rename={"full_url": "fullUrl"}, gc=False)
    searchset = defstruct(  # of types that are made here, which no type checker can know
        "Searchset",
        [("kind", str, ""), ("entry", list[held], []), ("link", Raw, _ABSENT)],  # type: ignore[valid-type]  # a type made at run time
        rename={"kind": "resourceType"},
        gc=False,
    )
    attribute = dict(zip(kind.view.__struct_encode_fields__, kind.view.__struct_fields__, strict=True))
    return _Reader(
        Decoder(searchset).decode,
        tuple(attrgetter(mark) for mark in marks),
        tuple(attrgetter(attribute[element]) for element in kind.one),
        tuple(attrgetter(attribute[element]) for element in kind.many),
    )


_READERS = {name: _reader(name, kind) for name, kind in KINDS.items()}


def read(text: Raw, path: str, kind: str) -> list[Entry] | None:
    """The entries of a searchset of ``kind``; ``None`` where anything but plain ones stands in it."""
    reader = _READERS.get(kind)
    if reader is None:
        return None
    try:
        searchset = reader.searchset(text)
    except (DecodeError, RecursionError):
        return None
    if searchset.kind != "Bundle" or _has_more(bytes(searchset.link)):
        return None
    sent = Text(text)
    entries = []
    for at, held in enumerate(searchset.entry):
        view = held.resource
        if view.resource_type != kind or not view.id or not _is_plain(view, reader):
            return None
        entries.append(Entry(f"{path}.entry[{at}].resource", sent, held.full_url, view, at))
    return entries


def _has_more(link: bytes) -> bool:
    """Whether a further page may be named; a letter may be written as a number too (``"ne\\u0078t"``)."""
    return b'"next"' in link or b"\\u" in link


def _is_plain(view: Any, reader: _Reader) -> bool:
    """Whether the view holds all that is to be said of its resource, and refers to others as ``Type/id``."""
    for mark in reader.marks:
        if mark(view) is not _ABSENT:
            return False
    for get_one in reader.one:
        if (held := get_one(view)) is not None and held.reference is not None and not is_plain(held.reference):
            return False
    for get_many in reader.many:
        for each in get_many(view) or ():
            if each.reference is not None and not is_plain(each.reference):
                return False
    if isinstance(
        view, resources.ImagingStudy
    ):  # R5 writes a concept where R4 has a coding, which leaves the view empty
        return all(modality.code is not None for modality in view.modality or ())
    return not isinstance(view, resources.Medication) or view.medication_codeable_concept is not None


def is_plain(reference: str) -> bool:
    return ":" not in reference and reference.count("/") == 1
