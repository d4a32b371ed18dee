"""`python -m tests.demo.page`: the page with the seven demo patients to choose from, until Ctrl-C."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.demo.__main__ import SCENES, Scene
from tests.demo.server import ROOT
from tests.patients import background, build

PORT = 8080
_TITLES = (
    "Leg pain back ten months after a discectomy",
    "Back pain two years after a fusion, a smoker",
    "Leg pain on walking, years after a fusion",
    "Worse every day, three weeks after a discectomy",
    "Numb since yesterday, years after a fusion",
    "Failed back surgery, and little else in the chart",
    "Free of pain, here for the blood pressure",
)


def main() -> int:
    with folder(datetime.now(UTC).date()) as charts:
        print(f"Open http://127.0.0.1:{PORT}/app in a browser. The patients are invented. Ctrl-C stops it.", flush=True)
        command = [sys.executable, "-m", "service", "serve", "--open", "--port", str(PORT)]
        told = {**os.environ, "BACKSTORY_APP_EXAMPLES": str(charts), "BACKSTORY_LOG_LEVEL": "WARNING"}
        try:
            return subprocess.run(command, cwd=ROOT, env=told, check=False).returncode
        except KeyboardInterrupt:
            return 0


@contextmanager
def folder(today: date) -> Iterator[Path]:
    """The charts as files that the service offers, each moved to today inside an ordinary chart."""
    with tempfile.TemporaryDirectory() as made:
        for at, (title, scene) in enumerate(zip(_TITLES, SCENES, strict=True), 1):
            Path(made, f"{at}. {title}.json").write_text(json.dumps(chart(scene, today)), encoding="utf-8")
        yield Path(made)


def chart(scene: Scene, today: date) -> dict[str, Any]:
    patient = build.load(scene.patient)
    resources = [*build.chart(patient, today), *background.background(scene.around, patient.name, today)]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": each} for each in resources]}


if __name__ == "__main__":
    sys.exit(main())
