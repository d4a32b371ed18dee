"""Of this folder alone: the browser, the service in open mode with the demo patients, and one that an EHR opens."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.demo import page as demo
from tests.ehr.registered import several
from tests.ehr.serving import serving
from tests.page import browser, mock_ehr
from tests.patients import build

WHO = "recurrent-herniation-classic"


@pytest.fixture(scope="package")
def chromium():
    if browser.CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian, Ubuntu: apt-get install chromium)")
    with browser.running() as made:
        yield made


@pytest.fixture(scope="package")
def charts():
    with demo.folder(datetime.now(UTC).date()) as folder:
        yield folder


@pytest.fixture(scope="package")
def address(charts):
    """The service in open mode, with the demo patients to choose from."""
    with serving(open=True, app_examples=charts, log_level="ERROR") as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="package")
def ehr():
    with mock_ehr.running(build.chart(build.load(WHO), datetime.now(UTC).date()), WHO) as made:
        yield made


@pytest.fixture(scope="package")
def registered(ehr, tmp_path_factory):
    """The service as this EHR's client knows it, page and all."""
    folder = tmp_path_factory.mktemp("clients")
    table = {
        "name": "ehr",
        "iss": ehr.base,
        "jwks_url": f"{ehr.origin}/jwks.json",
        "audiences": ["https://cds.example"],
        "fhir_servers": [ehr.base],
        "allow_http": True,
        "allow_private": True,
        "page": {"client_id": mock_ehr.CLIENT, "frames": [ehr.origin]},
    }
    scope = "openid fhirUser patient/*.rs patient/QuestionnaireResponse.c"
    with serving(clients=several(folder, table), app_scope=scope, log_level="ERROR") as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture
def tab(chromium):
    """Open pages; at the end nothing may have been refused by the policy, and no script may have failed."""
    made = []

    def opened(*args, **how):
        holder = browser.tab(chromium, *args, **how)
        page, watch = holder.__enter__()
        made.append((holder, watch))
        return page, watch

    yield opened
    for holder, _ in made:
        holder.__exit__(None, None, None)
    assert [] == [told for _, watch in made for told in watch.wrong]
