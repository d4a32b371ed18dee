"""`python -m tests.demo`: starts the service, asks it about seven patients, and shows the cards an EHR would show."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import httpx
from rich.console import Console
from rich.text import Text

from service.cli.report import PANEL_WIDTH, cards
from tests.demo import ehr
from tests.demo.server import serving
from tests.patients import background, build

SERVICE = "fbss-patient-view"


@dataclass(frozen=True, slots=True)
class Scene:
    """A patient, how much unrelated chart to send along, and the topic of the first card (None: no card)."""

    patient: str
    around: int
    first: str | None


SCENES = (
    Scene("recurrent-herniation-classic", 400, "recurrent-herniation"),
    Scene("pseudarthrosis-smoker", 600, "pseudarthrosis"),
    Scene("adjacent-segment-above-fusion", 800, "adjacent-segment"),
    Scene("rf-discitis-second-rise", 300, "rf-discitis"),
    Scene("rf-cauda-equina-saddle", 500, "rf-cauda-equina"),
    Scene("orientation-thin-chart", 300, "orientation"),
    Scene("nothing-to-say-free-of-pain", 700, None),
)


def main() -> int:
    out = Console(width=PANEL_WIDTH + 2, highlight=False)
    today = datetime.now(UTC).date()
    wrong = []
    with (
        out.status("Starting the service"),
        serving() as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        offered = {each["id"]: each for each in client.get("/cds-services").raise_for_status().json()["services"]}
        out.print(Text(f"{address} offers {', '.join(offered)}", style="dim"))
        for scene in SCENES:
            call = request(scene, today, offered[SERVICE]["prefetch"])
            began = time.perf_counter()
            answer = client.post(f"/cds-services/{SERVICE}", json=call).raise_for_status().json()["cards"]
            show(out, scene, call, answer, (time.perf_counter() - began) * 1000)
            if topics(answer)[:1] != ([scene.first] if scene.first else []):
                wrong.append(f"{scene.patient}: expected {scene.first or 'no card'}, got {topics(answer)}")
    for sentence in wrong:
        out.print(Text(sentence, style="bold red"))
    if not wrong:
        out.print(Text(f"\nAll {len(SCENES)} answers are as expected. The patients are invented.", style="green"))
        out.print(Text("See the same patients on the page, with the words behind every reason: make page", style="dim"))
    return 1 if wrong else 0


def request(scene: Scene, today: date, asked: dict[str, str]) -> dict[str, Any]:
    """The hook call for one scene: the patient's chart, moved to today, inside an ordinary chart."""
    patient = build.load(scene.patient)
    around = background.background(scene.around, patient.name, today)
    return ehr.request(patient.name, [*build.chart(patient, today), *around], asked)


def topics(answer: list[dict[str, Any]]) -> list[str]:
    return [card["source"]["topic"]["code"] for card in answer]


def show(out: Console, scene: Scene, call: dict[str, Any], answer: list[dict[str, Any]], milliseconds: float) -> None:
    """The story, what was sent, the first card as an EHR shows it, and the summaries of the others."""
    out.print()
    out.rule(Text(scene.patient, style="bold"), align="left")
    out.print(Text(build.load(scene.patient).story))
    out.print(Text(f"{ehr.sent(call)} resources sent, answered in {milliseconds:.0f} ms", style="dim"))
    for panel in cards(answer[:1]):
        out.print(panel)
    for card in answer[1:]:
        out.print(Text(f"  also {card['indicator']}: {card['summary']}"))
    if not answer:
        out.print(Text("  No card: there is nothing to say.", style="green"))


if __name__ == "__main__":
    sys.exit(main())
