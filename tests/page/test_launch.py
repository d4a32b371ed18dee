"""SMART on FHIR against a mock EHR: launch, PKCE, reload, frame, answers written back, and who is refused."""

from __future__ import annotations

from urllib.parse import quote

import httpx
import pytest

from tests.page.browser import DRAWN, SECONDS
from tests.page.mock_ehr import CLIENT


@pytest.fixture
def launch(registered, ehr):
    return f"{registered}/app/launch?iss={quote(ehr.base, safe='')}&launch=opaque"


@pytest.fixture
def ehr_now(ehr):
    ehr.stored.clear()
    ehr.wrong.clear()
    ehr.context = ""
    return ehr


def test_a_launch_draws_the_chart_and_asks_nobody_else(tab, registered, ehr_now, launch):
    ehr_now.context = "recurrent-herniation"
    page, watch = tab()
    page.goto(launch)
    page.wait_for_selector(DRAWN)

    assert "Recurrent disc herniation L4-L5 left" in page.inner_text(".cause.asked h3")
    assert {registered, ehr_now.origin} == watch.origins()
    assert f"{registered}/app" == page.url
    assert [] == ehr_now.wrong
    assert 0 == page.evaluate("localStorage.length")
    stored = page.evaluate("JSON.stringify({...sessionStorage})")
    assert "Sudden" not in stored
    assert 2 == page.evaluate("sessionStorage.length")  # what fhirclient keeps: the launch, and its key


def test_a_reload_keeps_the_launch(tab, ehr_now, launch):
    page, _ = tab()
    page.goto(launch)
    page.wait_for_selector(DRAWN)
    before = page.inner_text(".causes")
    page.reload()
    page.wait_for_selector(DRAWN)

    assert before == page.inner_text(".causes")


def test_standalone_begins_at_the_page(tab, registered, ehr_now):
    page, _ = tab()
    page.goto(f"{registered}/app")
    page.get_by_role("button", name="Sign in at 127.0.0.1").click()
    page.wait_for_selector(DRAWN)

    assert "Recurrent disc herniation" in page.inner_text(".causes")
    assert 0 == page.locator("#file").count()  # a file is for open mode: here a chart comes from the EHR


def test_the_ehr_may_frame_the_page_and_nobody_else(tab, registered, address, ehr_now, launch):
    page, _ = tab()
    page.goto(f"{ehr_now.origin}/portal?page={quote(launch, safe='')}")
    framed = page.frame_locator("iframe")
    framed.locator(DRAWN).wait_for()

    assert "Recurrent disc herniation" in framed.locator(".causes").inner_text()
    policy = httpx.get(f"{registered}/app", timeout=SECONDS).headers["content-security-policy"]
    assert f"frame-ancestors {ehr_now.origin};" in policy
    assert "frame-ancestors 'none';" in httpx.get(f"{address}/app", timeout=SECONDS).headers["content-security-policy"]


def test_answers_are_written_back_where_the_scope_allows(tab, ehr_now, launch):
    page, _ = tab()
    page.goto(launch)
    page.wait_for_selector(DRAWN)
    page.get_by_role("button", name="No", exact=True).click()
    page.get_by_role("button", name="Save the answers to the chart").click()
    page.get_by_text("Saved.").wait_for()

    (response,) = ehr_now.stored
    assert "QuestionnaireResponse" == response["resourceType"]
    assert [("1", "none")] == [(i["linkId"], i["answer"][0]["valueCoding"]["code"]) for i in response["item"]]
    assert {"reference": "Patient/recurrent-herniation-classic"} == response["subject"]


def test_a_sign_in_that_has_ended_is_said_and_nothing_looks_like_no_finding(tab, ehr_now, launch):
    page, watch = tab()
    page.goto(launch)
    page.wait_for_selector(DRAWN)
    page.route("**/app/story", lambda route: route.fulfill(status=401))
    page.get_by_role("button", name="No", exact=True).click()
    page.wait_for_selector("#state.wrong:not([hidden])")

    assert "Please open this page again from the chart." in page.inner_text("#state")
    assert 0 == page.evaluate("sessionStorage.length")
    watch.wrong.clear()  # the browser tells of the 401 on its console


def test_an_ehr_that_is_not_registered_opens_nothing(tab, registered):
    page, watch = tab()
    page.goto(f"{registered}/app/launch?iss=https%3A%2F%2Felsewhere.example%2Ffhir&launch=x")
    page.get_by_text("This EHR is not registered with this service.").wait_for()

    assert {registered} == watch.origins()


CHART = {"resourceType": "Bundle", "type": "collection", "entry": []}


@pytest.mark.parametrize(
    ("expected", "changes"),
    [
        (200, {}),
        (200, {"aud": [CLIENT, "other"], "azp": CLIENT}),
        (401, {"aud": "another-app"}),
        (401, {"aud": [CLIENT, "other"]}),
        (401, {"iss": "https://elsewhere.example"}),
        (401, {"exp": 1}),
        (401, {"exp": 99_999_999_999}),
        (401, {"iat": None}),
    ],
)
def test_only_an_id_token_of_a_registered_ehr_for_this_page_is_answered(registered, ehr, expected, changes):
    told = {"aud": CLIENT, **changes}
    token = ehr.id_token(**told)
    answer = httpx.post(
        f"{registered}/app/story", timeout=SECONDS, json=CHART, headers={"Authorization": f"Bearer {token}"}
    )

    assert expected == answer.status_code


def test_a_token_may_come_again_and_none_at_all_is_refused(registered, ehr):
    headers = {"Authorization": f"Bearer {ehr.id_token()}"}

    assert [200, 200, 401] == [
        httpx.post(f"{registered}/app/story", timeout=SECONDS, json=CHART, headers=each).status_code
        for each in (headers, headers, {})
    ]
