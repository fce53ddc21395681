import pytest

from providers.finding.understood import worded
from providers.meaning.needs import Meaning


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("category", "cooking", "cooking at home"),
        ("without", "cleaning", "not cleaning"),
        ("day", "tue", "on Tuesday"),
        ("client_group", "dementia", "for people living with dementia"),
        ("language", "polish", "in Polish"),
        ("faith", "muslim", "Muslim"),
        ("who", "female", "a woman to come"),
        ("place", "Radstock", "in Radstock"),
        ("something_new", "no_name_yet", "No Name Yet"),
    ],
)
def test_each_kind_of_meaning_is_told_in_words(db, kind, code, words):
    assert worded(Meaning(kind, code)) == words
