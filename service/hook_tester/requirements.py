"""The requirements on a CDS Hooks service: conformance.toml in, one frozen row per requirement out."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row. Exactly one way says how it is met: seen from ``outside``, by ``test``, or why not (``declined``, the
    ``client``'s or the ``deployment``'s duty, a ``review``)."""

    id: str
    level: str
    versions: str
    says: str
    outside: bool = False
    test: tuple[str, ...] = ()
    declined: str = ""
    client: str = ""
    deployment: str = ""
    review: str = ""

    @property
    def binding(self) -> bool:
        """Whether the specification says SHALL to the service itself."""
        return "SHALL" in self.level and "(client)" not in self.level


def load() -> dict[str, Requirement]:
    read = tomllib.loads((files("service") / "web" / "conformance.toml").read_text(encoding="utf-8"))
    return {ident: Requirement(id=ident, **{**row, "test": tuple(row.get("test", ()))}) for ident, row in read.items()}
