"""OpenTelemetry traces, if the extra ``otel`` is installed and BACKSTORY_OTEL is true: a call's times in, spans out.

Spans are made after the answer is out, from the times that the log line uses, so that tracing costs a call nothing
while it runs. Where they go is set by the standard OTEL_* variables (OTEL_EXPORTER_OTLP_ENDPOINT).
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from service.domain.errors import ServiceError
from service.timing import Times

TOLD = ("service", "hook_instance", "client", "rules")
"""What of a call's log line goes into its span; nothing else does."""

_tracer: Any = None


class NoTelemetry(ServiceError):
    """Traces were asked for and cannot be made."""


def start(*, wanted: bool, exporter: Any = None) -> None:
    """Set up the export of spans, or switch it off. Raises NoTelemetry when the extra is not installed."""
    global _tracer
    _tracer = None
    if not wanted:
        return
    try:
        sdk = import_module("opentelemetry.sdk.trace")
        export = import_module("opentelemetry.sdk.trace.export")
        resources = import_module("opentelemetry.sdk.resources")
        otlp = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    except ImportError:
        raise NoTelemetry(
            "BACKSTORY_OTEL is true, but OpenTelemetry is not installed: install backstory-cds[otel], or unset it."
        ) from None
    provider = sdk.TracerProvider(resource=resources.Resource.create({"service.name": "backstory"}))
    provider.add_span_processor(
        export.SimpleSpanProcessor(exporter) if exporter else export.BatchSpanProcessor(otlp.OTLPSpanExporter())
    )
    _tracer = provider.get_tracer("backstory")


def trace(method: str, route: str, status: int, began: int, ended: int, times: Times, told: Mapping[str, Any]) -> None:
    """Make the spans of one call: one for the call, one inside it for each stage."""
    if _tracer is None:
        return
    api = import_module("opentelemetry.trace")
    epoch = time.time_ns() - time.perf_counter_ns()
    attributes = {"http.request.method": method, "http.route": route, "http.response.status_code": status}
    attributes |= {f"backstory.{name}": told[name] for name in TOLD if name in told}
    span = _tracer.start_span(
        f"{method} {route}", kind=api.SpanKind.SERVER, start_time=epoch + began, attributes=attributes
    )
    inside = api.set_span_in_context(span)
    for stage, first, last in times:
        _tracer.start_span(stage, context=inside, start_time=epoch + first).end(epoch + last)
    span.end(epoch + ended)
