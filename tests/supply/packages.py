"""What this project declares, locks and imports, as plain sets of names."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)(?: ; (.*?))? \\$")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*groups: str) -> set[str]:
    """Dependencies and extras of the package, and those of the named dependency groups."""
    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    found = list(told["project"]["dependencies"])
    for extra in told["project"]["optional-dependencies"].values():
        found += extra
    for group in groups:
        found += [each for each in told["dependency-groups"][group] if isinstance(each, str)]
    return {plain(match[0]) for each in found if (match := _NAME.match(each))}


def locked(file: str) -> dict[str, tuple[str, str, int]]:
    """Each package of a lock file: version, marker and number of hashes."""
    found: dict[str, tuple[str, str, int]] = {}
    name = ""
    for line in (ROOT / file).read_text().splitlines():
        if match := _LOCKED.match(line):
            name = plain(match[1])
            found[name] = (match[2], match[3] or "", 0)
        elif "--hash=sha256:" in line:
            version, marker, hashes = found[name]
            found[name] = (version, marker, hashes + 1)
        elif line.strip():
            raise ValueError(f"{file}: '{line}' is neither a pinned package nor a hash")
    return found


def imported(*folders: str) -> dict[str, set[str]]:
    """The top-level modules, neither ours nor Python's, that the files of these folders import; with the files."""
    own = {"service", "rules", "fhir_profiles", "tests"}
    found: dict[str, set[str]] = {}
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for module in _modules(ast.parse(file.read_text())):
                if module not in own and module not in sys.stdlib_module_names:
                    found.setdefault(module, set()).add(str(file.relative_to(ROOT)))
    return found


def _modules(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.partition(".")[0]
