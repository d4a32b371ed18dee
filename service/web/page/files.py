"""The files of the page, read once: names in; bytes with their type and tag out."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import NamedTuple

_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


class Static(NamedTuple):
    data: bytes
    media_type: str
    tag: str


def load() -> dict[str, Static]:
    """Every file of the folder ``static`` by its name; what is of no known type is not served."""
    folder = files("service.web.page").joinpath("static")
    return {
        each.name: Static(data := each.read_bytes(), _TYPES[kind], f'"{hashlib.sha256(data).hexdigest()[:24]}"')
        for each in folder.iterdir()
        if (kind := each.name.rpartition(".")[2]) in _TYPES
    }
