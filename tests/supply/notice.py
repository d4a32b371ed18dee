"""The licences of everything that is installed with the service, from its metadata, written into NOTICE.

python -m tests.supply.notice
"""

from __future__ import annotations

from importlib import metadata

from tests.supply.packages import ROOT, locked

NOTICE = ROOT / "NOTICE"
BEGIN = "----- Dependencies: written by `make notice`, do not edit -----"
END = "----- End of dependencies -----"
_LONGEST = 60


def written() -> str:
    """NOTICE as it should be: what stands there by hand, and the list between the marks."""
    by_hand = NOTICE.read_text(encoding="utf-8").partition(BEGIN)[0].rstrip()
    width = max(len(name) for name in locked("requirements.txt"))
    rows = [f"  {name:<{width}}  {licence(name, marker)}" for name, (_, marker, _) in listed()]
    told = "Packages that are installed with this product, each under its own licence:"
    return "\n".join((by_hand, "", BEGIN, told, *rows, END, ""))


def listed() -> list[tuple[str, tuple[str, str, int]]]:
    return sorted(locked("requirements.txt").items())


def licence(name: str, marker: str = "") -> str:
    """What the package says of its licence: an SPDX expression, else a short text, else its classifiers."""
    if "win32" in marker:
        return "on Windows only; see the package"
    told = metadata.metadata(name)
    text = (told.get("License") or "").strip()
    classes = [each.rpartition(":: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License ::")]
    if expression := told.get("License-Expression"):
        return str(expression)
    if text and "\n" not in text and len(text) <= _LONGEST:
        return text
    if classes:
        return " and ".join(sorted(classes))
    raise ValueError(f"{name} does not say its licence; look it up and decide")


if __name__ == "__main__":
    NOTICE.write_text(written(), encoding="utf-8")
