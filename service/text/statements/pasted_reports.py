"""Reports of pictures that lie in the chart as notes: a note in, the study that the whole of it is about out.

A paper that opens with the name of a study on a line of its own and has the headings of a report is that report,
whatever its title: each of its blocks speaks of the study, and the study was done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.domain.done_steps import DoneStep
from service.domain.spans import Span
from service.text import done_steps
from service.text.documents import temporal
from service.text.documents.entries import Entry
from service.text.statements.retold_studies import Retold
from service.text.vocabulary.done_words import DoneWords

_HEAD = 800
"""Characters in which the name of the study stands: below a letterhead and what the request said."""
_NAMED = re.compile(
    r"^\W*(?P<name>(?P<kind>MRI?|magnetic resonance|CT|computed tomography|XR|x-?rays?|radiographs?)\b[^\n:?]{0,90})$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADINGS = re.compile(r"^\W*(?:findings?|impression|conclusions?|technique|opinion|sequences)[ \t]*:", re.I | re.M)
_MODALITY = {"m": "MR", "c": "CT", "x": "DX", "r": "DX"}
_TAKEN = re.compile(r"(?:exam(?:ination)?|scan|study|performed|acquired|taken)(?: date| on| of)?\b[^\n]{0,30}", re.I)
_WHOLE = re.compile(r"\b(?:whole|entire|full|total|complete) (?:spine|vertebral)", re.IGNORECASE)
_FOREIGN = re.compile(
    r"\b(?:brain|head|chest|thorax|abdomen|shoulder|knee|cardiac|pulmonary|neck|wrist|ankle|foot)\b", re.I
)


def study_of(words: str, entry: Entry, written: Span | None) -> tuple[Retold, str]:
    """The study that a pasted report is of, with the line that names it; an empty study where it is no report."""
    named = _NAMED.search(words[:_HEAD]) if entry.kind == "note" else None
    if named is None or _FOREIGN.search(named["name"]) or not _HEADINGS.search(words):
        return Retold(), ""
    told = [found[0] for found in _TAKEN.finditer(words[:_HEAD])]
    days = (temporal.calendar_date(line) for line in (named["name"], *told))
    day = next((day for day in days if day and not (written and day.first > written.last)), None)
    return Retold(_MODALITY[named["kind"][0].lower()], day), named["name"]


def done_in(name: str, study: Retold, table: DoneWords | None, written: Span | None, ref: str) -> Iterator[DoneStep]:
    """That study as a step that was done, a picture of the whole spine as one of the lumbar spine too."""
    if table is None or not name:
        return
    yield from done_steps.read(f"{name} reported", table, study.when or written, ref)
    if _WHOLE.search(name) and study.modality == "MR":
        yield from done_steps.read("MRI lumbar reported", table, study.when or written, ref)
