"""Errors to answers: every failure is an OperationOutcome with a request id, and only this module picks the status."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.domain import errors
from service.knowledge import RuleError
from service.web.request_context import failed, request_id

STATUS: dict[type[errors.ServiceError], tuple[int, str]] = {
    errors.BadRequest: (400, "invalid"),
    errors.TooLarge: (413, "too-long"),
    errors.MissingData: (412, "incomplete"),
    errors.Unauthorised: (401, "login"),
    errors.UnknownService: (404, "not-found"),
    errors.UnknownResource: (404, "not-found"),
    errors.NotAcceptable: (406, "not-supported"),
    errors.UnsupportedMedia: (415, "not-supported"),
    errors.Busy: (503, "throttled"),
    RuleError: (500, "exception"),
    errors.EngineError: (500, "exception"),
}

RETRY = {"Retry-After": "1"}
"""Seconds after which a call that was turned away may come back."""

_PLAIN = {
    404: ("not-found", "There is nothing at this address."),
    405: ("not-supported", "This address does not answer that method."),
}


def outcome(status: int, code: str, text: str, headers: dict[str, str] | None = None) -> Response:
    """One OperationOutcome of constant size; ``text`` never holds anything from the request."""
    body: dict[str, Any] = {
        "resourceType": "OperationOutcome",
        "id": request_id(),
        "issue": [
            {"severity": "fatal" if status >= 500 else "error", "code": code, "diagnostics": text},
        ],
    }
    return Response(orjson.dumps(body), status, headers, media_type="application/fhir+json")


def of_exception(error: BaseException) -> Response:
    """The answer to an error that nobody foresaw: a 500 that says only where to look."""
    return outcome(500, "exception", f"The service failed; it did not find 'nothing'. Quote request {request_id()}.")


async def _service_error(_: Request, error: Exception) -> Response:
    if not isinstance(error, errors.ServiceError):
        raise error
    status, code = STATUS[type(error)]
    if status >= 500 and status != 503:
        failed(error)
    headers = RETRY if status == 503 else {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return outcome(status, code, of_exception_text(error, status), headers)


def of_exception_text(error: Exception, status: int) -> str:
    if status >= 500 and status != 503:
        return f"The service failed; it did not find 'nothing'. Quote request {request_id()}."
    return str(error)


async def _http_error(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    code, text = _PLAIN.get(status, ("processing", "The request could not be answered."))
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else None
    return outcome(status, code, text, headers)


def install(app: FastAPI) -> None:
    app.add_exception_handler(errors.ServiceError, _service_error)
    app.add_exception_handler(HTTPException, _http_error)
