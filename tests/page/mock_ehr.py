"""A small SMART on FHIR server: sign-in with PKCE, token endpoint, a paged chart, and a portal that frames the page."""

from __future__ import annotations

import base64
import hashlib
import secrets
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.ehr import signer

CLIENT = "backstory-page"
PAGE_SIZE = 3


@dataclass
class MockEhr:
    """``scope`` is what is granted; ``context`` the appContext of the card; ``stored`` what was written back."""

    chart: list[dict[str, Any]]
    patient: str
    scope: str = "openid fhirUser patient/*.rs patient/QuestionnaireResponse.c"
    context: str = ""
    port: int = 0
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    stored: list[dict[str, Any]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def base(self) -> str:
        return f"{self.origin}/fhir"

    def routes(self) -> list[Route]:
        return [
            Route("/fhir/.well-known/smart-configuration", self.configuration),
            Route("/authorize", self.authorize),
            Route("/token", self.token, methods=["POST"]),
            Route("/jwks.json", self.jwks),
            Route("/portal", self.portal),
            Route("/favicon.ico", lambda _: Response()),
            Route("/fhir/QuestionnaireResponse", self.create, methods=["POST"]),
            Route("/fhir/{kind}", self.search),
            Route("/fhir/{kind}/{id}", self.read),
        ]

    async def configuration(self, _: Request) -> Response:
        return JSONResponse(
            {
                "authorization_endpoint": f"{self.origin}/authorize",
                "token_endpoint": f"{self.origin}/token",
                "code_challenge_methods_supported": ["S256"],
                "capabilities": ["launch-ehr", "launch-standalone", "client-public", "sso-openid-connect"],
            }
        )

    async def authorize(self, request: Request) -> Response:
        """Signs in at once: the user is known to the EHR."""
        asked = dict(request.query_params)
        if asked.get("code_challenge_method") != "S256" or asked.get("client_id") != CLIENT:
            self.wrong.append("authorize")
            return Response(status_code=400)
        code = secrets.token_urlsafe()
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(self, request: Request) -> Response:
        given = dict(parse_qsl((await request.body()).decode()))
        asked = self.codes.pop(given.get("code", ""), {})
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if not asked or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            self.wrong.append("token")
            return JSONResponse({"error": "invalid_grant"}, 400)
        granted = {
            "access_token": "granted",
            "token_type": "Bearer",
            "expires_in": 3600,
            "scope": self.scope,
            "patient": self.patient,
            "id_token": self.id_token(),
        }
        return JSONResponse({**granted, "appContext": self.context} if self.context else granted)

    def id_token(self, **changes: Any) -> str:
        return signer.token("", "RS256", **{"aud": CLIENT, "iss": self.base, "jti": None, "sub": "surgeon", **changes})

    async def jwks(self, _: Request) -> Response:
        return JSONResponse(signer.jwks("RS256"))

    async def portal(self, request: Request) -> Response:
        return HTMLResponse(f'<iframe src="{request.query_params["page"]}" width="1200" height="700"></iframe>')

    async def read(self, request: Request) -> Response:
        kind, ident = request.path_params["kind"], request.path_params["id"]
        found = next((r for r in self.chart if (r["resourceType"], r["id"]) == (kind, ident)), None)
        return JSONResponse(found, 200) if found and self._allowed(request) else Response(status_code=404)

    async def search(self, request: Request) -> Response:
        """Three resources a page, so that every chart of a test is paged."""
        if not self._allowed(request):
            return Response(status_code=401)
        kind, at = request.path_params["kind"], int(request.query_params.get("at", "0"))
        found = [r for r in self.chart if r["resourceType"] == kind]
        told: dict[str, Any] = {"resourceType": "Bundle", "type": "searchset", "total": len(found)}
        told["entry"] = [{"resource": r} for r in found[at : at + PAGE_SIZE]]
        if found[at + PAGE_SIZE :]:
            following = f"{self.base}/{kind}?{urlencode({'patient': self.patient, 'at': at + PAGE_SIZE})}"
            told["link"] = [{"relation": "next", "url": following}]
        return JSONResponse(told)

    async def create(self, request: Request) -> Response:
        self.stored.append(await request.json())
        return JSONResponse({**self.stored[-1], "id": "stored"}, 201)

    def _allowed(self, request: Request) -> bool:
        return request.headers.get("authorization") == "Bearer granted"


@contextmanager
def running(chart: list[dict[str, Any]], patient: str):
    ehr = MockEhr(chart, patient)
    cors = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"])
    server = uvicorn.Server(
        uvicorn.Config(Starlette(routes=ehr.routes(), middleware=[cors]), log_config=None, access_log=False)
    )
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        ehr.port = listener.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield ehr
        finally:
            server.should_exit = True
            thread.join(10)
