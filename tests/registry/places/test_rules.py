import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.places.rules import Written, read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("BA1 1LZ", "BA1 1LZ"),
        ("ba1 1lz", "BA1 1LZ"),
        ("BA11LZ", "BA1 1LZ"),
        ("  b a 1 1 l z ", "BA1 1LZ"),
        ("BA1\u00a01LZ.", "BA1 1LZ"),
        ("ba1-1lz", "BA1 1LZ"),
        ("\uff22\uff21\uff11 1LZ", "BA1 1LZ"),
        ("AB10 1AB", "AB10 1AB"),
        ("AB101AB", "AB10 1AB"),
        ("SW1A1AA", "SW1A 1AA"),
        ("m1 1ae", "M1 1AE"),
        ("NW1W 6FQ", "NW1W 6FQ"),
        ("AB1 01AB", "AB10 1AB"),
        ("NPT 1AA", "NPT 1AA"),
        ("GIR 0AA", "GIR 0AA"),
    ],
)
def test_a_postcode_is_read_however_it_is_typed(typed, meant):
    assert str(read(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("EH8 oBG", "EH8 0BG"),
        ("ba1 ilz", "BA1 1LZ"),
        ("ba1 llz", "BA1 1LZ"),
        ("BAl 1LZ", "BA1 1LZ"),
        ("ABlO 1AB", "AB10 1AB"),
        ("cro 1aa", "CR0 1AA"),
        ("0X1 1DP", "OX1 1DP"),
        ("S014 7DW", "SO14 7DW"),
        ("SO14 7DW", "SO14 7DW"),
        ("OL1 1AA", "OL1 1AA"),
        ("LL11 1AA", "LL11 1AA"),
    ],
)
def test_letters_typed_for_digits_are_mended_where_only_one_thing_can_be_meant(typed, meant):
    assert str(read(typed)) == meant


@pytest.mark.parametrize(
    ("typed", "meant"), [("ba1", "BA1"), ("BA 14", "BA14"), ("sw1a", "SW1A"), ("000", "OO0"), ("00O", "OO0")]
)
def test_the_first_half_alone_is_read_too(typed, meant):
    assert read(typed) == Written(meant)


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "Bath", "Hull", "BA", "BA1 1", "BA1 1L", "BA1 11Z", "BA1 1LZZ", "12345", "?", "é1 1AA", "BA1 1LZ" * 9],
)
def test_what_can_be_no_postcode_is_none(typed):
    assert read(typed) is None


def test_the_code_has_no_space():
    assert read("sw1a 1aa").code == "SW1A1AA"


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("BT1 5GS", "northern_ireland"),
        ("BT1", "northern_ireland"),
        ("GY1 1AA", "channel_islands"),
        ("JE2 3AB", "channel_islands"),
        ("IM1 1AG", "isle_of_man"),
        ("BA1 1LZ", ""),
        ("B1 1AA", ""),
    ],
)
def test_places_outside_great_britain_are_known_by_their_area(typed, where):
    assert read(typed).elsewhere == where


@pytest.mark.fuzz
@given(st.text(max_size=60))
def test_nothing_typed_breaks_the_reading_and_what_is_read_reads_the_same_again(typed):
    written = read(typed)
    if written:
        assert read(str(written)) == written
