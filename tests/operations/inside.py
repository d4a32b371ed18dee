"""Calls an app in this process, without a port: what a test needs in order to break something inside it."""

from __future__ import annotations

import asyncio

import httpx


def ask(app, method, path, **given):
    async def once():
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return await client.request(method, path, **given)

    return asyncio.run(once())
