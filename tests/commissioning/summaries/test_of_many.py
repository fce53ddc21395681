"""Papers of summaries of 1, 50 and 300 providers."""

import page as referee
import pytest

from commissioning.summaries.render import PAPERS, pdf_of
from tests.commissioning.summaries.many import become

pytestmark = pytest.mark.django_db
# The largest takes many seconds to set.
EDITIONS = {1: list(PAPERS), 50: list(PAPERS), 300: ["council"]}


@pytest.mark.parametrize("number", EDITIONS)
def test_papers_of_a_summary_of_so_many_are_pdf_ua_1(lock, number, tmp_path):
    summary = become(lock, number)
    for edition in EDITIONS[number]:
        path = tmp_path / f"{edition}.pdf"
        path.write_bytes(pdf_of(summary, edition))
        judged = referee.validate_pdf(path, profile=referee.ValidationProfile.PDF_UA_1)
        assert judged.is_compliant, (edition, [failure.rule_id for failure in judged.failures])
