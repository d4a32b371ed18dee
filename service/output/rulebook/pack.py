"""The review pack: a rulebook in, one self-contained page out on which a clinician signs record by record."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping
from datetime import date

from service.output.rulebook.pages import Place
from service.output.rulebook.shelves import Rulebook
from service.output.rulebook.templates import render, style


def write(book: Rulebook, contents: Mapping[str, str], today: date, only: Collection[str] = ()) -> str:
    """The pack of all records and families, or of those whose ids are in ``only``.

    ``contents`` is the code of each one's content, by id, which stands beside its signature. The page asks for nothing
    from elsewhere: its style stands inside, and its policy allows that and nothing else.
    """
    sheet = style()
    digest = base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()
    return render(
        "pack.html",
        place=Place("#", "#"),
        book=book,
        known=book.knowledge,
        records=[told for ident, told in book.told.items() if not only or ident in only],
        families=[family for ident, family in book.families.items() if not only or ident in only],
        contents=contents,
        style=sheet,
        style_hash=f"sha256-{digest}",
        written=today,
        today=today,
    )
