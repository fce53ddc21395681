"""Every upload ends in "we have it" or in a sentence that says why not, and nothing that could act is ever stored.

    uv run pytest -n 0 -s --no-cov tests/providers/credentials/test_upload_fuzz.py

prints how many were tried, refused and accepted. All of them go through the page on which a carer uploads.
"""

import re
from collections import Counter
from io import BytesIO
from itertools import islice

import pikepdf
import pytest
from django.urls import reverse
from PIL import Image

from providers.credentials.evidence import MOST_FILES
from providers.credentials.pdfs import ACTIONS, FORBIDDEN_KEYS, KEPT_OF_A_PAGE
from providers.models import DraftFile
from tests.cast import sign_in
from tests.providers.credentials.files import armed_pdf, upload
from tests.providers.credentials.mutants import cases
from tests.providers.joining.typed import typed

pytestmark = [pytest.mark.fuzz, pytest.mark.usefixtures("postcodes", "council")]
TRIED = 2_400
NAMED = re.compile(r"“case-(\d+)\.pdf”: (?:The |This )")


def harmless(stored):
    """Opened again with other eyes than those that cleaned it."""
    with stored.file.open("rb") as content:
        if stored.content_type == "application/pdf":
            with pikepdf.open(content) as document:
                return is_harmless_pdf(document)
        with Image.open(content) as image:
            image.load()
            return image.format == "JPEG" and not image.getexif() and not {"comment", "icc_profile"} & set(image.info)


def is_harmless_pdf(document):
    if set(document.Root.keys()) != {"/Type", "/Pages"} or "/Info" in document.trailer or document.is_encrypted:
        return False
    if any(set(page.obj.keys()) - KEPT_OF_A_PAGE - {"/Parent"} for page in document.pages):
        return False
    return not any(acts(held, depth=0) for held in document.objects)


def acts(held, depth):
    if depth and getattr(held, "is_indirect", False):
        return False
    if isinstance(held, pikepdf.Array):
        return any(acts(part, depth + 1) for part in held)
    if isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(held.keys())
        return bool(keys & FORBIDDEN_KEYS or str(held.get("/S", "")) in ACTIONS) or any(
            acts(held[key], depth + 1) for key in keys
        )
    return False


def test_these_eyes_see_what_acts():
    with pikepdf.open(BytesIO(armed_pdf())) as document:
        assert acts(document.Root, 0)
        assert not is_harmless_pdf(document)


def test_2400_spoilt_and_hostile_uploads_end_in_yes_or_a_plain_no(client, provider_user, capsys):
    carer, where = sign_in(client, provider_user), reverse("join_step", args=["insurance"])
    tried, accepted = Counter(), Counter()
    numbered = enumerate(cases(TRIED))
    while batch := list(islice(numbered, MOST_FILES)):
        families = {number: family for number, (family, _content) in batch}
        files = [upload(content, f"case-{number}.pdf") for number, (_family, content) in batch]
        answer = carer.post(where, typed("insurance") | {"certificate": files})
        refused = {int(number) for number in NAMED.findall(answer.content.decode())}
        stored = list(DraftFile.objects.all())
        kept = {int(row.shown_name.removeprefix("case-").partition(".")[0]) for row in stored}
        assert answer.status_code == (200 if refused else 302)
        assert refused.isdisjoint(kept)
        assert refused | kept == set(families)
        assert [row.shown_name for row in stored if not harmless(row)] == []
        tried.update(families.values())
        accepted.update(families[number] for number in kept)
        DraftFile.objects.all().delete()
    with capsys.disabled():
        print(
            f"\nuploads tried {tried.total()}, refused {tried.total() - accepted.total()}, {accepted.total()} accepted"
        )
        for family, count in sorted(tried.items()):
            print(f"  {family:14} {count - accepted[family]:4} refused, {accepted[family]:4} accepted")
    assert tried.total() == TRIED
    # Whoever refuses everything has also stored no script.
    assert {"flipped bits", "armed", "locked", "huge", "nested"} <= set(accepted)
