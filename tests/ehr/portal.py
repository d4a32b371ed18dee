"""A patient portal: an accepted Task and the published Questionnaire in, what the patient sees and answers out."""

from __future__ import annotations

from urllib.parse import urlsplit

from tests.ehr.serving import today


def questionnaire(service, task):
    """The Questionnaire that a Task asks for, from the server that published it."""
    (given,) = task["input"]
    return service.get(urlsplit(given["valueCanonical"]).path).json()


def shown(form, answers):
    """The texts of the form that are shown once these answers are given: codes by linkId, several in a list."""
    return [item["text"] for item in form["item"] if "display" == item["type"] and _is_enabled(item, answers)]


def fill(form, answers, patient, authored=None):
    """The QuestionnaireResponse of a portal that keeps the form: only offered answers of enabled questions."""
    items = []
    for item in form["item"]:
        given = answers.get(item["linkId"])
        if given is None or "display" == item["type"] or not _is_enabled(item, answers):
            continue
        items.append(
            {"linkId": item["linkId"], "text": item["text"], "answer": [_answer(item, one) for one in _listed(given)]}
        )
    return {
        "resourceType": "QuestionnaireResponse",
        "id": "answers",
        "questionnaire": f"{form['url']}|{form['version']}",
        "status": "completed",
        "subject": {"reference": f"Patient/{patient}"},
        "authored": authored or today().isoformat(),
        "item": items,
    }


def _answer(item, given):
    if "date" == item["type"]:
        return {"valueDate": given}
    (coding,) = [o["valueCoding"] for o in item["answerOption"] if given == o["valueCoding"]["code"]]
    return {"valueCoding": coding}


def _is_enabled(item, answers):
    when = item.get("enableWhen", [])
    held = [test["answerCoding"]["code"] in _listed(answers.get(test["question"], ())) for test in when]
    return any(held) if "any" == item.get("enableBehavior") else all(held)


def _listed(given):
    return [given] if isinstance(given, str) else list(given)
