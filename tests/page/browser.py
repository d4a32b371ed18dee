"""One headless Chromium, and a watch over what its pages may not do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_WATCH = (
    "window.__refused = []; addEventListener('securitypolicyviolation', (e) => window.__refused.push("
    "`${e.violatedDirective} ${e.blockedURI}`));"
)
SECONDS = 60.0
"""For an answer: a machine that runs other tests beside may be slow, and a slow one is not wrong."""
DRAWN = "#story:not([hidden]) svg"


@contextmanager
def running() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Watch:
    """What a page asked for, and what it complained of."""

    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def origins(self) -> set[str]:
        return {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in self.asked}


@contextmanager
def tab(browser: Browser, width: int = 1280, height: int = 720, **how: Any) -> Iterator[tuple[Page, Watch]]:
    """A page with a session of its own. Whatever the policy refuses, or a script throws, stands in ``wrong``."""
    context = browser.new_context(viewport={"width": width, "height": height}, **how)
    context.set_default_timeout(SECONDS * 1000)
    context.add_init_script(_WATCH)
    watch = Watch()
    context.on("request", lambda request: watch.asked.append(request.url))
    page = context.new_page()
    page.on("pageerror", lambda error: watch.wrong.append(str(error)))
    page.on("console", lambda told: watch.wrong.append(told.text) if told.type == "error" else None)
    try:
        yield page, watch
        if page.url.startswith("http"):
            watch.wrong += page.evaluate("window.__refused")
    finally:
        context.close()
