"""What the service emits, as files, for validators and servers that are not ours.

``python -m tests.profiles.answers DIR`` writes the chart of each test patient to DIR/charts, the answer Bundle to
DIR/answers, and what the service says of itself (the export of the rules, the metadata) to DIR/about.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from service import pipeline
from service.output.fhir.plan_definition import resources
from service.web import capability_statement
from tests.patients import build

Resource = dict[str, Any]


def write(folder: Path) -> int:
    service = pipeline.start()
    told: dict[str, Resource] = {}
    for patient in map(build.load, build.names()):
        chart, visit = build.bundle(patient), datetime.combine(patient.as_of, time(9), UTC)
        answer = pipeline.guide(chart, patient.as_of, service, "", pipeline.writing(service), visit)
        told |= {f"charts/{patient.name}": chart, f"answers/{patient.name}": answer}
    told |= {f"about/{each['resourceType']}-{each['id']}": each for each in resources(service.knowledge)}
    told["about/metadata"] = capability_statement.capability(service.knowledge, "https://backstory.example/fhir")
    for name, resource in told.items():
        path = folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(resource), encoding="utf-8")
    return len(told)


if __name__ == "__main__":
    print(write(Path(sys.argv[1])), "files")
