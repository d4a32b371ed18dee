"""The commands of the runbook as they stand there, so that what the test runs is what a hospital reads."""

from __future__ import annotations

import os
import re
import subprocess
import textwrap
from pathlib import Path

import yaml

from tests.cluster.pod import ROOT
from tests.ehr import signer

RUNBOOK = ROOT / "helm" / "README.md"
VALUES = ROOT / "tests" / "helm" / "values"


def commands(section: str) -> list[str]:
    """The command lines under one heading, in order; what only shows a page at a time shows it all."""
    text = RUNBOOK.read_text().partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"^ *```\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL)
    joined = textwrap.dedent("".join(blocks)).replace("\\\n", " ")
    return [line.replace(" | less", " > page.txt").strip() for line in joined.splitlines() if line.strip()]


class Desk:
    """Where the person of hospital IT sits: a clone, Helm and kubectl on the path, the cluster's kubeconfig."""

    def __init__(self, folder: Path, kubeconfig: Path, *binaries: Path) -> None:
        self.folder = folder
        folder.mkdir()
        for name in ("helm", "tests"):
            (folder / name).symlink_to(ROOT / name)
        path = os.pathsep.join([*map(str, binaries), os.environ["PATH"]])
        homes = {name: str(folder / "home") for name in ("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")}
        self.environment = {"PATH": path, "HOME": str(folder), "KUBECONFIG": str(kubeconfig), **homes}

    def run(self, command: str, patience: int = 150) -> subprocess.CompletedProcess[str]:
        """Whatever it ends with; a command that hangs ends as one that failed."""
        words = ["timeout", str(patience), "bash", "-c", command]
        return subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True)

    def done(self, command: str) -> str:
        """What it printed; a command that fails ends the check with what it said."""
        told = self.run(command)
        assert told.returncode == 0, f"{command}\n{told.stdout[-1500:]}{told.stderr[-1500:]}"
        return told.stdout + told.stderr

    def follow(self, section: str) -> dict[str, str]:
        """Every command of a section, in order → what each printed."""
        return {command: self.done(command) for command in commands(section)}

    def write_values(self, **changes: object) -> None:
        """my-values.yaml: the production example for an EHR whose keys the test holds, in full operation."""
        values = yaml.safe_load((VALUES / "production.example.yaml").read_text())
        (client,) = values["clients"]
        for key in ("jwks_url", "silent"):
            del client[key]
        client |= {"iss": signer.ISS, "audiences": [signer.PUBLIC], "jwks": signer.jwks("ES256")}
        (self.folder / "my-values.yaml").write_text(yaml.safe_dump(values | changes))
