"""An HTML page taken apart as a browser would, without one: texts, links, and everything that would load something."""

from __future__ import annotations

from html.parser import HTMLParser

LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "ping", "manifest"}


class Parts(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.words, self.open = [], [], [], []
        self.policy, self.style = "", ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.open.append(tag)
        if told.get("http-equiv") == "Content-Security-Policy":
            self.policy = told["content"]

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def values(self, attribute: str, tag: str = "") -> list[str]:
        return [value for of, name, value in self.attributes if name == attribute and tag in ("", of)]

    @property
    def loads(self) -> list[str]:
        """Addresses that the page would ask for by itself."""
        found = [value for _, name, value in self.attributes if name in LOADING]
        return [*found, *self.values("href", "link")]
