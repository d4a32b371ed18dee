"""One set of rules and one server for all tests of this folder."""

from __future__ import annotations

import pytest

from service import pipeline
from tests.ehr.serving import serving


@pytest.fixture(scope="package")
def service():
    return pipeline.start()


@pytest.fixture(scope="package")
def server():
    with serving(open=True) as client:
        yield client
