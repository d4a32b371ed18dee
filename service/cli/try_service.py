"""``backstory try``: a CDS Hooks service in; one verdict per requirement that can be seen from outside, out."""

from __future__ import annotations

import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.cli.terminal import echo

if TYPE_CHECKING:
    from service.hook_tester import checks
    from service.hook_tester.ehr_client import Token

_MINUTES = 5


def try_(
    url: Annotated[str, typer.Argument(metavar="URL", help="Base of the service, before /cds-services.")],
    token: Annotated[str, typer.Option(help="A JWT to send as it is with every call.")] = "",
    key: Annotated[
        Path | None, typer.Option(help="A private key (PEM, EC P-384 or RSA): each call gets its own JWT.", exists=True)
    ] = None,
    issuer: Annotated[str, typer.Option(help="With --key: the iss of the JWT.")] = "https://backstory.example/try",
    kid: Annotated[str, typer.Option(help="With --key: the kid of the JWT.")] = "try",
    open_: Annotated[bool, typer.Option("--open", help="The service asks for no token.")] = False,
    hook: Annotated[list[str] | None, typer.Option(help="Only services of this hook; may be given again.")] = None,
    timeout: Annotated[float, typer.Option(help="Seconds to wait for one answer.", min=0.1, max=120)] = 10.0,
    all_: Annotated[bool, typer.Option("--all", help="List what passed too.")] = False,
) -> None:
    """Call a CDS Hooks service as an EHR would, with an invented patient, and judge what comes back.

    Exit codes: 0 no SHALL is broken, 1 a SHALL is broken, 2 wrong usage or no service there.
    """
    from datetime import date

    from service.hook_tester import checks
    from service.hook_tester.ehr_client import Ehr, connect
    from service.hook_tester.exchanges import look

    if not open_ and not token and key is None:
        echo("Give --token or --key, or --open if the service asks for no token.", err=True)
        raise typer.Exit(2)
    with connect(timeout) as http:
        ehr = Ehr(url, http, _signer(key, issuer, kid) if key else (lambda _: token) if token else None)
        if not (found := ehr.discover()).status:
            echo(f"Nothing answers at {url} ({found.text}).", err=True)
            raise typer.Exit(2)
        seen = look(ehr, date.today(), tuple(hook or ()))
    outcomes = checks.judge(seen, closed=not open_)
    if _show(outcomes, all_):
        raise typer.Exit(1)


def _signer(key: Path, issuer: str, kid: str) -> Token:
    import jwt

    pem = key.read_text(encoding="ascii")
    algorithm = "ES384" if "EC PRIVATE" in pem else "RS384" if "RSA PRIVATE" in pem else _kind(pem)

    def sign(audience: str) -> str:
        now = int(time.time())
        claims = {"iss": issuer, "aud": audience, "iat": now, "exp": now + _MINUTES * 60, "jti": str(uuid.uuid4())}
        return jwt.encode(claims, pem, algorithm=algorithm, headers={"kid": kid, "typ": "JWT"})

    return sign


def _kind(pem: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    return "RS384" if isinstance(load_pem_private_key(pem.encode(), None), RSAPrivateKey) else "ES384"


def _show(outcomes: list[checks.Outcome], everything: bool) -> int:
    """Print the verdicts; the number of broken SHALLs comes back."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from service.cli.report import console
    from service.hook_tester import checks, requirements

    known = requirements.load()
    table = Table(box=box.SIMPLE)
    for heading in ("Id", "Level", "Verdict", "Requirement", "Seen"):
        table.add_column(heading)
    style = {checks.PASSED: "green", checks.FAILED: "bold red", checks.UNSEEN: "dim"}
    for outcome in outcomes:
        if everything or outcome.state != checks.PASSED:
            row = known[outcome.id]
            verdict = Text(outcome.state, style=style[outcome.state])
            table.add_row(outcome.id, row.level, verdict, Text(row.says), Text(outcome.said))
    out = console()
    if table.row_count:
        out.print(table)
    counted = {state: sum(o.state == state for o in outcomes) for state in style}
    broken = [o.id for o in outcomes if o.state == checks.FAILED and known[o.id].binding]
    said = f"{counted[checks.PASSED]} passed, {counted[checks.FAILED]} failed, {counted[checks.UNSEEN]} not seen"
    echo(f"{said}. " + (f"Broken SHALLs: {', '.join(broken)}." if broken else "No SHALL is broken."))
    sys.stdout.flush()
    return len(broken)
