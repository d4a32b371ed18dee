"""What the commands of the two READMEs make in a clone is never committed: most of it tells of patients."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = "".join((ROOT / name).read_text() for name in ("README.md", "helm/README.md"))
COMMANDS = "\n".join(re.findall(r"^ *```\w*\n(.*?)^ *```", TEXT, re.MULTILINE | re.DOTALL))
MADE = (r" --out (\S+)", r" > (\S+)", r"^cp \S+ (\S+)", r"backstory export (\S+)")


def made() -> set[str]:
    """Paths inside a clone that the commands write, and the table that one of them is told to write codes into."""
    found = {path for each in MADE for path in re.findall(each, COMMANDS, re.MULTILINE)}
    found |= {*re.findall(r"`backstory codes import .* --site (\S+)`", TEXT)}
    return {path for path in found if not path.startswith("/")}


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="not a clone")
def test_what_the_commands_of_the_readmes_make_is_never_committed():
    paths = {*made(), "past/reading/rf-cauda-equina.html", "elsewhere/pseudonym.key", "cds.key"}
    told = subprocess.run(
        ["git", "check-ignore", "--no-index", *paths], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert {"past/", "out/", "chart.json", "my-values.yaml", "answers.ndjson", "pack.html", "codes.toml",
            "sbom.json"} <= paths  # fmt: skip
    assert set() == paths - set(told.stdout.split())


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="not a clone")
def test_nothing_that_ships_is_passed_over():
    told = subprocess.run(["git", "ls-files", "-ci", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)

    assert "" == told.stdout
