"""A small world with one of everything that an address can name, and everybody who could ask for it."""

import datetime
import json
import uuid
from types import SimpleNamespace

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client
from django.utils import timezone

from commissioning.models import LotTime
from commissioning.opportunities.actions import ask as ask_about
from commissioning.opportunities.links import no_mail_token
from commissioning.requirements.actions import add_times, save_question
from commissioning.sourcing.search.actions import keep as keep_on_list
from commissioning.sourcing.search.actions import make_list as make_council_list
from commissioning.sourcing.search.actions import save_search, write_note
from commissioning.sourcing.search.digest import token_of as digest_token_of
from commissioning.summaries.actions import lock_summary
from commissioning.summaries.papers import make
from providers.api.actions import make_key
from providers.confirming.links import Asked, address
from providers.correcting.actions import tell
from providers.councils.actions import ask as ask_council
from providers.credentials.actions import record_check, record_dbs
from providers.enquiring import links
from providers.introducing.actions import begin
from providers.joining.actions import save_step, send_draft, start_draft
from providers.models import (
    DraftFile,
    Evidence,
    FieldChange,
    Provider,
    ProviderClaim,
    ProviderMembership,
    Service,
    Submission,
)
from providers.models.provider_membership import ProviderRole
from providers.models.team import TeamForm
from providers.moderation.actions import publish
from providers.open_referral.feed_ids import LINK, turned
from providers.open_referral.feed_terms import taxonomy_id, term
from providers.people.actions import invite as invite_to_provider
from providers.recommending.actions import reply
from providers.recommending.links import token_of as writer_token
from providers.recommending.rules import spoken
from providers.references import actions as references
from providers.references.links import token_of
from providers.shortlists.actions import keep, make_list
from providers.shortlists.links import look_token_of
from providers.shortlists.links import token_of as token_of_list
from providers.showing.actions import make_link
from providers.showing.links import SIGNER
from providers.teams import asking_actions, plan_actions
from registry.access.opened import Opened
from registry.accounts.council_actions import invite
from registry.models import SmallArea, User
from registry.models.council_membership import CouncilRole
from tests.cast import make_council, make_staff, sign_in
from tests.commissioning.makers import add_lot, ask, make_requirement
from tests.commissioning.opportunities import makers as opportunities
from tests.factories.edits import decide, send_edit
from tests.factories.registrations import answers, register_provider, write_draft
from tests.places import store_postcodes
from tests.providers.enquiring.makers import asked_of
from tests.providers.recommending.makers import card_of, invited, shown
from tests.providers.teams.makers import asked, business, joined, owner_of, started
from tests.registry.accounts.passkey import Passkey

PEOPLE = {"residents": 1000, "disabled": 100}


def build_world():
    """Attributes named as the addresses name them; `cookies` holds each role's session."""
    store_postcodes()
    SmallArea.objects.create(code="E01", easting=375_100, northing=164_800, district_code="E06000022", **PEOPLE)
    councils = make_council("E06000022", "Bath and North East Somerset"), make_council("E06000054", "Wiltshire")
    people = make_people(*councils)
    world = SimpleNamespace(
        **provider_facts(people, councils[0]),
        **council_facts(people, councils[0]),
        **requirement_facts(people, councils[0]),
        **search_facts(people, councils[0]),
        **opportunity_facts(people, councils[0]),
        **check_facts(people, *councils),
        **introducing_facts(people, councils[0]),
        feed_taxonomy_id=taxonomy_id("care"),
        feed_term_id=term("care", "cooking").id,
        **family_facts(people),
        **team_facts(people, councils[0]),
        answer_step="lots",
        owner=people["owner"],
        step="you",
        service="service",
        role="checker",
    )
    world.cookies = {role: sign_in(Client(), user).cookies for role, user in people.items()}
    world.pk = {role: give_keys(user) for role, user in people.items()}["owner"]
    return world


def give_keys(user):
    """Recovery codes and a passkey, whose number is given back."""
    RecoveryCodes.activate(user)
    made = json.loads(Passkey(user).made(bytes(32)))
    return Authenticator.objects.create(user=user, type="webauthn", data={"name": "Phone", "credential": made}).pk


def make_people(council, other_council):
    users = ["owner", "colleague", "stranger"]
    people = {role: User.objects.create_user(f"{role}@provider.example", role.title()) for role in users}
    staff = {
        "checker": CouncilRole.CHECKER,
        "administrator": CouncilRole.ADMINISTRATOR,
        "commissioner": CouncilRole.COMMISSIONER,
    }
    for name, role in staff.items():
        people[name] = make_staff(f"{name}@council.example", name.title(), council, role)
        people[f"other_{name}"] = make_staff(f"{name}@next.example", name.title(), other_council, role)
    second = make_staff("second@council.example", "Second", council, CouncilRole.COMMISSIONER)
    operator = User.objects.create_user("operator@site.example", "Operator", is_operator=True)
    return people | {"second_commissioner": second, "operator": operator}


def provider_facts(people, council):
    """Rosie's: published, with a change that waits for the council, and a further one half written."""
    owner = people["owner"]
    provider = register_provider(owner)
    publish(submission=Submission.objects.get(), by=people["checker"])
    change_id = refuse_a_price(provider, owner, people["checker"])
    changes = {"when": {"hours_free": 9}, "service": {"name": "Lunch"}}
    submission = send_draft(draft=write_draft(owner, provider, **changes), by=owner)
    write_draft(owner, provider, when={"hours_free": 3})
    part = ProviderMembership.objects.create(user=people["colleague"], provider=provider, role=ProviderRole.READER)
    helper = invite_to_provider(provider=provider, email=people["stranger"].email, role=ProviderRole.EDITOR, by=owner)
    register_provider(people["stranger"], you={"name": "Marek's Gardens"})
    evidence = Evidence.objects.filter(credential__provider=provider, credential__replaced_at=None).first()
    today = timezone.localdate()
    seen = {"level": "basic", "issued_on": today, "seen_on": today, "means": "original"}
    dbs = record_dbs(provider=provider, council=council, by=people["checker"], **seen)
    link = make_link(provider=provider, made_for="Mrs Hill", days=30, by=owner, now=timezone.now())
    asked, answered = (
        references.ask(provider=provider, name="A", email=f"{who}@home.example", by=owner) for who in ("a", "b")
    )
    references.answer(reference=answered, known_for="years", words="Good.", would_ask_again=True)
    key, _written = make_key(name="Our site", days=30, after_second_step=False, by=owner, now=timezone.now())
    return {
        **public_words(provider, owner, people["checker"]),
        "key_id": key.pk,
        "reference_id": asked.pk,
        "reference_token": token_of(asked),
        "answered_reference_id": answered.pk,
        "slug": provider.slug,
        "feed_organization_id": provider.pk,
        "feed_link_id": turned(provider.services.get().pk, LINK),
        "part_id": part.pk,
        "provider_invitation_id": helper.pk,
        "short_code": provider.short_code,
        "data_kind": "json",
        "link_id": link.pk,
        "token": SIGNER.sign(link.pk.hex),
        "days": 7,
        "asked_token": address(Asked(provider.pk, today)).rstrip("/").rpartition("/")[2],
        "paper": "a5",
        "picture": "svg",
        "submission_id": submission.pk,
        "change_id": change_id,
        "evidence_id": evidence.pk,
        "credential_id": evidence.credential_id,
        "dbs_id": dbs.pk,
        "file_id": DraftFile.objects.filter(draft__provider=provider).first().pk,
        "service_id": Service.every.filter(provider=provider).first().pk,
    }


def public_words(provider, owner, checker):
    """What families and customers wrote to Rosie and about her."""
    enquiry, held = (asked_of(provider, opened) for opened in (None, Opened(uuid.uuid4(), 0)))
    said = shown(provider, owner, checker)
    wrong = tell(provider=provider, kind="price", words="Dearer.", email="", opened=Opened(uuid.uuid4(), 60))
    return {
        "recommendation_id": said.pk,
        "writer_token": writer_token(said),
        "reply_id": reply(recommendation=said, words="Thank you.", by=owner).pk,
        "card_code": spoken(card_of(provider, owner).code),
        "customer_invitation_id": invited(provider, owner, "jo@home.example").pk,
        "correction_id": wrong.pk,
        "enquiry_id": enquiry.pk,
        "enquiry_token": links.token_of(enquiry, links.SEES),
        "press_token": links.token_of(held, links.CONFIRMS),
        "answer_token": links.token_of(enquiry, links.ANSWERS),
    }


def refuse_a_price(provider, owner, checker):
    """A change of Rosie's that the council said no to; gives its id."""
    dearer = send_edit(provider, owner, customers={"price_pence": 4000})
    decide(dearer, checker, no=["price"])
    return FieldChange.objects.get(outcome="refused").pk


def check_facts(people, council, other_council):
    """Rosie has asked the council next door; her own has looked at one of her papers."""
    provider = people["owner"].provider_memberships.get().provider
    listing = ask_council(provider=provider, council=other_council, by=people["owner"], now=timezone.now())
    credential = Evidence.objects.filter(credential__provider=provider, credential__replaced_at=None).first().credential
    said = {"outcome": "seen", "means": "copy", "seen_on": timezone.localdate()}
    check = record_check(credential=credential, council=council, by=people["checker"], **said)
    return {"listing_id": listing.pk, "check_id": check.pk}


def council_facts(people, council):
    invitation = invite(
        council=council, email=people["stranger"].email, role=CouncilRole.CHECKER, by=people["administrator"]
    )
    membership = people["second_commissioner"].council_memberships.get()
    return {"code": council.pk, "invitation_id": invitation.pk, "membership_id": membership.pk}


def introducing_facts(people, council):
    """The operator begins to register a business with Rosie's phone number; somebody says that Rosie's is theirs."""
    draft = start_draft(by=people["operator"])
    save_step(draft=draft, step="you", facts=answers()["you"], by=people["operator"])
    rosie = Provider.every.get(memberships__user=people["owner"])
    claim = ProviderClaim.objects.create(provider=rosie, user=people["stranger"], council=council)
    begun = begin(council=council, email=people["stranger"].email, known={}, by=people["checker"])
    return {"provider_id": rosie.pk, "claim_id": claim.pk, "draft_id": begun.pk}


def family_facts(people):
    """Rosie's service on a family's list."""
    today = timezone.localdate()
    kept = make_list(by=None, today=today)
    service = Service.every.filter(provider__memberships__user=people["owner"]).first()
    keep(kept_list=kept, service_id=service.pk, by=None, today=today)
    return {"list_token": token_of_list(kept), "look_token": look_token_of(kept), "letters": "large-print"}


def search_facts(people, council):
    """What a commissioner saved, listed and noted."""
    by = people["commissioner"]
    saved = save_search(
        by=by, council=council, name="Lunches", query="", digest="weekly", found={}, today=timezone.localdate()
    )
    service = Service.every.filter(provider__memberships__user=people["owner"]).first()
    listed = make_council_list(by=by, council=council, name="To ring")
    keep_on_list(by=by, kept=listed, services=[service])
    note = write_note(by=by, council=council, provider=service.provider, words="Rang on Monday.")
    return {
        "saved_search_id": saved.pk,
        "digest_token": digest_token_of(saved),
        "council_list_id": listed.pk,
        "council_note_id": note.pk,
    }


def team_facts(people, council):
    """Rosie's team with a neighbour, who names a third and asks to lead; that third has asked Rosie into its own."""
    rosie = Provider.every.get(memberships__user=people["owner"])
    neighbour, third = business(council, "Ana Cooks"), business(council, "Ben Gardens")
    place = started(rosie)
    theirs = joined(place, neighbour)
    newcomer = asking_actions.ask(place=theirs, other=third, by=owner_of(neighbour))
    plan_actions.ask(place=theirs, lead=theirs, form=TeamForm.CONSORTIUM, by=owner_of(neighbour))
    return {
        "team_id": place.team_id,
        "place_id": newcomer.pk,
        "plan_id": place.team.plans.get().pk,
        "asked_place_id": asked(started(third), rosie).pk,
        "other_slug": third.slug,
    }


def requirement_facts(people, council):
    """One requirement that is still written, and one whose summary is locked."""
    commissioner = people["commissioner"]
    references = []
    for _ in range(2):
        requirement = make_requirement(commissioner, council)
        add_lot(commissioner, requirement, "cooking")
        add_lot(commissioner, requirement, "lunch-club", title="A lunch club", hours_per_week=None, outcodes=[])
        ask(commissioner, requirement, "public_liability", amount_pence=200_000_000)
        ask(commissioner, requirement, "public_liability", amount_pence=500_000_000, lot=requirement.lots.get(number=1))
        asked = {"text": "How would you start?", "weight": 100}
        save_question(by=commissioner, requirement=requirement, number=1, facts=asked)
        lot = requirement.lots.get(number=1)
        add_times(by=commissioner, lot=lot, days=["tue"], window=(420, 600), minutes=180)
        references.append(requirement.reference)
    summary = lock_summary(by=commissioner, requirement=requirement, now=timezone.now())
    make(summary.papers.get(edition="council").pk)
    return {
        "reference": references[0],
        "locked_reference": summary.reference,
        "edition": "council",
        "number": 1,
        "kind": "public_liability",
        "category": "cooking",
        "time": LotTime.objects.get(lot__requirement__reference=references[0]).pk,
    }


def opportunity_facts(people, council):
    """A third requirement, published and not sealed, with Rosie's answer to it and her question."""
    requirement = make_requirement(people["commissioner"], council)
    add_lot(people["commissioner"], requirement, "cooking")
    # Whether it is open the database's clock says, which runs on where a test has set the other back.
    long = datetime.timedelta(days=36_500)
    opportunity = opportunities.publish(people["commissioner"], requirement, opportunities.UNSEALED, long)
    owner, provider = people["owner"], Provider.every.get(memberships__user=people["owner"])
    interest = opportunities.speak_up(owner, opportunity, provider)
    question = ask_about(
        by=owner, provider=provider, opportunity=opportunity, text="Whose kitchen?", press=uuid.uuid4()
    )
    return {
        "published_reference": requirement.reference,
        "ocid": f"ocds-000000-{requirement.reference}",
        "ocds_release_id": f"ocds-000000-{requirement.reference}-1",
        "interest_id": interest.pk,
        "question_id": question.pk,
        "lot": requirement.lots.get().pk,
        "no_mail_token": no_mail_token(provider, owner),
    }
