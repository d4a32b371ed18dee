"""Studies that a note retells: a sentence in, the study it speaks of out, so that findings told of it go with it.

"MRI 12 May: recurrent herniation L5-S1" tells of a study that may not be in the chart. It counts as told: its findings
are known with less certainty than a report gives them, and the study is not asked for again.
"""

from __future__ import annotations

import re
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from service.domain.spans import Span
from service.domain.statements import Statement
from service.text.documents import temporal
from service.text.documents.entries import Entry
from service.text.vocabulary.language import Language

_MODALITY = {"study-mr": "MR", "study-ct": "CT", "study-xr": "DX", "study-emg": "EMG"}
_BEFORE = re.compile(
    r"\b(?:before|prior to) (?:(?:the|her|his|my|their|last|first|index|spinal|back) ){0,3}"
    r"(?:op|operation|surgery|fusion|discectomy|decompression|laminectomy|microdiscectomy)\b|\bpre ?-?op",
    re.IGNORECASE,
)
_LONG = 30
"""Years in which a study from before an operation may have been done: it answers for no present pain."""
_DATED_STUDY = re.compile(
    r"^\W*(?:MRI?|IRM|MRT|CT|TDM|x-?rays?|XR|RTG|films?|EN?MG|NCS|scan)\b[^:]*\d[^:]*:", re.IGNORECASE
)
"""What stands behind such a heading was seen on that day: it is no day of the operation seen, nor of a complaint."""
_OF_STUDIES = frozenset({"finding", "result"})


_COMPARED = re.compile(
    r"\b(?:vs\.?|versus|compared (?:to|with)|(?:in )?comparison (?:to|with)|relative to|than (?:on|in)|unlike)"
    r"\s[^;.,()]{0,40}",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"\b(?:mr|mri|irm|rmn?|mrt|ct|tdm|tac|tc|x-? ?rays?|xr|rx|rtg|films?|radiographs?"
    r"|scans?|en?mg|ncs|magnetic|tomograph\w*)\b",
    re.IGNORECASE,
)


class Retold(Struct, frozen=True, gc=False):
    """The study that a block of a note is about: its modality ("MR", "CT", "DX", "EMG", or "" for none) and day."""

    modality: str = ""
    when: Span | None = None


def retold(held: Retold, sentence: str, classes: frozenset[str], written: Span | None) -> Retold:
    """The study that this sentence speaks of: its own, else the one that the sentences before it were about."""
    if "guid" in sentence:
        return held  # a picture that steers a needle shows nothing of its own
    named = [modality for name, modality in _MODALITY.items() if name in classes]
    if not named or (_COMPARED.search(sentence) and not _NAMES.search(_COMPARED.sub(" ", sentence))):
        return held  # what it is compared with ("vs 2016 film") is not what it is seen on
    day = temporal.calendar_date(sentence) or temporal.ago(sentence, written)
    if day and written and day.first > written.last:
        day = None
    if day is None and written and _BEFORE.search(sentence):
        day = Span(date(written.first.year - _LONG, 1, 1), written.last)
    return Retold(named[0] if len(named) == 1 else _first(named, sentence), day)


def with_study(statement: Statement, study: Retold, entry: Entry, language: Language) -> Statement:
    """The statement as one of that study, where it tells what studies show."""
    kind = language.meanings.get(statement.concept, ("", ""))[0]
    if kind not in _OF_STUDIES and study.when == statement.onset and _DATED_STUDY.search(statement.words):
        return replace(statement, onset=None)
    if entry.kind == "report" or kind not in _OF_STUDIES:
        return statement
    day = f"@{study.when.first.isoformat()}" if study.when else ""
    return replace(
        statement,
        modality="" if study.modality == "EMG" else study.modality,
        onset=study.when or statement.onset,
        retold=f"{statement.source}#{study.modality}{day}",
    )


def _first(named: list[str], sentence: str) -> str:
    """Of several studies in one sentence the one named first, for the findings mostly follow it."""
    lowered = sentence.lower()
    words = {
        "MR": ("mr", "irm"),
        "CT": ("ct", "tdm"),
        "DX": ("x-ray", "xray", "x ray", "film", "radiograph", "rtg"),
        "EMG": ("emg", "enmg", "ncs"),
    }
    at = {m: min((i for w in words[m] if (i := lowered.find(w)) >= 0), default=len(lowered)) for m in named}
    return min(named, key=lambda m: at[m])
