import csv
import io
import json
import zipfile

import pytest
from django.apps import apps
from django.utils import timezone

from providers.credentials.actions import record_check
from providers.models import Credential, DraftFile, Listing, Provider, ProviderClaim, Service, TwinAnswer
from providers.own_data.parts import PARTS
from registry.models import AuditEvent, User
from tests.cast import sign_in
from tests.factories.registrations import write_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_owner(client, provider_user):
    return sign_in(client, provider_user)


def take(client, provider, kind):
    return client.post(f"/my/{provider.slug}/data/{kind}/")


def taken_json(client, provider):
    return json.loads(take(client, provider, "json").getvalue())


def taken_csv(client, provider):
    archive = zipfile.ZipFile(io.BytesIO(take(client, provider, "csv").getvalue()))
    assert archive.testzip() is None
    return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_the_file_holds_what_was_said_and_who_did_what(as_owner, provider, council, checker, colleague):
    insurance = Credential.every.get(provider=provider, kind="public_liability")
    seen = {"outcome": "seen", "means": "copy", "seen_on": timezone.localdate(), "note": "Sounded tired on the phone"}
    record_check(credential=insurance, council=council, by=checker, **seen)
    write_draft(User.objects.get(email="rosie@example.com"), provider, when={"hours_free": 3})
    taken = taken_json(as_owner, provider)
    assert (taken["format"], taken["version"]) == ("nearhand-own-data", 1)
    assert taken["provider"][0]["phone"] == "07700 900 123"
    assert sorted(taken["services"][0]["categories"]) == ["companionship", "cooking"]
    assert {row["user"] for row in taken["people"]} == {"rosie@example.com", "colleague@example.com"}
    assert taken["checks"][0]["by"] == "council or register"
    assert taken["evidence"][0]["link"].endswith(f"/evidence/{taken['evidence'][0]['id']}/")
    file_id = DraftFile.objects.order_by("pk").first().pk
    assert taken["draft_files"][0]["link"].endswith(f"/join/files/{file_id}/")
    assert any(row["verb"] == "provider.sent" for row in taken["log"])
    assert "Sounded tired" not in json.dumps(taken)
    assert "checker@council.example" not in json.dumps(taken)


def test_every_key_is_explained_and_every_part_is_there(as_owner, provider):
    taken = taken_json(as_owner, provider)
    for part in PARTS:
        explained = taken["what_it_means"][part.name]["keys"]
        assert all(words for words in explained.values())
        for row in taken[part.name]:
            assert set(row) == set(explained)


def test_the_spreadsheets_hold_the_same(as_owner, provider):
    files = taken_csv(as_owner, provider)
    assert set(files) == {"README.txt", *(f"{part.name}.csv" for part in PARTS)}
    service = next(csv.DictReader(io.StringIO(files["services.csv"])))
    assert service["name"] == "Lunch and company at home"
    assert service["client_groups"] == "older; dementia"
    assert "price_pence" in files["README.txt"]


def test_a_formula_that_somebody_typed_is_harmless_in_a_spreadsheet_and_whole_in_json(as_owner, provider):
    Provider.every.filter(pk=provider.pk).update(about='=HYPERLINK("http://x")', phone="+44 7700 900123")
    row = next(csv.DictReader(io.StringIO(taken_csv(as_owner, provider)["provider.csv"])))
    assert row["about"] == '\'=HYPERLINK("http://x")'
    assert row["phone"] == "'+44 7700 900123"
    assert taken_json(as_owner, provider)["provider"][0]["phone"] == "+44 7700 900123"


def test_nothing_of_another_provider_is_in_it(as_owner, provider, other_provider):
    everything = take(as_owner, provider, "json").getvalue().decode()
    assert "Marek" not in everything
    assert str(other_provider.pk) not in everything


def test_taking_it_is_written_down_and_kept_by_no_cache(as_owner, provider, provider_user):
    answer = take(as_owner, provider, "csv")
    assert answer.streaming
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment")
    line = AuditEvent.objects.get(verb="provider.data_taken")
    assert (line.by, line.provider_id, line.fields) == (provider_user, provider.pk, ["csv"])


def test_only_an_owner_takes_it(client, provider, colleague):
    reader = sign_in(client, colleague)
    assert reader.get(f"/my/{provider.slug}/data/").status_code == 403
    assert take(reader, provider, "json").status_code == 403


def test_the_page_says_what_is_not_in_it(as_owner, provider):
    assert "What is not in it" in as_owner.get(f"/my/{provider.slug}/data/").text


def test_there_are_two_forms_and_not_too_many_a_minute(as_owner, provider, monkeypatch):
    assert take(as_owner, provider, "xml").status_code == 404
    monkeypatch.setattr("providers.own_data.views.FILES_A_MINUTE", 0)
    assert take(as_owner, provider, "json").status_code == 429


def test_every_table_that_hangs_on_a_provider_is_in_it():
    """The search table is derived; what others say of being the same business is theirs."""
    hang = {
        model
        for model in apps.get_app_config("providers").get_models()
        if any(
            (field.many_to_one or field.one_to_one) and field.related_model in (Provider, Service)
            for field in model._meta.get_fields()
            if field.concrete
        )
    }
    assert hang - {part.model for part in PARTS} == {Listing, ProviderClaim, TwinAnswer}
