"""A mistake of the person who starts the service is one clear sentence and an exit code, never a traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import pytest

from service.settings import unknown
from tests.operations.server import serving


def refused(*arguments, **settings):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("BACKSTORY_")}
    environment |= {f"BACKSTORY_{name.upper()}": str(value) for name, value in settings.items()}
    ended = subprocess.run(
        [sys.executable, "-m", "service", "serve", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
    )
    assert "Traceback" not in ended.stderr + ended.stdout, ended.stderr
    return ended.returncode, ended.stderr.strip()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_wrong_site_file_is_told_once_with_a_hint(tmp_path, workers):
    site = tmp_path / "site.toml"
    site.write_text("[rule.x]\non = false\n")
    code, said = refused("--open", "--port", "0", "--workers", workers, site=site)

    assert 1 == code
    assert said.startswith("The service cannot start:")
    assert 1 == said.count("Did you mean 'rules'?")


def test_a_site_file_that_is_not_there_is_told(tmp_path):
    code, said = refused("--open", "--port", "0", site=tmp_path / "none.toml")

    assert 1 == code
    assert "none.toml" in said
    assert "cannot be read" in said


def test_a_port_in_use_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert (1, f"Cannot listen on 127.0.0.1 port {port}: Address already in use.") == refused(
            "--open", "--port", str(port)
        )


def test_an_address_that_is_not_ours_is_told():
    code, said = refused("--open", "--host", "192.0.2.1", "--port", "0", open_anywhere="true")

    assert 1 == code
    assert said.startswith("Cannot listen on 192.0.2.1 port 0:")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"max_body": "ten"}, "BACKSTORY_MAX_BODY: Input should be a valid integer"),
        ({"log_level": "LOUD"}, "BACKSTORY_LOG_LEVEL: Input should be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ({"time_zone": "Mars/Olympus"}, "BACKSTORY_TIME_ZONE"),
    ],
)
def test_a_wrong_setting_is_told_by_its_name(settings, said):
    code, told = refused("--open", "--port", "0", **settings)

    assert 2 == code
    assert told.startswith("A setting is wrong.")
    assert said in told


def test_without_trusted_clients_it_refuses_to_start():
    code, said = refused("--port", "0")

    assert 2 == code
    assert said.startswith("No trusted clients: set BACKSTORY_CLIENTS")


def test_open_mode_stays_on_loopback():
    code, said = refused("--open", "--host", "0.0.0.0", "--port", "0")

    assert 2 == code
    assert "loopback only, not on 0.0.0.0" in said


def test_a_misspelt_setting_is_named_and_one_that_exists_is_not():
    named = {"BACKSTORY_SLIENT": "true", "BACKSTORY_SILENT": "true", "PATH": "/bin"}

    assert ["BACKSTORY_SLIENT"] == unknown(named)


def test_a_misspelt_setting_is_a_warning_at_the_start():
    with serving(slient="true") as server:
        said = [told["names"] for told in server.told if "names" in told]

    assert [["BACKSTORY_SLIENT"]] == said
