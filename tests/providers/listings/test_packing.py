import datetime

import pytest

from providers.credentials.kinds import FAMILY_NAMES
from providers.listings import packing
from providers.models.availability import Day, Space
from providers.models.provider import LegalForm
from providers.models.service import Accessibility, ClientGroup, Delivery, Payer

DAY = datetime.date(2026, 3, 10)


def test_every_choice_has_a_bit_of_its_own_and_no_lane_runs_into_the_next():
    bits = [bit for lane in packing.LANES.values() for bit in lane.bit.values()]
    assert len(bits) == len(set(bits))
    assert max(bits) < 2**63
    kinds = {
        "day": Day,
        "payer": Payer,
        "client_group": ClientGroup,
        "delivery": Delivery,
        "accessibility": Accessibility,
        "space": Space,
        "legal_form": LegalForm,
    }
    assert {name: set(kind.values) for name, kind in kinds.items()} == {
        name: set(packing.LANES[name].codes) for name in kinds
    }


def test_bits_stay_where_they_are_for_good():
    lanes = packing.LANES
    first = {name: lane.first for name, lane in lanes.items()}
    assert first == {
        "day": 0,
        "payer": 7,
        "client_group": 13,
        "delivery": 25,
        "accessibility": 30,
        "space": 42,
        "legal_form": 47,
        "price": 57,
    }
    assert (lanes["day"].bit["mon"], lanes["space"].bit["now"], lanes["client_group"].bit["older"]) == (
        1,
        1 << 42,
        8192,
    )


@pytest.mark.parametrize(
    ("pence", "unit", "band"),
    [
        (0, "hour", "under-15"),
        (1499, "hour", "under-15"),
        (1500, "hour", "15-20"),
        (2000, "hour", "20-25"),
        (2999, "hour", "25-30"),
        (3000, "hour", "over-30"),
        (900, "meal", "otherwise"),
        (None, "", ""),
    ],
)
def test_a_price_by_the_hour_falls_into_one_band(pence, unit, band):
    assert packing.price_band(pence, unit) == band


def test_every_kind_of_check_has_a_place_and_holds_its_day():
    assert set(packing.CHECKS) == {*FAMILY_NAMES, "dbs"}
    low, high = packing.checked({"training": DAY, "dbs": None, "reference": DAY})
    read = [low >> packing.DAY_BITS * at & packing.FOR_GOOD for at in range(4)]
    assert read == [0, packing.day_number(DAY), 0, packing.FOR_GOOD]
    assert high >> packing.DAY_BITS * 2 == packing.day_number(DAY)
    assert packing.checked({}) == (None, None)


def test_days_before_and_after_all_that_is_kept_stay_in_their_place():
    assert packing.day_number(datetime.date(1999, 1, 1)) == 1
    assert packing.day_number(datetime.date(2400, 1, 1)) == packing.FOR_GOOD


def test_categories_fill_two_columns_and_the_sign_is_a_bit_too():
    assert packing.categories([0, 63, 64, 127]) == (1 - 2**63, 1 - 2**63)
    assert packing.categories([]) == (0, 0)


def test_a_signature_holds_the_bits_of_each_word_and_none_of_what_can_be_chosen():
    both, one = packing.signature(["lunch", "cook"]), packing.signature(["cook"])
    assert all(whole & part == part for whole, part in zip(both, one, strict=True))
    assert packing.signature(["=c12", "=f3"]) == (0, 0, 0, 0)
    assert packing.signature(["cook"]) == one != both
