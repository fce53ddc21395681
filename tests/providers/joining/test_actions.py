import datetime

import pytest
from django.utils import timezone

from providers.credentials.actions import record_check
from providers.joining.actions import CannotBeSent, save_step, send_draft, start_draft
from providers.joining.retention import UNTOUCHED, purge_drafts
from providers.models import Credential, Draft, Provider, Service, Submission, Version
from registry.models import AuditEvent, OutgoingMail
from tests.factories.registrations import answers, register_provider, write_draft

pytestmark = pytest.mark.usefixtures("postcodes", "council")


def decide(provider, checker, decision, reason=""):
    submission = Submission.objects.waiting().get(provider=provider)
    submission.decided_at, submission.decided_by = timezone.now(), checker
    submission.decision, submission.reason = decision, reason
    submission.save()
    return submission


def change(provider, by, step, send=True, **facts):
    draft = start_draft(by=by, provider=provider)
    save_step(draft=draft, step=step, facts=answers()[step] | facts, by=by)
    return send_draft(draft=draft, by=by) if send else draft


def see(credential, checker, council):
    seen = {"outcome": "seen", "means": "copy", "seen_on": timezone.localdate()}
    return record_check(credential=credential, council=council, by=checker, **seen)


def held(kind="public_liability"):
    return Credential.every.filter(kind=kind, replaced_at__isnull=True)


def test_a_person_has_one_draft_of_a_new_registration(provider_user):
    assert start_draft(by=provider_user) == start_draft(by=provider_user)
    assert AuditEvent.objects.filter(verb="draft.started").count() == 1


def test_an_unfinished_draft_is_not_sent(provider_user):
    draft = start_draft(by=provider_user)
    with pytest.raises(CannotBeSent):
        send_draft(draft=draft, by=provider_user)
    assert not Provider.every.exists()


def test_two_of_one_name_have_two_addresses(provider_user, other_provider_user):
    slugs = [register_provider(user).slug for user in (provider_user, other_provider_user)]
    assert slugs == ["rosies-home-help", "rosies-home-help-2"]


def test_a_name_without_letters_still_has_an_address():
    assert register_provider(you={"name": "💛💛"}).slug == "listing"


def test_the_draft_stays_bound_to_its_provider_and_holds_nothing_more(provider):
    draft = Draft.objects.get()
    assert draft.provider == provider
    assert not draft.steps.exists()
    assert not draft.files.exists()


def test_sending_the_same_draft_object_twice_is_harmless(provider_user):
    draft = write_draft(provider_user)
    first, second = (send_draft(draft=draft, by=provider_user) for _ in range(2))
    assert first == second
    assert Provider.every.count() == OutgoingMail.objects.count() == 1


def test_a_change_sent_while_another_waits_joins_it(provider, provider_user):
    waiting = Submission.objects.get()
    assert change(provider, provider_user, "you", name="Rosie's Kitchen") == waiting
    provider.refresh_from_db()
    assert (provider.name, provider.slug) == ("Rosie's Kitchen", "rosies-home-help")


def test_a_registration_sent_back_is_sent_again_with_an_answer(provider, provider_user, checker):
    decide(provider, checker, "sent_back", "We cannot read the certificate.")
    again = send_draft(draft=Draft.objects.get(), by=provider_user, answer="It is the blue one.")
    assert (again.answer, again.decided_at) == ("It is the blue one.", None)
    assert Submission.objects.count() == 2
    assert send_draft(draft=Draft.objects.get(), by=provider_user, answer="It is the blue one.") == again


def test_nothing_new_after_a_decision_sends_nothing(provider, provider_user, checker):
    published = decide(provider, checker, "published")
    assert send_draft(draft=Draft.objects.get(), by=provider_user) == published
    assert Submission.objects.count() == 1


def test_rule_06_an_edit_leaves_the_approved_version_up(provider, provider_user, checker):
    decide(provider, checker, "published")
    listed_at = timezone.now()
    Provider.every.filter(pk=provider.pk).update(listed_at=listed_at)
    version = Version.objects.create(provider=provider, number=1, content={"name": provider.name})
    change(provider, provider_user, "you", name="Rosie's Kitchen")
    provider.refresh_from_db()
    assert provider.listed_at == listed_at
    assert provider.versions.get() == version
    assert version.content == {"name": "Rosie's Home Help"}
    assert Submission.objects.waiting().get().provider == provider


def test_only_what_was_changed_is_written(provider, provider_user):
    service = Service.every.get()
    # Ten kilometres are no whole number of miles: to rewrite it would move it.
    service.coverage.update(metres=10_000)
    change(provider, provider_user, "you", phone="07700 900 999")
    assert service.coverage.get().metres == 10_000


def test_a_checked_credential_that_did_not_change_is_kept_and_not_doubled(provider, provider_user, checker, council):
    credential = held().get()
    see(credential, checker, council)
    change(provider, provider_user, "insurance")
    assert held().get() == credential
    assert credential.checks.count() == 1


def test_a_checked_credential_holds_until_the_changed_one_is_seen(provider, provider_user, checker, council):
    old = held().get()
    see(old, checker, council)
    change(provider, provider_user, "insurance", issuer="Aviva")
    new = held().exclude(pk=old.pk).get()
    assert held().count() == 2
    # The certificate that was already sent comes along, so that nobody sends it twice.
    assert new.evidence.count() == old.evidence.filter(purged_at__isnull=True).count() == 1
    see(new, checker, council)
    assert held().get() == new


def test_a_credential_that_nobody_looked_at_is_simply_said_anew(provider, provider_user):
    change(provider, provider_user, "insurance", amount_pence=100_000_000)
    credential = held().get()
    assert (credential.amount_pence, credential.issuer) == (100_000_000, "Markel")
    assert credential.evidence.count() == 1


def test_what_is_not_held_any_more_is_withdrawn(provider, provider_user):
    change(provider, provider_user, "insurance", has="not_yet")
    assert not held().exists()


def test_rule_04_employers_liability_goes_with_the_last_employee(provider_user):
    covered = answers()["insurance"] | {"amount_pence": 1_000_000_000}
    provider = register_provider(
        provider_user, size={"people": 3, "employs_anyone": True}, employers_insurance=covered, training={"held_by": 2}
    )
    assert held("employers_liability").exists()
    assert held("first_aid").get().held_by == 2
    change(provider, provider_user, "size", employs_anyone=False)
    assert not held("employers_liability").exists()


def test_personal_care_keeps_its_ground_and_its_regulator(provider_user):
    service = {"categories": ["washing-and-dressing"]}
    basis = {"regulatory_basis": "registered", "registration_number": "1-1234567890"}
    register_provider(provider_user, service=service, personal_care=basis)
    service = Service.every.get()
    assert (service.regulatory_basis, service.registration_number) == ("registered", "1-1234567890")
    assert service.regulator == "Care Quality Commission (CQC)"
    draft = Draft.objects.get()
    basis |= {"regulatory_basis": "individual"}
    save_step(draft=draft, step="personal-care", facts=basis, by=provider_user)
    send_draft(draft=draft, by=provider_user)
    service.refresh_from_db()
    assert (service.regulatory_basis, service.regulator, service.registration_number) == ("individual", "", "")


def test_rule_02_childcare_in_england_says_that_it_is_ofsteds(provider_user):
    service = {"categories": ["children-sitters"]}
    register_provider(provider_user, service=service, personal_care={"regulatory_basis": "exempt"})
    service = Service.every.get()
    assert (service.regulatory_basis, service.regulator, service.registration_number) == ("exempt", "Ofsted", "")


def test_the_audit_names_steps_and_never_what_was_typed(provider):
    lines = AuditEvent.objects.filter(verb__startswith="draft.")
    assert {name for line in lines for name in line.fields} == set(answers())


def test_a_draft_never_sent_goes_after_six_months_with_its_files(
    provider_user, django_capture_on_commit_callbacks, other_provider
):
    draft = write_draft(provider_user)
    stored = draft.files.first().file
    today = timezone.localdate()
    assert purge_drafts(today) == 0
    Draft.objects.filter(pk=draft.pk).update(touched_at=timezone.now() - UNTOUCHED - datetime.timedelta(days=2))
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_drafts(today) == 1
    assert not stored.storage.exists(stored.name)
    assert Draft.objects.get().provider == other_provider
    assert purge_drafts(today) == 0
