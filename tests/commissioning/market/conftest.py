import pytest

from registry.models import SmallArea

# Around Bath, Keynsham and Radstock, and one over the border in Wiltshire: point, district, residents, disabled.
AREAS = {
    "E01000001": (375_100, 164_800, "E06000022", 1_000, 100),
    "E01000002": (365_400, 168_000, "E06000022", 2_000, 300),
    "E01000003": (368_800, 155_000, "E06000022", 4_000, 700),
    "E01000004": (385_400, 157_500, "E06000054", 8_000, 900),
}


@pytest.fixture
def census(postcodes):
    SmallArea.objects.bulk_create(
        SmallArea(code=code, easting=e, northing=n, district_code=district, residents=people, disabled=disabled)
        for code, (e, n, district, people, disabled) in AREAS.items()
    )
