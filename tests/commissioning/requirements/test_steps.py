"""The later steps of a requirement: how it is bought, times, questions, timetable."""

import datetime
import re

import pytest
from bs4 import BeautifulSoup

from commissioning.models import LotTime, Question
from commissioning.requirements import actions
from commissioning.requirements.wording import work_words
from commissioning.summaries.actions import NotReadyError
from registry.models import AuditEvent, CouncilMembership
from tests.cast import make_council
from tests.commissioning.conftest import lock_now
from tests.commissioning.makers import make_requirement
from tests.reading import words_of_page

pytestmark = pytest.mark.django_db
TIMES = {"days": ["tue", "thu"], "window": "7am to 10am", "hours_of_work": "4.5"}
QUESTION = {"number": "1", "text": "How would you start?", "weight": "60", "most_words": "250"}


def address(requirement, rest=""):
    return f"/commissioning/requirements/{requirement.reference}/{rest}"


def words(response):
    return " ".join(words_of_page(response.content))


def errors(response):
    return BeautifulSoup(response.content, "html.parser").find(class_="govuk-error-summary").get_text(" ")


def test_times_are_said_in_a_sentence_and_add_up_to_the_hours(as_commissioner, requirement):
    page = as_commissioner.post(address(requirement, "lots/1/times/"), TIMES, follow=True)
    assert "Tuesday, 7am to 10am 4 hours 30 minutes" in words(page)
    assert "9 hours a week" in words(page)
    assert list(LotTime.objects.values_list("day", "starts_minute", "ends_minute", "minutes_needed")) == [
        ("tue", 420, 600, 270),
        ("thu", 420, 600, 270),
    ]
    assert "Thursday, 7am to 10am" in words(as_commissioner.get(address(requirement)))


def test_times_sent_twice_are_there_once_and_one_over_another_is_refused(as_commissioner, requirement):
    for _twice in range(2):
        assert as_commissioner.post(address(requirement, "lots/1/times/"), TIMES).status_code == 302
    over = as_commissioner.post(address(requirement, "lots/1/times/"), {**TIMES, "window": "9am to midday"})
    assert "lies over another time" in errors(over)
    assert LotTime.objects.count() == 2
    beside = as_commissioner.post(address(requirement, "lots/1/times/"), {**TIMES, "window": "10am to midday"})
    assert beside.status_code == 302


def test_a_time_taken_off_takes_its_hours_along(as_commissioner, requirement):
    as_commissioner.post(address(requirement, "lots/1/times/"), TIMES)
    lot = requirement.lots.get(number=1)
    first, second = lot.times.values_list("pk", flat=True)
    for _twice in range(2):
        as_commissioner.post(address(requirement, f"lots/1/times/{first}/remove/"))
    lot.refresh_from_db()
    assert lot.hours_per_week == 5
    as_commissioner.post(address(requirement, f"lots/1/times/{second}/remove/"))
    lot.refresh_from_db()
    assert lot.hours_per_week == 5
    assert AuditEvent.objects.filter(verb="requirement.times_changed").count() == 3


def test_hours_that_follow_from_times_are_not_asked_again(as_commissioner, requirement):
    assert "hours_per_week" in as_commissioner.get(address(requirement, "lots/1/")).text
    as_commissioner.post(address(requirement, "lots/1/times/"), TIMES)
    assert "hours_per_week" not in as_commissioner.get(address(requirement, "lots/1/")).text
    as_commissioner.post(address(requirement, "lots/1/"), {"number": "1", "title": "Suppers", "category": "cooking"})
    lot = requirement.lots.get(number=1)
    assert (lot.title, lot.hours_per_week) == ("Suppers", 9)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"days": []}, "Choose at least one day"),
        ({"window": ""}, "Enter from when to when"),
        ({"window": "mornings"}, "like 7am to 10am"),
        ({"window": "7am to 9am and 4pm to 6pm"}, "like 7am to 10am"),
        ({"window": "10pm to 6am"}, "run past midnight"),
        ({"hours_of_work": "0"}, "like 6 or 4.5"),
        ({"hours_of_work": "some"}, "like 6 or 4.5"),
        ({"hours_of_work": "1000"}, "like 6 or 4.5"),
    ],
)
def test_times_that_cannot_be_read_say_how_to_mend_them(as_commissioner, requirement, wrong, says):
    answer = as_commissioner.post(address(requirement, "lots/1/times/"), {**TIMES, **wrong})
    assert says in errors(answer)
    assert not LotTime.objects.exists()


def test_minutes_alone_are_said_alone():
    assert work_words(45) == "45 minutes"
    assert work_words(60) == "1 hour"


def test_how_it_is_bought_decides_the_route(as_commissioner, requirement):
    actions.change_requirement(
        by=requirement.created_by, requirement=requirement, facts={"value_pence": 90_000_000, "starts_on": day(2027, 9)}
    )
    assert "light-touch rules for social care apply" in words(as_commissioner.get(address(requirement)))
    way = {"way": "user_choice", "reserved_for": "nobody"}
    assert as_commissioner.post(address(requirement, "way/"), way).status_code == 302
    assert "Schedule 5 paragraphs 15 to 17" in words(as_commissioner.get(address(requirement)))
    as_commissioner.post(address(requirement, "way/"), {"way": "dynamic_market", "reserved_for": "mutual"})
    page = words(as_commissioner.get(address(requirement)))
    assert "A dynamic market is open to new members at any time" in page
    assert "Public service mutuals" in page
    as_commissioner.post(address(requirement, "way/"), {**way, "is_health_care": "on"})
    assert "Provider Selection Regime" in words(as_commissioner.get(address(requirement)))


def day(year, month, number=1):
    return datetime.date(year, month, number)


def test_what_the_law_does_not_let_be_reserved_is_refused_and_shown_when_the_value_moves(as_commissioner, requirement):
    health = {"way": "open", "reserved_for": "local", "is_health_care": "on"}
    assert "does not let this be reserved" in errors(as_commissioner.post(address(requirement, "way/"), health))
    mutual = {"way": "open", "reserved_for": "mutual"}
    assert "Choose who may answer" in errors(as_commissioner.post(address(requirement, "way/"), mutual))
    as_commissioner.post(address(requirement, "way/"), {"way": "open", "reserved_for": "local"})
    assert "does not let this be reserved" not in words(as_commissioner.get(address(requirement)))
    by = requirement.created_by
    actions.change_requirement(by=by, requirement=requirement, facts={"value_pence": 90_000_000})
    assert "does not let this be reserved" in words(as_commissioner.get(address(requirement)))


def test_rule_08_outside_england_nothing_english_is_offered(as_commissioner, commissioner):
    council = make_council("S12000036", "City of Edinburgh", nation="Scotland")
    CouncilMembership.objects.create(user=commissioner, council=council, role="commissioner")
    made = make_requirement(commissioner, council)
    page = as_commissioner.get(address(made, "way/"))
    values = [
        box["value"] for box in BeautifulSoup(page.content, "html.parser").find_all(attrs={"name": "reserved_for"})
    ]
    assert values == ["nobody"]
    as_commissioner.post(
        address(made, "way/"), {"way": "user_choice", "reserved_for": "nobody", "is_health_care": "on"}
    )
    text = words(as_commissioner.get(address(made)))
    assert "Provider Selection" not in text
    assert "Schedule 5" not in text


def posted_day(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def timetable(**days):
    posted = {"closes_hour": "12"}
    for name, moment in days.items():
        posted |= posted_day(name, moment)
    return posted


def test_timetable_is_kept_as_moments_and_tells_when_the_last_notice_is_due(as_commissioner, requirement):
    actions.change_requirement(by=requirement.created_by, requirement=requirement, facts={"value_pence": 90_000_000})
    given = timetable(questions_on=day(2027, 1, 20), closes_on=day(2027, 1, 29), decided_on=day(2027, 3, 1))
    assert as_commissioner.post(address(requirement, "timetable/"), given).status_code == 302
    page = words(as_commissioner.get(address(requirement)))
    assert "Questions until 20 January 2027, 17:00" in page
    assert "Answers until 29 January 2027, 12:00" in page
    assert "signed on 1 March 2027, the contract details notice is due by 29 June 2027" in page
    again = BeautifulSoup(as_commissioner.get(address(requirement, "timetable/")).content, "html.parser")
    assert again.find("input", {"name": "closes_on_day"})["value"] == "29"


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"questions_on": day(2027, 2, 2), "closes_on": day(2027, 2, 1)}, "on or before the last day for answers"),
        ({"questions_on": day(2027, 2, 1), "closes_on": day(2027, 2, 1)}, "Questions end at 5pm"),
        ({"closes_on": day(2027, 2, 2), "decided_on": day(2027, 2, 1)}, "on or after the last day for answers"),
        ({"decided_on": day(2027, 4, 2)}, "on or before the first day of the work"),
    ],
)
def test_timetable_out_of_order_says_so(as_commissioner, requirement, days, says):
    assert says in errors(as_commissioner.post(address(requirement, "timetable/"), timetable(**days)))


def test_questions_and_price_share_a_hundred_marks(as_commissioner, requirement, commissioner):
    assert as_commissioner.post(address(requirement, "questions/add/"), QUESTION).status_code == 302
    assert "60 of 100 marks given so far" in words(as_commissioner.get(address(requirement, "questions/")))
    assert "add up to 100" in words(as_commissioner.get(address(requirement)))
    with pytest.raises(NotReadyError):
        lock_now(requirement, commissioner)
    as_commissioner.post(address(requirement, "questions/"), {"price_weight": "40"})
    page = words(as_commissioner.get(address(requirement)))
    assert "How would you start? (60 per cent)" in page
    assert "The price: 40 per cent" in page
    assert "add up to 100" not in page
    assert lock_now(requirement, commissioner)


def test_question_sent_twice_is_there_once_and_can_be_changed(as_commissioner, requirement):
    for _twice in range(2):
        as_commissioner.post(address(requirement, "questions/add/"), QUESTION)
    another = {**QUESTION, "text": "What would you ask first?"}
    as_commissioner.post(address(requirement, "questions/add/"), another)
    assert list(Question.objects.values_list("number", "text")) == [
        (1, "How would you start?"),
        (2, "What would you ask first?"),
    ]
    assert "What would you ask first?" in as_commissioner.get(address(requirement, "questions/2/")).text
    as_commissioner.post(address(requirement, "questions/2/"), {**another, "weight": "10"})
    assert Question.objects.get(number=2).weight == 10


def test_questions_move_up_when_one_is_removed(as_commissioner, requirement):
    as_commissioner.post(address(requirement, "questions/add/"), QUESTION)
    as_commissioner.post(address(requirement, "questions/add/"), {**QUESTION, "number": "2", "text": "And then?"})
    first = Question.objects.get(number=1)
    assert "Remove question 1?" in as_commissioner.get(address(requirement, "questions/1/remove/")).text
    for _twice in range(2):
        as_commissioner.post(address(requirement, "questions/1/remove/"), {"question": first.pk})
    assert list(Question.objects.values_list("number", "text")) == [(1, "And then?")]
    actions.remove_question(by=requirement.created_by, requirement=requirement, question_id=first.pk)
    assert as_commissioner.get(address(requirement, "questions/9/remove/")).status_code == 404


def test_wrong_weights_say_how_to_mend_them(as_commissioner, requirement):
    answer = as_commissioner.post(address(requirement, "questions/add/"), {"number": "1", "weight": "200"})
    assert "Enter the question" in errors(answer)
    assert "from 0 to 100" in errors(answer)
    assert "from 20 to 2,000" in errors(answer)
    assert "from 0 to 100" in errors(as_commissioner.post(address(requirement, "questions/"), {"price_weight": "-1"}))


def test_steps_of_a_locked_requirement_no_longer_change(as_commissioner, requirement, lock):
    for step, posted in (("way/", {"way": "open", "reserved_for": "nobody"}), ("questions/add/", QUESTION)):
        page = as_commissioner.post(address(requirement, step), posted, follow=True)
        assert "can no longer change" in words(page)
    for _each in ("times/", "times/1/remove/"):
        page = as_commissioner.post(address(requirement, f"lots/1/{_each}"), TIMES, follow=True)
        assert "can no longer change" in words(page)
    assert not Question.objects.exists()


def test_every_step_is_in_the_list_with_where_it_stands(as_commissioner, requirement):
    page = BeautifulSoup(as_commissioner.get(address(requirement)).content, "html.parser")
    items = [re.sub(r"\s+", " ", item.get_text(" ")).strip() for item in page.select(".govuk-task-list__item")]
    assert items == [
        "What is needed Done",
        "How it is bought Optional",
        "Lots, with places and times Done",
        "What is asked of everyone Done",
        "Questions, and what counts Optional",
        "Timetable Optional",
        "Barriers lowered Optional",
    ]
