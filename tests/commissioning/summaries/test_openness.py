import pytest
from django.utils import timezone

from commissioning.summaries.actions import lock_summary
from commissioning.summaries.openness import figure_blocks
from tests.commissioning.makers import ask

pytestmark = pytest.mark.django_db


def words_of(blocks):
    """Text, items and cells in the order in which they are read."""
    words = []
    for block in blocks:
        cells = [line for row in block.get("rows", []) for cell in row for line in cell]
        words += [block.get("text", ""), *block.get("items", []), *cells]
    return " ".join(words)


def test_a_summary_says_how_open_the_requirement_was_when_it_was_locked(requirement, field, commissioner):
    ask(commissioner, requirement, "first_aid")
    summary = lock_summary(by=commissioner, requirement=requirement, now=timezone.now())
    figure = summary.facts["openness"]["figure"]
    assert (figure["capable"], figure["could"], figure["everyone"]) == (3, 0, 3)
    words = words_of(summary.facts["document"])
    assert "none is known to be able to answer, alone or in a team." in words
    assert "Lot 1: no small provider with room for it is known to meet:" in words
    assert "Stop asking for: First aid, by the start of the contract." in words
    assert "Lot 1: Lunches in the city 3 0 0 0" in words


def test_rule_07_what_is_published_counts_no_legal_form_of_which_there_may_be_one(requirement, field, commissioner):
    summary = lock_summary(by=commissioner, requirement=requirement, now=timezone.now())
    published = [block for block in summary.facts["document"] if block.get("only") != "council"]
    assert "Sole trader 1 1 0 1" in words_of(summary.facts["document"])
    assert "Sole trader 1 1 0 1" not in words_of(published)
    assert "exclude" not in words_of(published)


def test_where_nobody_could_do_the_work_there_is_no_figure():
    blocks = figure_blocks({"words": "Nobody.", "capable": 0})
    assert words_of(blocks) == "How open it is Nobody."
