"""Claims about patients whom notes tell to be well: in how many ways it is said, and what is no good news."""

from __future__ import annotations

import pytest

from service.text.context.wellbeing import NOT_WELL, good_news

WELL = """
Doing really well.
It goes well with her.
An excellent clinical result after decompression.
He is tickled pink.
She is delighted with the outcome.
Q1 How satisfied? Very satisfied
GPE: completely recovered.
IW reports 80% improved.
Conclusion: undisturbed course.
Recovering as expected.
Making an excellent recovery.
Back to work full time.
Full duties since week 8.
FIT for the job.
She cycles again, 12 km.
Walking 30 min twice a day.
It has been marvellous.
Nothing is wrong.
No complaints.
Symptom free.
Painkiller: none.
Off all analgesia.
Pain "hardly any".
NRS back 2, leg 0.
ODI 12 (preop 46).
Legs fine.
Discharged from my care.
I have not arranged review.
Follow-up PRN.
MMI reached, no restrictions.
I've got my life back.
She copes well and asks when she can garden.
"""
NO_NEWS = """
Doing well until 3 weeks ago when the left leg pain came back.
Excellent result for six months, then recurrence.
Doing well apart from the left leg, which is as bad as before.
Hoped for an excellent result but leg pain persists.
His wife is doing really well.
The wound is doing well but he has severe leg pain.
Goal: walk 5 km.
Aim: return to work full time.
Surgeon told him recovery would be uneventful.
Walks only 50 m.
ODI 46.
Sphincters: no complaints.
90% relief, lasted 11 h by diary.
"""
ILL = """
Not doing well.
Not happy with the result.
Poor result.
Still off work.
Dissatisfied.
Pain poorly controlled.
Unable to return to work because of leg pain.
Would not have surgery again.
"""


@pytest.mark.parametrize("line", WELL.strip().splitlines())
def test_writers_say_in_many_ways_that_a_patient_is_well(line: str) -> None:
    told = good_news(line)
    assert told
    assert NOT_WELL not in told


@pytest.mark.parametrize("line", NO_NEWS.strip().splitlines())
def test_what_is_over_hoped_for_or_of_others_is_no_good_news(line: str) -> None:
    assert frozenset() == good_news(line)


@pytest.mark.parametrize("line", ILL.strip().splitlines())
def test_a_patient_who_is_not_well_is_heard(line: str) -> None:
    assert frozenset({NOT_WELL}) == good_news(line)
