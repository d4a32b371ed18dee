"""Documents in the forms in which hospitals send them, made of lines of text."""

from __future__ import annotations

import zlib
from base64 import b64encode
from html import escape

from service.fhir import datatypes, resources

WORDS = ("Operation: microdiscectomy L4-L5 left.", "Numb between the legs since Monday.")


def pdf(*pages, scans=0, password=None):
    """A PDF with a page for each tuple of lines, and behind them pages that hold a picture and nothing else."""
    pictures = [b"q 600 0 0 780 0 0 cm /Im1 Do Q"] * scans
    contents = [*(_drawn(lines) for lines in pages), *pictures]
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        _stream(
            b"\xff", "/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        ),
    ]
    for at, content in enumerate(contents):
        used = "/XObject << /Im1 4 0 R >>" if at >= len(pages) else "/Font << /F1 3 0 R >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << {used} >> "
            f"/Contents {6 + 2 * at} 0 R >>".encode(),
            _stream(content),
        ]
    locked = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'a' * 64}> /U <{'b' * 64}> >> /ID [<00> <00>]"
    return _file(objects, locked if password else "")


_ESCAPED = str.maketrans({"(": r"\(", ")": r"\)", "\\": r"\\"})


def _drawn(lines):
    told = " ".join(f"({line.translate(_ESCAPED)}) Tj T*" for line in lines)
    return f"BT /F1 11 Tf 14 TL 50 780 Td {told} ET".encode("cp1252")


def _stream(content, entries=""):
    packed = zlib.compress(content)
    return f"<< {entries} /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"


def _file(objects, more):
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer << /Size {len(objects) + 1} /Root 1 0 R {more} >>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def rtf(*lines):
    fonts = rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}}{\info{\author Dr Roe}}\f0 "
    return fonts + b"".join(line.encode("ascii") + rb"\par " for line in lines) + b"}"


def html(*lines):
    told = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"<!DOCTYPE html><html><head><style>p {{color: red}}</style></head><body>{told}</body></html>".encode()


def ccda(*lines, title="HISTORY OF PRESENT ILLNESS"):
    told = "".join(f"<paragraph>{escape(line)}</paragraph>" for line in lines)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Summary</title>'
        f"<component><structuredBody><component><section><title>{title}</title><text>{told}</text>"
        '<entry><observation classCode="OBS" moodCode="EVN"><text>of the entry</text></observation></entry>'
        "</section></component></structuredBody></component></ClinicalDocument>"
    ).encode()


def wrapping(data, kind):
    """A C-CDA document that holds another one."""
    held = b64encode(data).decode()
    return (
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody>'
        f'<text mediaType="{kind}" representation="B64">{held}</text></nonXMLBody></component></ClinicalDocument>'
    ).encode()


FORMS = {
    "text/plain": lambda *lines: "\n".join(lines).encode(),
    "text/html": html,
    "application/xhtml+xml": html,
    "application/rtf": rtf,
    "text/rtf": rtf,
    "application/pdf": lambda *lines: pdf(lines),
    "application/xml": ccda,
    "text/xml": ccda,
    "application/hl7-v3+xml": ccda,
}


def attachment(data, kind, **more):
    return datatypes.Attachment(content_type=kind, data=b64encode(data).decode(), **more)


def document(*forms, ident="d", day="2025-06-01", title="Progress note", **more):
    return resources.DocumentReference(
        resource_type="DocumentReference",
        id=ident,
        status="current",
        date=day,
        type=datatypes.CodeableConcept(text=title),
        content=tuple(resources.DocumentContent(attachment=form) for form in forms),
        **more,
    )
