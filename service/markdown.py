"""Plain GitHub-flavoured markdown: chart text in, text that cannot turn into markup out."""

from __future__ import annotations

import re

_MARKUP = re.compile(r"([\\`*_\[\]|~])")
_LINE_START = re.compile(r"\A(\s*)([-+#]|\d+[.)])")
_URL = re.compile(r"(?i)\b(https?|ftp|www)(:|\.)")
_RISKY = re.compile(r"[\\`*_\[\]|~&<>]|\A(?:[-+#]|\d+[.)])|(?:https?|ftp|www)[:.]", re.IGNORECASE)
"""One look: most lines of a card hold nothing that could be markup."""


def escape(text: str) -> str:
    """Make text from a chart harmless inside markdown: no markup, no HTML, no links, one line."""
    one_line = " ".join(text.split())
    if not _RISKY.search(one_line):
        return one_line
    safe = one_line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = _MARKUP.sub(r"\\\1", safe)
    safe = _URL.sub(r"\1&#8203;\2", safe)
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if not m[2][0].isdigit() else m[0].replace(".", "\\."), safe)


def sentence(text: str) -> str:
    """End a sentence with a full stop, unless it ends already."""
    stripped = text.rstrip()
    return stripped if not stripped or stripped[-1] in ".?!…" else f"{stripped}."


def uncapitalised(title: str) -> str:
    """A title in the middle of a sentence: "Disc pain" gives "disc pain", "CSF leak" stays."""
    return title[0].lower() + title[1:] if title[1:2].islower() else title


def bullets(lines: tuple[str, ...] | list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def clip(text: str, limit: int) -> str:
    """Cut at a word so that the text keeps within ``limit`` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:")
    return cut + "…"
