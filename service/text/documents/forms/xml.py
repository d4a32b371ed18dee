"""C-CDA: bytes in; out, the titles and narratives of its sections. The coded entries beside them are not read."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from service.text.documents.forms import decoded, html
from service.text.documents.forms.decoded import Decoded, Wrapped
from service.text.documents.forms.plain import EMPTY, letters

MOST_BYTES = 4_000_000
_MOST_SECTIONS = 500

_HL7 = "{urn:hl7-org:v3}"
_DECLARED = re.compile(r"<\?xml[^<>]{0,200}\?>")
_OTHER = "an XML form that is not read"


def read(data: bytes) -> Decoded | Wrapped:
    """The narrative of a ClinicalDocument, or the document that it wraps."""
    if len(data) > MOST_BYTES:
        return Decoded("", f"an XML document of more than {MOST_BYTES // 1_000_000} MB")
    root = _parsed(data)
    if root is None:  # many a document is not in the alphabet that it declares
        root = _parsed(_DECLARED.sub("", letters(data), count=1).encode())
    if root is None:
        return Decoded("", "a damaged XML document")
    kind = root.tag.rpartition("}")[2]
    if kind.lower() == "html":
        return html.read(data)
    if kind != "ClinicalDocument":
        return Decoded("", _OTHER)
    wrapped = root.find(f"{_HL7}component/{_HL7}nonXMLBody/{_HL7}text")
    if wrapped is not None:
        kind = wrapped.get("mediaType") or "text/plain"
        if wrapped.get("representation") == "B64":
            return Wrapped(kind, wrapped.text or "")
        return decoded.of("".join(wrapped.itertext()), EMPTY)
    told, cut = [], ""
    for number, section in enumerate(root.iter(f"{_HL7}section")):
        if number == _MOST_SECTIONS:
            cut = f"only its first {_MOST_SECTIONS} sections were read"
            break
        title = section.find(f"{_HL7}title")
        narrative = section.find(f"{_HL7}text")
        if narrative is not None and (text := html.words(narrative)):
            heading = " ".join("".join(title.itertext()).split()) if title is not None else ""
            told.append(f"{heading}:\n{text}" if heading else text)
    return decoded.of("\n\n".join(told), "a C-CDA document without narrative text", cut)


def _parsed(data: bytes) -> Any:
    parser = etree.XMLParser(
        resolve_entities="internal",
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None
