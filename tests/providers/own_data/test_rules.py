import pytest

from providers.own_data.rules import cell


@pytest.mark.parametrize("begins", ["=1+1", "+44 7700", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1"])
def test_what_a_spreadsheet_would_take_for_a_formula_is_made_harmless(begins):
    assert cell(begins) == f"'{begins}"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (1850, "1850"),
        (-5, "-5"),
        ("Rosie", "Rosie"),
        ("", ""),
        ([], ""),
        (["mon", "tue"], "mon; tue"),
        (["=1", "x"], "'=1; x"),
        ({"a": "ü"}, '{"a": "ü"}'),
        ([{"a": 1}], '[{"a": 1}]'),
    ],
)
def test_a_value_stands_in_a_cell_as_people_read_it(value, words):
    assert cell(value) == words
