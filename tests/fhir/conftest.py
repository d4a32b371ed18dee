"""One set of rules and one server for all tests of this folder."""

from __future__ import annotations

import pytest

from service import line
from tests.hooks.serving import serving


@pytest.fixture(scope="package")
def service():
    return line.start()


@pytest.fixture(scope="package")
def server():
    with serving(open=True) as client:
        yield client
