"""The software bill of materials: made from the lock file with CycloneDX, and checked to list every package in it.

python -m tests.supply.sbom build/sbom.json
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.supply.packages import ROOT, locked, plain


def make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    tool = Path(sys.executable).parent / "cyclonedx-py"
    subprocess.run(
        [tool, "requirements", "requirements.txt", "--pyproject", "pyproject.toml", "--output-reproducible",
         "--output-format", "JSON", "--output-file", str(file.resolve())],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip


def missing(file: Path) -> list[str]:
    """What is locked and not in the list with its version and its hashes, and what is listed and not locked."""
    told = json.loads(file.read_text())
    if told.get("bomFormat") != "CycloneDX":
        return ["not a CycloneDX file"]
    parts = {plain(part["name"]): part for part in told["components"]}
    wanted = locked("requirements.txt")
    wrong = [f"{name}: not listed" for name in wanted if name not in parts]
    wrong += [f"{name}: listed but not locked" for name in parts if name not in wanted]
    for name, (version, _, hashes) in wanted.items():
        part = parts.get(name, {})
        if part and part.get("version") != version:
            wrong.append(f"{name}: version {part.get('version')}, locked is {version}")
        told_hashes = [h for ref in part.get("externalReferences", ()) for h in ref.get("hashes", ())]
        if part and len({h["content"] for h in told_hashes}) < min(1, hashes):
            wrong.append(f"{name}: without hashes")
    return wrong


def main() -> int:
    file = Path(sys.argv[1])
    make(file)
    found = missing(file)
    print("\n".join(found) or f"{file}: {len(locked('requirements.txt'))} packages, as locked")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
