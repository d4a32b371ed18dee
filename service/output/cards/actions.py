"""What an alarm asks for, in sentences: its action and the steps wanted in; lines without what is answered, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from service.domain.conclusions import NextStep
from service.output.cards.lines import MUST, NEXT, Line
from service.output.cards.markdown import escape

_CLAUSE = re.compile(r"([,;] )")
_IMAGING = re.compile(r"(?i)^(?:emergency |urgent )?(?:MRI|CT|radiographs)\b")
_OF_IT = re.compile(r"(?i)^(?:then|otherwise|target)\b")
"""What goes on about the imaging of the clause before."""
_OR_ELSE = re.compile(r"^Emergency MRI or ")
_CHECKED_FIRST = "mr-device-check"


def sentences(action: str, steps: Iterable[NextStep], said: str) -> Iterator[Line]:
    """What to do, sentence by sentence, but what ``said`` (the summary) tells; the first is always said.

    Where a device keeps the patient out of the magnet no sentence sends them there: it speaks of imaging. Where a
    report shows already what is looked for, so that no imaging is wanted, none is asked for.
    """
    wanted = tuple(steps)
    kinds, ids = {step.kind for step in wanted}, {step.id for step in wanted}
    if "ct-myelography" in ids and not any(each.startswith("mri-") for each in ids):
        action = action.replace("MRI", "imaging")
    answered = "imaging" not in kinds and _CHECKED_FIRST not in ids
    parts = [part.strip().rstrip(".") for part in action.replace("h. ", "h.\n").split(". ") if part.strip()]
    told = [left for part in parts if (left := _without_imaging(part) if answered else part)]
    for at, sentence in enumerate(told):
        if sentence.lower() not in said.lower():
            yield Line(MUST if at == 0 else NEXT, escape(sentence))


def _without_imaging(sentence: str) -> str:
    """The sentence without the clauses that ask for imaging, "" when it asks for nothing else."""
    parts = _CLAUSE.split(_OR_ELSE.sub("", sentence))
    kept: list[str] = []
    dropped = False
    for at, clause in enumerate(parts[::2]):
        dropped = bool(_IMAGING.match(clause)) or (dropped and bool(_OF_IT.match(clause)))
        if not dropped:
            kept += [*(parts[2 * at - 1 : 2 * at] if kept else ()), clause]
    left = "".join(kept)
    return left[:1].upper() + left[1:]
