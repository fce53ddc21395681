"""Any bytes in any field of these pages give a page, never a fault."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import sign_in
from tests.commissioning.makers import add_lot, make_requirement
from tests.commissioning.opportunities.makers import close, give_times, lot_ids, speak_up
from tests.test_nonsense import NONSENSE, post_each

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("wrong", NONSENSE.values(), ids=NONSENSE)
def test_every_field_bears_nonsense(wrong, opportunity, listed_provider, provider_user, commissioner, council):
    reference = opportunity.requirement.reference
    carer, desk = sign_in(Client(), provider_user), sign_in(Client(), commissioner)
    interest = speak_up(provider_user, opportunity, listed_provider)
    lot = lot_ids(opportunity)[0]
    steps = {
        "lots": {"lots": str(lot)},
        "hours": {f"hours_{lot}_{listed_provider.pk.hex}": "4"},
        "conditions": {"will": "x"},
        "questions": {"remarks": "x"},
    }
    own = {reverse("interest_step", args=[listed_provider.slug, interest.pk, name]): on for name, on in steps.items()}
    own[reverse("ask_about_opportunity", args=[reference])] = {"provider": "x", "text": "", "opened": "x"}
    own[reverse("speak_up", args=[reference])] = {"speaker": "x"}
    own[reverse("agree_to_interest", args=[listed_provider.slug, interest.pk])] = {"digest": "x"}
    post_each(carer, own, wrong)
    for query in ("council", "kind", "over", "page"):
        for address in ("/opportunities/", "/opportunities/feed.atom"):
            assert carer.get(address, {query: wrong}).status_code == 200
    fresh = make_requirement(commissioner, council)
    add_lot(commissioner, fresh, "cooking")
    give_times(commissioner, fresh)
    pages = {
        reverse("publish_opportunity", args=[fresh.reference]): {"kind": "x", "formal_url": "", "formal_note": ""},
        reverse("formal_route", args=[reference]): {"formal_url": "x", "formal_note": ""},
        reverse("publish_again", args=[reference]): {"note": "x"},
    }
    post_each(desk, pages, wrong)
    close(opportunity)
    award = {"kind": "awarded", "awarded_to": "elsewhere", "supplier": "x", "value_pence": "9", "size": "", "why": ""}
    day = {"decided_on_day": "1", "decided_on_month": "2", "decided_on_year": "2027"}
    decided = {
        reverse("lot_outcome", args=[reference, lot]): {**award, **day},
        reverse("interest_feedback", args=[reference, interest.pk]): {"words": "x"},
        reverse("stop_opportunity", args=[reference]): {"why": "x"},
    }
    post_each(desk, decided, wrong)
