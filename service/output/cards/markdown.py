"""Plain GitHub-flavoured markdown: chart text in, text that cannot turn into markup out."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_\[\]|~])")
_LINE_START = re.compile(r"[-+#]|\d+[.)]")
_URL = re.compile(r"(?i)\b(https?|ftp|www)(:|\.)")
_RISKY = re.compile(r"[\\`*_\[\]|~&<>]")
"""One quick look for single characters: most lines of a card hold nothing that could be markup."""


def escape(text: str) -> str:
    """Make text from a chart harmless inside markdown: no markup, no HTML, no links, one line."""
    safe = " ".join(text.split())
    if _RISKY.search(safe):
        safe = safe.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        safe = _MARKUP.sub(r"\\\1", safe)
    lower = safe.lower()
    # Looking for a word is much cheaper than the pattern around it.
    if "http" in lower or "ftp" in lower or "www" in lower:
        safe = _URL.sub(r"\1&#8203;\2", safe)
    if start := _LINE_START.match(safe):
        mark = start[0]
        safe = (mark.replace(".", "\\.") if mark[0].isdigit() else f"\\{mark}") + safe[start.end() :]
    return safe


def sentence(text: str) -> str:
    """End a sentence with a full stop, unless it ends already."""
    stripped = text.rstrip()
    return stripped if not stripped or stripped[-1] in ".?!…" else f"{stripped}."


_NAMES = re.compile(r"(?:Modic|Budapest|Wells|Gaenslen|Tinel|Tarlov|Scheuermann|Paget|Baastrup|Bertolotti)\b")


def uncapitalised(title: str) -> str:
    """A title in the middle of a sentence: "Disc pain" gives "disc pain", "CSF leak" and "Modic type 1" stay."""
    if _NAMES.match(title):
        return title
    return title[:1].lower() + title[1:] if title[1:2].islower() or title.startswith("A ") else title


def bullets(lines: tuple[str, ...] | list[str]) -> str:
    return "\n".join([f"- {line}" for line in lines])


def clip(text: str, limit: int) -> str:
    """Cut at a word so that the text keeps within ``limit`` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    return cut + "…"
