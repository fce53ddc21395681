import pytest

from providers.showing.rules import in_short, shortened


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("I cook. We eat together. Then I wash up.", 100, "I cook. We eat together."),
        ("I cook. We eat together. Then I wash up.", 10, "I cook."),
        ("I cook a fresh lunch in your kitchen.", 20, "I cook a fresh…"),
        ("First\n\nline here. Second.", 100, "First line here. Second."),
        ("No full stop", 100, "No full stop"),
        ("", 100, ""),
        ("Anything", 0, ""),
    ],
)
def test_a_text_is_cut_at_a_sentence_or_else_at_a_word(text, most, short):
    assert in_short(text, most) == short


@pytest.mark.parametrize(
    ("words", "most", "short"),
    [
        ("Rosie", 5, "Rosie"),
        ("Rosie’s Home Help", 12, "Rosie’s…"),
        ("W" * 30, 10, "W" * 9 + "…"),
        ("One, two", 6, "One…"),
    ],
)
def test_words_stay_whole_where_they_can(words, most, short):
    assert shortened(words, most) == short
