"""The cards speak to clinicians: the patient and the family get none, and every clinician gets the same."""

from __future__ import annotations

import pytest

from tests.ehr.serving import told
from tests.orders.calling import call as order_call
from tests.orders.calling import chart, egfr
from tests.orders.drafting import order
from tests.web.calls import VIEW, call

LAY = ("Patient/p1", "RelatedPerson/r1", "https://ehr.example/fhir/Patient/p1", "Patient/p1/_history/2")
CLINICIANS = ("Practitioner/d1", "PractitionerRole/r7", "https://ehr.example/fhir/Practitioner/d1")


def opened(client, user, name="rf-cauda-equina-saddle"):
    asked = call(name)
    asked["context"]["userId"] = user
    answer = client.post(VIEW, json=asked)
    assert 200 == answer.status_code
    return told(answer.json()["cards"])


def signed(client, user):
    asked = order_call([order("CT lumbar spine with contrast")], chart(egfr(20)), userId=user)
    return told(client.post("/cds-services/fbss-order-sign", json=asked).json()["cards"])


@pytest.mark.parametrize("user", LAY)
def test_the_patient_and_the_family_get_no_card_not_even_of_an_emergency(client, user):
    assert ([], []) == (opened(client, user), signed(client, user))


@pytest.mark.parametrize("user", CLINICIANS)
def test_every_clinician_gets_the_same_cards(client, user):
    assert opened(client, "Practitioner/another") == opened(client, user) != []
    assert signed(client, "Practitioner/another") == signed(client, user) != []
