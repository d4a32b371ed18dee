"""HTML, XHTML and the narrative of C-CDA, which is modelled on them: the words that a browser would show, in lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from service.text.documents.forms import decoded
from service.text.documents.forms.decoded import Decoded
from service.text.documents.forms.plain import EMPTY, letters

MOST_BYTES = 4_000_000
_MOST_ELEMENTS = 200_000

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div",
        "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "legend", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead",
        "title", "tr", "ul",
        "footnote", "list", "paragraph",
    }
)  # fmt: skip
_APART = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "hr", "section", "article", "list", "paragraph"}
)
"""Blocks with an empty line around them."""
_UNSEEN = frozenset({"script", "style", "template", "object", "svg", "math", "datalist", "del", "s", "strike",
                      "rendermultimedia"})  # fmt: skip
"""What no reader sees, or sees struck out."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration\s*:\s*line-through", re.IGNORECASE)
_META = re.compile(rb"""<meta[^<>]{0,200}?charset\s{0,5}=\s{0,5}["']?([\w-]{2,20})""", re.IGNORECASE)
_PARTLY = "HTML that is nested too deep to be read to its end"
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LINES = re.compile(r"[ \t]*\n[ \t\n]*")


def read(data: bytes, charset: str = "") -> Decoded:
    """A damaged document is read as browsers do, up to where it makes sense."""
    cut = "" if len(data) <= MOST_BYTES else f"only its first {MOST_BYTES // 1_000_000} MB were read"
    data = data[:MOST_BYTES]
    named = _META.search(data[:2_000])
    source = letters(data, charset or (named[1].decode("ascii") if named else ""))
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=True
    )
    try:
        root = etree.fromstring(source.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        return Decoded("", "a damaged HTML document")
    if any(error.level_name == "FATAL" for error in parser.error_log):
        cut = _PARTLY
    return Decoded("", cut or EMPTY) if root is None else decoded.of(words(root), cut or EMPTY, cut)


def words(root: Any) -> str:
    """What an element and those in it show, in lines. Linear, and without recursion: nothing may be nested too deep."""
    text = "".join(_pieces(root))
    lines = _LINES.sub(lambda gap: "\n\n" if gap[0].count("\n") > 1 else "\n", text)
    return lines.strip()


def _pieces(root: Any) -> Iterator[str]:
    unseen: Any = None
    kept = 0  # how many open elements keep their blanks and line breaks
    walk = etree.iterwalk(root, events=("start", "end"))
    for at, (event, element) in enumerate(walk):
        if at > 2 * _MOST_ELEMENTS:
            return
        tag = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if event == "start":
            kept += tag in ("pre", "textarea")
            if unseen is None and (not tag or tag in _UNSEEN or _is_hidden(element, tag)):
                unseen = element
            if unseen is None:
                yield _opening(element, tag)
                if element.text:
                    yield element.text if kept else _BLANKS.sub(" ", element.text)
            continue
        kept -= tag in ("pre", "textarea")
        if unseen is None:
            yield _gap(tag)
        elif unseen is element:
            unseen = None
        if unseen is None and element.tail and element is not root:
            yield element.tail if kept else _BLANKS.sub(" ", element.tail)


def _opening(element: Any, tag: str) -> str:
    if tag in ("li", "item"):
        return "\n- "
    if tag in ("td", "th"):
        return "" if element.getprevious() is None else ", "
    if tag == "input" and (element.get("type") or "").lower() in ("checkbox", "radio"):
        return "[ ] " if element.get("checked") is None else "[x] "
    return _gap(tag)


def _gap(tag: str) -> str:
    return "" if tag not in _BLOCKS else "\n\n" if tag in _APART else "\n"


def _is_hidden(element: Any, tag: str) -> bool:
    if element.get("hidden") is not None or element.get("revised") == "delete":
        return True
    if tag == "option" and element.get("selected") is None:
        return True
    style = element.get("style")
    return bool(style) and _HIDDEN.search(style) is not None
