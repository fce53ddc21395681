"""Real registered services of Edinburgh, from the file to the council's summary: data that nobody here made up."""

import datetime
import gzip
from pathlib import Path

import page as referee
import pytest
from django.core.management import call_command

from providers.models import Listing, Service
from registry.models import Council
from registry.models.council_membership import CouncilRole
from tests.cast import make_staff
from tests.commissioning.makers import make_papers
from tests.journeys.visitor import Visitor
from tests.reading import words_of_page, words_of_pdf

EDINBURGH = "S12000036"
LIST = Path(__file__).parents[1] / "data" / "edinburgh_registered_services.json.gz"
LOTS = (
    "Lot 1: Places 72 listed services reach some of the area. Fit: 72. Not known: 0. Do not yet meet something: 0.",
    "Lot 2: Care at home 184 listed services reach some of the area. Fit: 0. Not known: 184.",
    "Hours free a week: not known Price: not known Size: not known",
    "governed by Scotland’s own law",
)
# Words of English law and of England's regulator, which a Scottish summary never prints (rule 8).
ENGLISH = ("CQC", "Care Quality Commission", "Procurement Act 2023", "section 85", "light touch", "Public Services")


@pytest.fixture
def edinburgh(postcodes, tmp_path):
    """The registry of Edinburgh with the real list in it: the import switches the council on."""
    file = tmp_path / "services.json"
    file.write_bytes(gzip.decompress(LIST.read_bytes()))
    call_command("import_open_referral", str(file), "--council", EDINBURGH, "--publish", verbosity=0)
    return Council.objects.get(pk=EDINBURGH)


@pytest.fixture
def summary(edinburgh):
    """Walked by its commissioner: a lot of care-home places, which go by no hours, and one of home care by the hour."""
    buyer = Visitor(make_staff("isla@edinburgh.example", "Isla Commissioner", edinburgh, CouncilRole.COMMISSIONER))
    buyer.goto("/commissioning/")
    buyer.follow("Write a requirement")
    buyer.fill("Title", "Care close to home in Leith")
    buyer.fill("What is needed", "Places in a care home, and care in people's own homes.")
    buyer.date("First day", datetime.date(2027, 4, 1))
    buyer.date("Last day", datetime.date(2028, 3, 31))
    buyer.fill("Estimated value", "90,000")
    buyer.tick("The council buys", within="Who buys?")
    buyer.press("Save and continue")
    for title, kind, hours in (("Places", "Care home", ""), ("Care at home", "Care at home", "40")):
        buyer.follow("Add a lot")
        buyer.fill("Title", title)
        buyer.fill("What kind of service?", kind)
        buyer.fill("Hours a week", hours)
        buyer.press("Save and continue")
        buyer.follow("Care close to home in Leith")
    buyer.follow("Go on to lock the summary")
    buyer.press("Lock the summary")
    return buyer


def test_none_is_lost_and_a_family_finds_them(edinburgh):
    assert (Service.every.count(), Listing.objects.count()) == (438, 438)
    family = Visitor()
    for postcode in ("EH1+1YZ", "EH6+4TR", "EH8+8BG"):
        family.goto(f"/find/?postcode={postcode}&need=care+at+home+for+my+mother")
        assert "Registered with the Care Inspectorate" in family.text
        assert "CQC" not in family.text


def test_a_locked_summary_says_who_fits_and_of_whom_what_is_not_known(summary, tmp_path):
    for words in LOTS:
        assert words in summary.text, words
    for words in ENGLISH:
        assert words not in summary.text, words
    make_papers("council")
    content = summary.client.get(summary.address.rstrip("/") + ".pdf").getvalue()
    assert words_of_page(str(summary.page)) == words_of_pdf(content)
    (tmp_path / "summary.pdf").write_bytes(content)
    judged = referee.validate_pdf(str(tmp_path / "summary.pdf"), profile=referee.ValidationProfile.PDF_UA_1)
    assert judged.is_compliant, [failure.rule_id for failure in judged.failures]
