import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from providers.demonstration import scale
from providers.demonstration.scale import NoStock, fill
from providers.demonstration.seeding import seed
from providers.demonstration.stock import TABLES, patterns
from providers.listings.search import Question, ask
from providers.meaning.needs import Need
from providers.models import Listing, Provider, SearchRow, SearchWords, Service, Version
from registry.models import Council, District

TODAY = datetime.date(2026, 11, 21)


def nothing(done):
    pass


@pytest.fixture
def stock(postcodes):
    seed(count=12, today=TODAY)


def copies():
    return Provider.every.exclude(source_id="")


def test_so_many_services_are_made_each_whole_and_found(stock):
    before = SearchRow.objects.count()
    made = fill(services=60, postcode_areas=(), progress=nothing)
    assert 60 <= made <= 63
    assert SearchRow.objects.count() == Listing.objects.count() == before + made
    assert Listing.listed.filter(provider__in=copies()).count() == made
    for version in Version.objects.filter(provider__in=copies()).select_related("provider"):
        frozen = {service["id"] for service in version.content["services"]}
        assert frozen == {str(key) for key in version.provider.services.values_list("pk", flat=True)}
        assert version.content["name"] == version.provider.name
        assert version.content["slug"] == version.provider.slug


def test_a_copy_lives_where_its_postcode_is_and_reaches_from_there(stock):
    fill(services=30, postcode_areas=("EH",), progress=nothing)
    edinburgh = District.objects.get(pk="S12000036")
    assert set(copies().values_list("home_council", flat=True)) == {edinburgh.council_id}
    for listing in Listing.objects.filter(provider__in=copies()):
        assert listing.easting is None or 325_000 < listing.easting < 327_000
        assert set(listing.areas) <= {edinburgh.pk}
    of_copies = SearchWords.objects.filter(listing__provider__in=copies())
    here = of_copies.extra(where=["words @@ '=tcity_of_edinburgh'"])
    assert here.count() == of_copies.exclude(listing__version__content__town="").count() > 0
    place = type("Spot", (), {"easting": 326_046, "northing": 673_709, "district_code": edinburgh.pk})
    found = ask(Question(need=Need.nothing(), today=TODAY, spot=place))
    assert found.total == Listing.objects.filter(provider__in=copies()).count() >= 30


def test_the_public_page_of_a_copy_can_be_read(stock, client):
    fill(services=10, postcode_areas=(), progress=nothing)
    for provider in copies():
        page = client.get(reverse("provider", args=[provider.slug]))
        assert page.status_code == 200
        assert provider.name in page.content.decode().replace("&#x27;", "'")


def test_a_run_that_was_killed_goes_on_where_it_was(stock, monkeypatch):
    monkeypatch.setattr(scale, "AT_ONCE", 7)
    real = scale._write
    monkeypatch.setattr(scale, "_write", lambda made: real(made) if copies().count() < 14 else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fill(services=40, postcode_areas=(), progress=nothing)
    assert copies().count() == 14
    some = set(copies().values_list("pk", "slug"))
    monkeypatch.setattr(scale, "_write", real)
    made = fill(services=40, postcode_areas=(), progress=nothing)
    assert some < set(copies().values_list("pk", "slug"))
    assert Service.every.filter(provider__in=copies()).count() >= made
    assert fill(services=40, postcode_areas=(), progress=nothing) == made
    assert copies().count() == len(set(copies().values_list("source_id", flat=True)))


def test_every_table_of_a_listing_is_copied(stock):
    fill(services=60, postcode_areas=(), progress=nothing)
    for table in TABLES:
        assert table.model._base_manager.filter(**{f"{table.of_provider}__in": copies()}).exists(), table.name
    assert all(pattern.services for pattern in patterns())


def test_without_anybody_to_copy_or_anywhere_to_put_them_it_says_so(postcodes, settings):
    with pytest.raises(NoStock):
        fill(services=10, postcode_areas=(), progress=nothing)
    seed(count=12, today=TODAY)
    settings.DEMO = True
    with pytest.raises(CommandError, match="nothing to copy"):
        call_command("seed", services=10, areas="ZZ", verbosity=0)


@pytest.mark.parametrize(
    ("given", "said"), [({"services": 0}, "at least one"), ({"areas": "LS1"}, "one or two letters")]
)
def test_a_wrong_wish_is_told_how_to_mend_it(db, settings, given, said):
    settings.DEMO = True
    with pytest.raises(CommandError, match=said):
        call_command("seed", **{"services": 10, "areas": "", "verbosity": 0, **given})


def test_a_real_registry_is_never_filled_with_the_invented(db):
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed", services=10)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_command_says_how_many_there_are(postcodes, settings):
    settings.DEMO = True
    seed(count=6, today=TODAY)
    said = StringIO()
    call_command("seed", services=5, verbosity=0, stdout=said)
    assert "services are there" in said.getvalue()
    assert Council.objects.exists()
