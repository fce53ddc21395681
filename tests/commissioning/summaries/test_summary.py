import datetime
import hashlib

import pytest
from django.utils import timezone
from weasyprint.urls import FatalURLFetchingError

from commissioning.models import Summary
from commissioning.requirements import actions
from commissioning.sourcing.actions import shortlist
from commissioning.summaries.actions import NotReadyError, end_what_is_past_its_time, lock_summary
from commissioning.summaries.facts import fingerprint
from commissioning.summaries.render import PAPERS, pdf_of
from providers.listings.actions import unlist_provider
from providers.models import Credential, Provider
from registry.models import AuditEvent, Council, CouncilMembership
from tests.cast import make_council, sign_in
from tests.commissioning.makers import add_lot, make_papers, make_requirement
from tests.providers.listings.makers import comes_from, listed, make_provider, make_service
from tests.reading import words_of_page, words_of_pdf

pytestmark = pytest.mark.django_db
PAGES = ("", "for-publishing/", "in-easier-words/")


def page_of(client, summary):
    return client.get(f"/commissioning/summaries/{summary.reference}/")


def pdf_from(client, summary):
    make_papers()
    return b"".join(client.get(f"/commissioning/summaries/{summary.reference}.pdf"))


def lock_again(requirement, by):
    return lock_summary(by=by, requirement=requirement, now=timezone.now())


def test_page_and_pdf_say_the_same_words_in_order(as_commissioner, lock):
    page = page_of(as_commissioner, lock)
    assert words_of_page(page.content) == words_of_pdf(pdf_from(as_commissioner, lock))


def test_sole_trader_and_co_op_stand_beside_the_company(as_commissioner, lock):
    words = " ".join(words_of_page(page_of(as_commissioner, lock).content))
    for expected in ("Ana’s Kitchen", "Sole trader", "Radstock Table", "Co-operative society", "Bradford Meals Ltd"):
        assert expected in words


def test_what_the_map_says_stands_in_a_table_too(as_commissioner, lock):
    words = " ".join(words_of_page(page_of(as_commissioner, lock).content))
    assert "What the map shows" in words
    assert [base["outcode"] for base in lock.facts["map"]["bases"]] == ["BA2"]


def readings(client, summary):
    """Every page and every paper of a summary, the papers set anew."""
    pages = [f"/commissioning/summaries/{summary.reference}/{rest}" for rest in PAGES]
    papers = [words_of_pdf(pdf_of(summary, edition)) for edition in PAPERS]
    return [words_of_page(client.get(page).content) for page in pages] + papers


def test_rule_09_summary_says_the_same_after_everybody_has_edited_lapsed_or_left(as_commissioner, lock, field):
    make_papers()
    before = readings(as_commissioner, lock)
    kept = dict(lock.papers.values_list("edition", "digest"))
    unlist_provider(provider=field["trader"], by=None)
    field["co_op"].name = "Another name"
    field["co_op"].save()
    listed(field["co_op"])
    Credential.every.filter(provider=field["company"]).update(ends_on=datetime.date(2026, 7, 1))
    Credential.every.exclude(provider=field["company"]).delete()
    lock.refresh_from_db()
    assert readings(as_commissioner, lock) == before
    assert fingerprint(lock.facts) == lock.fingerprint
    for edition, digest in kept.items():
        content = b"".join(as_commissioner.get(f"/commissioning/summaries/{lock.reference}/{edition}.pdf"))
        assert hashlib.sha256(content).hexdigest() == digest


def test_second_press_gets_the_summary_there_is(as_commissioner, requirement, lock, second_commissioner):
    assert lock_again(requirement, second_commissioner) == lock
    response = as_commissioner.post(f"/commissioning/requirements/{requirement.reference}/lock/")
    assert response["Location"].endswith(f"/summaries/{lock.reference}/")
    assert AuditEvent.objects.filter(verb="summary.locked").count() == 1


def test_locking_is_asked_once_and_then_done(as_commissioner, requirement, field):
    address = f"/commissioning/requirements/{requirement.reference}/lock/"
    assert "cannot be undone" in as_commissioner.get(address).content.decode()
    assert not Summary.objects.exists()
    page = as_commissioner.post(address, follow=True)
    assert "Procurement summary" in page.content.decode()
    assert as_commissioner.get(address).status_code == 302


def test_requirement_without_lots_cannot_be_locked(as_commissioner, commissioner, council):
    made = make_requirement(commissioner, council)
    address = f"/commissioning/requirements/{made.reference}/lock/"
    assert "Add at least one lot" in as_commissioner.get(address).content.decode()
    assert "still to be written" in as_commissioner.post(address, follow=True).content.decode()
    with pytest.raises(NotReadyError):
        lock_again(made, commissioner)


def test_shortlist_and_reason_for_one_lot_are_printed(as_commissioner, requirement, field, commissioner):
    actions.remove_lot(by=commissioner, requirement=requirement, lot_id=requirement.lots.get(number=2).pk)
    facts = {"lots_note": "One kitchen serves them all.", "barriers": ["time"], "barriers_note": "Eight weeks."}
    actions.change_requirement(by=commissioner, requirement=requirement, facts=facts)
    service = field["trader"].services.get()
    as_commissioner.post(
        f"/commissioning/requirements/{requirement.reference}/lots/1/shortlist/", {"service": service.pk}
    )
    words = " ".join(words_of_page(page_of(as_commissioner, lock_again(requirement, commissioner)).content))
    assert "One kitchen serves them all." in words
    assert "Ana’s Kitchen: Lunch at home" in words
    assert "Eight weeks." in words


def test_rule_07_summary_calls_nobody_excluded(as_commissioner, lock):
    words = " ".join(words_of_page(page_of(as_commissioner, lock).content)).lower()
    assert "exclude" not in words
    assert "it is not a recommendation" in words


def test_flag_of_the_law_is_printed_where_cover_is_asked_too_early(as_commissioner, requirement, field, commissioner):
    facts = {"amount_pence": 200_000_000, "by_when": "answer", "keep_reason": "The hall’s insurer asks for it."}
    actions.save_condition(by=commissioner, requirement=requirement, kind="public_liability", facts=facts)
    words = " ".join(words_of_page(page_of(as_commissioner, lock_again(requirement, commissioner)).content))
    assert words.count("Insurance for the contract may not be asked for before award") == 2
    assert "The hall’s insurer asks for it." in words


def scottish_summary(commissioner, **changes):
    council = make_council("S12000036", "City of Edinburgh", nation="Scotland")
    CouncilMembership.objects.create(user=commissioner, council=council, role="commissioner")
    made = make_requirement(commissioner, council, title="Care in Leith", **changes)
    add_lot(commissioner, made, "home-care", title="Care at home", hours_per_week=40, outcodes=["EH6"])
    add_lot(commissioner, made, "cooking", title="Meals", outcodes=[])
    return lock_again(made, commissioner)


def test_rule_08_scottish_summary_prints_no_english_law(as_commissioner, commissioner, postcodes):
    summary = scottish_summary(commissioner)
    words = " ".join(words_of_page(page_of(as_commissioner, summary).content)).replace(summary.reference, "")
    assert "Procurement Reform (Scotland) Act 2014" in words
    assert "does not cover" in words
    assert "Care Inspectorate" in words
    for english in ("Procurement Act 2023", "section", "UK4", "Care Quality Commission", "CQC", "threshold"):
        assert english not in words


def test_purchase_by_people_themselves_says_so(as_commissioner, commissioner, postcodes):
    summary = scottish_summary(commissioner, buyer="individual")
    assert "The council does not buy" in page_of(as_commissioner, summary).content.decode()


def test_light_touch_names_reserved_contracts(as_commissioner, commissioner, council, postcodes):
    made = make_requirement(commissioner, council, value_pence=90_000_000)
    add_lot(commissioner, made, "home-care")
    add_lot(commissioner, made, "cooking")
    words = " ".join(words_of_page(page_of(as_commissioner, lock_again(made, commissioner)).content))
    assert "public service mutual" in words
    assert "Care Quality Commission" in words
    assert "No listed service of this kind" in words


def test_service_without_a_base_is_in_the_summary_and_not_on_the_map(
    as_commissioner, requirement, council, commissioner
):
    nowhere = make_provider(council, "Nowhere Special", base_postcode="", town="")
    cooking = make_service(nowhere, categories=["cooking"])
    comes_from(cooking)
    listed(nowhere)
    summary = lock_again(requirement, commissioner)
    assert "No service found has a base on the map" in page_of(as_commissioner, summary).content.decode()


def test_renderer_fetches_nothing_from_outside(lock):
    lock.facts["map"]["view_box"] = '0 0 9 9"><image href="http://127.0.0.1:9/x.png"/><x y="'
    assert pdf_of(lock, "council").startswith(b"%PDF")
    from weasyprint import HTML

    from registry.pdf.fetching import OnlyFonts

    with pytest.raises(FatalURLFetchingError):
        HTML(string="<img src='http://127.0.0.1:9/x.png' alt='x'>", url_fetcher=OnlyFonts()).write_pdf()
    with pytest.raises(FatalURLFetchingError):
        HTML(string="<img src='font:other' alt='x'>", url_fetcher=OnlyFonts()).write_pdf()


def test_summary_past_its_time_goes_and_its_fingerprint_stays(
    as_commissioner, lock, django_capture_on_commit_callbacks
):
    last = lock.requirement.ends_on
    make_papers()
    paper = lock.papers.get(edition="council")
    name, storage = paper.file.name, paper.file.storage
    assert end_what_is_past_its_time(last + datetime.timedelta(days=7 * 365)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert end_what_is_past_its_time(last + datetime.timedelta(days=8 * 365)) == 1
    assert end_what_is_past_its_time(last + datetime.timedelta(days=8 * 365)) == 0
    lock.refresh_from_db()
    assert lock.facts == {}
    assert not storage.exists(name)
    for address in (f"/commissioning/summaries/{lock.reference}/", f"/commissioning/summaries/{lock.reference}.pdf"):
        gone = as_commissioner.get(address)
        assert gone.status_code == 410
        assert lock.fingerprint in gone.content.decode()


def test_other_council_cannot_reach_page_or_pdf(client, other_commissioner, lock):
    signed_in = sign_in(client, other_commissioner)
    assert page_of(signed_in, lock).status_code == 404
    assert signed_in.get(f"/commissioning/summaries/{lock.reference}.pdf").status_code == 404


def test_checker_may_not_read_it(client, checker, lock):
    assert page_of(sign_in(client, checker), lock).status_code == 403


def test_summary_is_not_kept_by_caches(as_commissioner, lock):
    assert "no-store" in page_of(as_commissioner, lock)["Cache-Control"]


def test_english_council_borders_are_on_the_map(lock):
    assert Council.objects.get(pk="E06000022").borders.count() == len(lock.facts["map"]["neighbours"])


def test_rule_06_shortlist_is_printed_in_the_approved_words(requirement, field, commissioner):
    service = field["trader"].services.get()
    shortlist(by=commissioner, lot=requirement.lots.get(number=1), service=service)
    Provider.every.filter(pk=field["trader"].pk).update(name="A name that nobody approved")
    summary = lock_again(requirement, commissioner)
    assert summary.facts["lots"][0]["shortlist"] == ["Ana’s Kitchen: Lunch at home"]
    assert "nobody approved" not in str(summary.facts)


def test_rule_10_summary_says_no_distance_that_would_find_a_home(lock, field):
    rows = [row for lot in lock.facts["lots"] for group in lot["groups"].values() for row in group]
    assert {row["distance"] for row in rows} <= {"less than a mile", *(f"{n} miles" for n in range(2, 40)), "1 mile"}
    frozen = str(lock.facts)
    for coverage in field["trader"].services.get().coverage.all():
        assert str(coverage.easting) not in frozen
        assert str(coverage.northing) not in frozen
    assert field["trader"].base_postcode not in frozen


def test_summary_follows_the_search_from_the_whole_register_to_those_that_fit(as_commissioner, lock):
    words = " ".join(words_of_page(page_of(as_commissioner, lock).content))
    steps = lock.facts["lots"][0]["narrowing"]
    assert (
        steps["listed"]
        >= steps["of_kind"]
        >= steps["reaching"]
        == sum(map(len, lock.facts["lots"][0]["groups"].values()))
    )
    assert "Listed on the register, in every council" in words
    assert "What is said here of the law has not all been checked against its sources yet." in words


def test_counts_of_each_thing_asked_add_up_to_the_field(lock):
    for lot in lock.facts["lots"]:
        for effect in lot["effects"]:
            assert effect["fits"] + effect["not_yet"] + effect["not_known"] == lot["narrowing"]["reaching"]


def test_pdf_that_storage_lost_is_not_found_and_the_page_still_reads(as_commissioner, lock):
    make_papers()
    paper = lock.papers.get(edition="council")
    paper.file.storage.delete(paper.file.name)
    assert as_commissioner.get(f"/commissioning/summaries/{lock.reference}.pdf").status_code == 404
    assert page_of(as_commissioner, lock).status_code == 200
