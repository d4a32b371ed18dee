"""The real service on a loopback port, in a thread of its own, and one HTTP client for it."""

from __future__ import annotations

import socket
import threading
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from unittest.mock import patch

import httpx
import uvicorn

from service import pipeline
from service.settings import Settings
from service.web.app import create
from service.web.discovery import PREFETCH

PATIENT = "p1"
SERVICE = "fbss-patient-view"
CALL = f"/cds-services/{SERVICE}"


rules = cache(pipeline.start)  # read once for all the servers of a test run


@contextmanager
def serving(**settings):
    """Yields an httpx client whose base address is the service."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # a call made before the server runs waits in the queue: nothing to poll for
        with patch("service.web.app.pipeline.start", rules):
            app = create(Settings(**settings))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=20) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join(10)


def until_logged(client):
    """A call's line is written behind its answer: ask once more, for the loop does one thing after the other."""
    assert client.get("/healthz/live").status_code == 200


def today():
    return datetime.now(UTC).date()


def request(prefetch=None, patient=PATIENT, **more):
    body = {
        "hook": "patient-view",
        "hookInstance": str(uuid.uuid4()),
        "context": {"userId": "Practitioner/d1", "patientId": patient},
        **more,
    }
    return body if prefetch is None else {**body, "prefetch": prefetch}


def access(ehr, scope="patient/*.read", patient=PATIENT, **more):
    granted = {"access_token": "a-token", "token_type": "Bearer", "expires_in": 300, "scope": scope, "subject": "cds"}
    return {"fhirServer": ehr.base, "fhirAuthorization": {**granted, "patient": patient, **more}}


def prefetch_of(chart):
    """The chart as the answers to our templates."""
    filled = {}
    for key, template in PREFETCH.items():
        kind = template.split("?")[0].split("/")[0]
        held = [each for each in chart if each["resourceType"] == kind]
        entries = {"entry": [{"resource": each} for each in held]} if held else {}
        filled[key] = {"resourceType": "Bundle", "type": "searchset", **entries} if "?" in template else held[0]
    return filled


def told(cards):
    """Cards without their ids, which are new in each answer."""
    if isinstance(cards, dict):
        return {key: told(value) for key, value in cards.items() if key not in ("uuid", "id")}
    return [told(each) for each in cards] if isinstance(cards, list) else cards
