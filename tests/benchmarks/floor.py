"""What any answer costs: the floor (bare ASGI and orjson) and a static FastAPI endpoint, for comparison."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import FastAPI, Request
from starlette.responses import Response

_ANSWER = orjson.dumps({"cards": []})


async def bare(scope: Any, receive: Any, send: Any) -> None:
    """Read the body, parse it, answer the same thing always."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    if body:
        orjson.loads(body)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(_ANSWER)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": _ANSWER})


static = FastAPI()


@static.get("/healthz/ready")
async def ready() -> Response:
    return Response(_ANSWER)


@static.post("/{path:path}")
async def answer(request: Request) -> Response:
    orjson.loads(await request.body())
    return Response(_ANSWER, media_type="application/json")
