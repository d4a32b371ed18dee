"""The rules over HTTP: pages for a browser without a token, under a policy that lets nothing else in."""

from __future__ import annotations

import pytest

from tests.ehr.serving import serving
from tests.output.page_parts import Parts
from tests.rule_sets import shipped

PAGES = ["/app/rules", "/app/rules/", "/app/rules?q=scar", "/app/rules/epidural-fibrosis", "/app/rules/language/pain"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_as_html_under_a_strict_policy(path, client):
    answer = client.get(path)
    policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))

    assert (200, "text/html; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    assert {"default-src": "'none'", "style-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
            "frame-ancestors": "'none'"} == policy  # fmt: skip
    assert "no-referrer" == answer.headers["referrer-policy"]
    assert "nosniff" == answer.headers["x-content-type-options"]


@pytest.mark.parametrize("path", PAGES)
def test_every_relative_address_of_a_page_leads_somewhere(path, client):
    parts = Parts(client.get(path).text)
    links = {link for link in (*parts.values("href"), *parts.values("action")) if not link.startswith("#")}
    sample = [link for link in sorted(links) if "/" not in link.strip("./")][:12] + sorted(links)[:3]
    start = client.base_url.join(path)

    assert sample
    assert [] == [link for link in sample if client.get(start.join(link)).status_code != 200]


def test_the_style_sheet_is_a_style_sheet(client):
    answer = client.get("/app/rules/style.css")

    assert "text/css; charset=utf-8" == answer.headers["content-type"]
    assert "url(" not in answer.text


def test_the_search_works_by_its_query_alone(client):
    page = client.get("/app/rules", params={"q": "trochanteric pain"}).text

    assert "trochanteric-pain" in page
    assert "rules/crps" not in page
    assert ["trochanteric pain"] == Parts(page).values("value", "input")


@pytest.mark.parametrize("path", ["/app/rules/no-such-record", "/app/rules/language/latin", "/app/rules/%3Cscript%3E"])
def test_an_unknown_record_is_a_page_that_says_so_and_quotes_nothing(path, client):
    answer = client.get(path)

    assert 404 == answer.status_code
    assert "There is no such record" in answer.text
    assert path.rpartition("/")[2] not in answer.text
    assert "script" not in Parts(answer.text).tags


def test_the_pages_need_no_token_and_are_no_published_operation():
    with serving() as client:
        statuses = [client.get(path).status_code for path in PAGES]
        published = client.get("/openapi.json").json()["paths"]

    assert [200] * len(PAGES) == statuses
    assert [] == [path for path in published if path.startswith("/app")]


def test_the_index_over_http_lists_every_record(client):
    links = Parts(client.get("/app/rules").text).values("href", "a")

    assert {f"rules/{record.id}" for record in shipped().records} <= set(links)
