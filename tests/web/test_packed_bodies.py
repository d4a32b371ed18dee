"""Bodies as senders pack them: gzip, deflate, a byte order mark; a bomb is refused before it is unpacked."""

from __future__ import annotations

import gzip
import json
import zlib

import pytest

from tests.web.calls import VIEW, call, refusal, topics

JSON = {"content-type": "application/json"}
LIMIT = 5_000_000


def raw(body):
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [("gzip", gzip.compress), ("GZIP", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress),
     ("deflate", raw), ("identity", bytes)],
)  # fmt: skip
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_packed_call_gets_the_same_cards(encoding, pack, mark, client):
    made = call("rf-cauda-equina-saddle")
    body = pack(mark + json.dumps(made).encode())
    packed = client.post(VIEW, content=body, headers={**JSON, "content-encoding": encoding})

    assert topics(client.post(VIEW, json=made)) == topics(packed)


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_bomb_is_refused(pack, client):
    encoding = "gzip" if pack is gzip.compress else "deflate"
    bomb = pack(b" " * (LIMIT * 20))

    assert (413, "too-long") == refusal(client.post(VIEW, content=bomb, headers={**JSON, "content-encoding": encoding}))


@pytest.mark.parametrize(
    ("encoding", "body", "status"),
    [("gzip", b"{}", 400), ("deflate", b"{}", 400), ("gzip", gzip.compress(b"{}", mtime=0)[:-6], 400),
     ("gzip", gzip.compress(b"{}", mtime=0) + b"more", 400), ("br", b"{}", 415), ("gzip, gzip", b"{}", 415)],
)  # fmt: skip
def test_what_is_not_packed_as_it_says_is_refused(encoding, body, status, client):
    answer = client.post(VIEW, content=body, headers={**JSON, "content-encoding": encoding})

    assert status == refusal(answer)[0]


def test_a_procedure_code_that_nobody_maps_is_told_on_the_answer(client):
    coding = [{"system": "https://hospital.example/procedures", "code": "P-417"}]
    old = [{"system": "ICD-9-CM", "code": "80.51"}]
    entries = [
        {"resource": {"resourceType": "Procedure", "id": f"p{n}", "status": "completed", "code": {"coding": held}}}
        for n, held in enumerate((coding, coding, old))
    ]
    told = client.post("/explain", json={"resourceType": "Bundle", "type": "collection", "entry": entries}).json()

    assert {
        "path": "Procedure.code (3)",
        "reason": "in no value set, so read by its words only: P-417 (another system), 80.51 (icd-9-cm)",
    } in told["skipped"]
