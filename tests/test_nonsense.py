"""What no person types and every machine does: it is refused like any other mistake, and never breaks a page."""

import pytest
from django.urls import reverse

from commissioning.models import Requirement
from commissioning.models.requirement import new_reference
from tests.cast import sign_in
from tests.commissioning.makers import add_lot, make_requirement
from tests.commissioning.requirements.test_views import ABOUT, START
from tests.providers.joining.typed import SIMPLE_STEPS, date, typed
from tests.providers.moderation.makers import insured, sent

pytestmark = pytest.mark.django_db

MARKS = "\u202etxt.exe\u200b \U0001f469\U0001f3fd\u200d\U0001f373 \u0661\u0662"
NONSENSE = {
    "nul": "BA1\x00",
    "marks": MARKS,
    "long": "x" * 100_000,
    "number": "9" * 23,
    "markup": "</p><script>{{7*7}}",
}
NOT_A_FAULT = {200, 302, 400, 404, 410}


@pytest.fixture(params=NONSENSE, ids=str)
def wrong(request):
    return NONSENSE[request.param]


def post_each(client, pages, wrong):
    """The whole form wrong, then each of its fields alone where another rule might hide behind the first."""
    for address, fields in pages.items():
        assert client.post(address, dict.fromkeys(fields, wrong)).status_code in NOT_A_FAULT
        for name in fields if len(wrong) < 100 else ():
            answer = client.post(address, {**fields, name: wrong})
            assert answer.status_code in NOT_A_FAULT
            assert b"<script>{{" not in answer.content


def test_every_field_of_joining_bears_nonsense(client, provider_user, council, postcodes, wrong):
    client.force_login(provider_user)
    steps = {reverse("join_step", args=[step]): typed(step) for step in SIMPLE_STEPS}
    post_each(client, steps, wrong)
    assert client.get(reverse("join_check")).status_code == 200


def test_every_field_of_a_requirement_bears_nonsense(client, commissioner, council, postcodes, wrong):
    sign_in(client, commissioner)
    requirement = make_requirement(commissioner, council)
    add_lot(commissioner, requirement, "cooking")
    lot = {"number": "2", "title": "Lunches", "category": "cooking", "hours_per_week": "10", "outcodes": ["BA1"]}
    pages = {
        START: {**ABOUT, "reference": new_reference(), "council": council.pk},
        reverse("requirement_about", args=[requirement.reference]): ABOUT,
        reverse("add_lot", args=[requirement.reference]): lot,
        reverse("add_condition", args=[requirement.reference]): {"kind": "ico", "amount_pence": "", "by_when": "start"},
        reverse("requirement_openness", args=[requirement.reference]): {"barriers": "time", "barriers_note": "x"},
        reverse("change_shortlist", args=[requirement.reference, 1]): {"service": ""},
    }
    post_each(client, pages, wrong)
    assert client.get(reverse("requirement", args=[requirement.reference])).status_code == 200


def test_every_field_of_a_check_bears_nonsense(client, checker, council, wrong):
    sign_in(client, checker)
    submission = sent(council)
    credential = insured(submission.provider)
    seen = {"outcome": "seen", "means": "copy", **date("seen_on", credential.starts_on), "note": "x"}
    dates = {**date("seen_on", credential.starts_on), **date("issued_on", credential.starts_on)}
    pages = {
        reverse("check_credential", args=[submission.pk, credential.pk]): seen,
        reverse("record_dbs", args=[submission.pk]): {"level": "basic", "means": "original", "last_four": "1", **dates},
        reverse("send_back_submission", args=[submission.pk]): {"reason": "x"},
    }
    post_each(client, pages, wrong)
    assert client.get(reverse("check_submission", args=[submission.pk])).status_code == 200


def test_every_part_of_a_search_bears_nonsense(client, council, postcodes, wrong):
    asked = dict.fromkeys(["need", "category", "payer", "day", "space", "as_typed", "page", "per_page"], "")
    for address in (reverse("find"), reverse("api_services")):
        for name in (*asked, "postcode"):
            answer = client.get(address, {**asked, "postcode": "BA1 1LZ", "as_typed": "on", name: [wrong, wrong]})
            assert answer.status_code in NOT_A_FAULT


def test_every_field_of_accounts_bears_nonsense(client, administrator, council, wrong):
    sign_in(client, administrator)
    of_council = ["adults_phone", "adults_email", "website", "safeguarding_phone", "safeguarding_url"]
    pages = {
        reverse("account_name"): {"name": "x"},
        reverse("council_invite", args=[council.pk]): {"email": "a@b.example", "role": "checker"},
        reverse("council_settings", args=[council.pk]): {"size_limit": "9", **dict.fromkeys(of_council, "")},
    }
    post_each(client, pages, wrong)
    assert client.get(reverse("council_audit", args=[council.pk]), {"page": wrong}).status_code == 200
    client.logout()
    assert client.post(reverse("account_login"), {"email": wrong}).status_code in NOT_A_FAULT


ADDRESSES = ["/councils/%00/", "/operator/councils/%00/", "/commissioning/requirements/%00/", "/my/%00/"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/commissioning/summaries/%00.pdf", "/providers/%00/"])
def test_a_nul_in_an_address_names_nothing(client, operator, commissioner, council, address):
    for user in (operator, commissioner):
        assert sign_in(client, user).get(address).status_code == 404


@pytest.mark.parametrize(("day", "year"), [("99999999999", "2027"), ("1", "0001"), ("31", "9999")])
def test_days_beyond_the_ends_of_time_break_nothing(client, commissioner, council, postcodes, day, year):
    sign_in(client, commissioner)
    said = {"_day": day, "_month": "12", "_year": year}
    dates = {f"{name}{part}": value for name in ("starts_on", "ends_on") for part, value in said.items()}
    client.post(START, {**ABOUT, **dates, "reference": new_reference(), "council": council.pk})
    for requirement in Requirement.objects.all():
        add_lot(commissioner, requirement, "cooking")
        assert client.get(reverse("lot_field", args=[requirement.reference, 1])).status_code == 200
