"""Where the time of a call goes: bodies in, Markdown tables of CPU per stage and per kind of document out.

Measured in this process; HTTP (server, framework, log line, counts) is what the table of requests shows beyond it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import orjson

from service import intake, pipeline
from service.coded import codes
from service.findings import case_sheet
from service.intake import envelope, hook_request
from service.output.cards import cards
from service.reasoning import chain
from service.text import pipeline as text_pipeline
from service.web.discovery import PREFETCH
from tests.benchmarks.documents import documents

_ROUNDS = 200


def table(bodies: Mapping[str, bytes], today: date) -> list[str]:
    service = pipeline.start()
    told = {name: dict(_stages(body, today, service)) for name, body in bodies.items()}
    names = list(next(iter(told.values())))
    return [
        "",
        "| stage, CPU µs | " + " | ".join(told) + " |",
        "|---" * (len(told) + 1) + "|",
        *(f"| {stage} | " + " | ".join(f"{held[stage]:,.0f}" for held in told.values()) + " |" for stage in names),
        *_texts(service, today),
    ]


def _texts(service: pipeline.Service, today: date) -> Iterator[str]:
    """What reading one document costs, from its resource to its statements."""
    language = case_sheet.compiled(service.knowledge.language)
    yield ""
    yield "| text stage | characters | statements | CPU ms per 2,000 characters |"
    yield "|---|---|---|---|"
    for kind, (words, resource) in documents(today.isoformat()).items():
        record = intake.read(intake.from_bundle([resource]), today)
        told = text_pipeline.read(record, language)
        cost = _least(partial(text_pipeline.read, record, language)) / 1000 * 2000 / len(words)
        yield f"| {kind} | {len(words):,} | {len(told.statements)} | {cost:.2f} |"


def _stages(body: bytes, today: date, service: pipeline.Service) -> Iterator[tuple[str, float]]:
    """Each stage on the outcome of the one before. Codes and text are parts of the facts, told beside them."""
    known = service.knowledge

    def read() -> Any:
        call = hook_request.read(envelope.read(body))
        return intake.read(intake.from_prefetch(call.prefetch, PREFETCH), today, patient=call.patient)

    record = read()
    sheet = case_sheet.read(record, known)
    concluded = chain.conclude(sheet, service.engine, known, hook="patient-view", explain=False)
    own = pipeline.writing(service, "bench")
    written = cards.write(concluded, own)
    yield "JSON in and intake", _least(read)
    yield "… beside it, a whole parse of the JSON", _least(lambda: orjson.loads(body))
    yield "facts", _least(lambda: case_sheet.read(record, known))
    yield "… of it codes", _least(lambda: codes.read(record, known.codes))
    yield "… of it codes and all texts, if read", _least(lambda: case_sheet.say(record, known))
    yield (
        "engine and inference",
        _least(lambda: chain.conclude(sheet, service.engine, known, hook="patient-view", explain=False)),
    )
    yield "cards", _least(lambda: cards.write(concluded, own))
    yield "JSON out", _least(lambda: orjson.dumps({"cards": written}))


def _least(work: Callable[[], object]) -> float:
    """The least of many times is the one that nothing else on the machine disturbed."""
    times = []
    for _ in range(_ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1e6
