"""Optional traces: one span for a call and one for each stage, with no patient data; off unless asked for."""

from __future__ import annotations

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from service.settings import Settings
from service.web import app as apps
from service.web.monitoring import telemetry
from tests.operations import canaries, inside


@pytest.fixture
def spans():
    exporter = InMemorySpanExporter()
    app = apps.create(Settings(open=True))
    telemetry.start(wanted=True, exporter=exporter)
    answer = inside.ask(app, "POST", "/cds-services/fbss-patient-view", json=canaries.request())
    yield answer, exporter.get_finished_spans()
    telemetry.start(wanted=False)


def test_a_call_is_one_span_with_a_span_for_each_stage(spans):
    _, found = spans
    call = next(span for span in found if span.name.startswith("POST"))
    inner = {span.name for span in found if span.parent and span.parent.span_id == call.context.span_id}

    assert "POST /cds-services/{service_id}" == call.name
    assert {"intake", "facts", "inference", "cards"} <= inner
    assert all(call.start_time <= span.start_time <= span.end_time <= call.end_time for span in found)


def test_a_span_holds_no_patient_data(spans):
    answer, found = spans

    assert 200 == answer.status_code
    assert canaries.MARK not in " ".join(span.to_json() for span in found).lower()
    assert {"http.request.method", "http.route", "http.response.status_code", "backstory.hook_instance",
            "backstory.rules"} >= {name for span in found for name in span.attributes}  # fmt: skip


def test_without_the_extra_it_refuses_with_a_sentence(monkeypatch):
    def absent(name):
        raise ImportError(name)

    monkeypatch.setattr(telemetry, "import_module", absent)
    with pytest.raises(telemetry.NoTelemetry, match="install backstory-cds\\[otel\\], or unset it"):
        telemetry.start(wanted=True)


def test_it_is_off_unless_asked_for():
    telemetry.start(wanted=False)

    assert telemetry._tracer is None
