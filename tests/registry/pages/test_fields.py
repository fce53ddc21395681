import datetime

import pytest
from django import forms
from django.core.exceptions import ValidationError

from registry.pages.fields import DateField, MoneyField, pounds


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        (("3", "3", "2026"), datetime.date(2026, 3, 3)),
        (("03", "March", "2026"), datetime.date(2026, 3, 3)),
        (("29", "feb", "2028"), datetime.date(2028, 2, 29)),
        ("2026-03-03", datetime.date(2026, 3, 3)),
        (datetime.date(2026, 3, 3), datetime.date(2026, 3, 3)),
    ],
)
def test_dates_are_read_as_people_write_them(typed, date):
    assert DateField(what="date").clean(typed) == date


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "", ""), "Enter the start date"),
        (("", "3", "2026"), "Start date must include a day"),
        (("3", "", "2026"), "Start date must include a month"),
        (("3", "3", ""), "Start date must include a year"),
        (("3", "3", "26"), "Start date must have a year of 4 numbers, like 2026"),
        (("29", "2", "2026"), "Start date must be a real date, like 27 3 2026"),
        (("third", "3", "2026"), "Start date must be a real date, like 27 3 2026"),
        (("3", "3", "0000"), "Start date must be a real date, like 27 3 2026"),
        (("3", "3", "٢٠٢٦"), "Start date must have a year of 4 numbers, like 2026"),
    ],
)
def test_a_wrong_date_says_how_to_mend_it(typed, message):
    with pytest.raises(ValidationError) as caught:
        DateField(what="start date").clean(typed)
    assert caught.value.messages == [message]


def test_a_date_that_need_not_be_given_may_be_left_empty():
    assert DateField(what="date", required=False).clean(("", "", "")) is None
    assert DateField(what="date", required=False).clean(None) is None


def test_a_date_can_stand_in_another_control():
    with pytest.raises(ValidationError):
        DateField(what="date", widget=forms.TextInput).clean(("3", "", "2026"))


def test_a_date_counts_as_changed_only_when_it_is_another_day():
    field = DateField(what="date")
    assert not field.has_changed(datetime.date(2026, 3, 3), ("3", "3", "2026"))
    assert field.has_changed(datetime.date(2026, 3, 3), ("4", "3", "2026"))
    assert field.widget.value_omitted_from_data({}, {}, "starts")
    assert not field.widget.value_omitted_from_data({"starts_day": ""}, {}, "starts")


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("12", 1200), ("£12.50", 1250), ("1,200", 120000), (" 12.5 ", 1250), ("0", 0), ("", None), (None, None), (5, 5)],
)
def test_money_is_read_as_people_write_it(typed, pence):
    assert MoneyField(what="price", required=False).clean(typed) == pence


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Enter the price"),
        ("twelve", "Price must be an amount of money, like 12 or 12.50"),
        ("12.505", "Price must be an amount of money, like 12 or 12.50"),
        ("-0.50", "Price must be £1 or more"),
        ("500.01", "Price must be £500 or less"),
    ],
)
def test_a_wrong_amount_says_how_to_mend_it(typed, message):
    with pytest.raises(ValidationError) as caught:
        MoneyField(what="price", minimum=100, maximum=50000).clean(typed)
    assert caught.value.messages == [message]


def test_pence_are_shown_as_pounds():
    assert [pounds(1250), pounds(1200), pounds(5), pounds(-50)] == ["12.50", "12", "0.05", "-0.50"]
    assert MoneyField(what="price").prepare_value(1250) == "12.50"
    assert MoneyField(what="price").prepare_value("£12.505") == "£12.505"
