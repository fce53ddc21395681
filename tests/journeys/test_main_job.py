"""Steps 1 to 4 of the main job, through pages alone: what is typed, ticked and pressed is read off each page."""

import page as referee
import pytest

from providers.models import Submission
from providers.moderation.actions import publish
from tests.factories.registrations import register_provider
from tests.journeys import main_job
from tests.journeys.visitor import Visitor
from tests.reading import words_of_page, words_of_pdf

MOST_SCREENS, MOST_QUESTIONS = 14, 40


@pytest.fixture
def neighbour(postcodes, council, checker, other_provider_user):
    """Already listed, and has not said how many hours are free."""
    you = {"name": "Marek's Kitchen", "phone": "07700 900 456", "email": "marek@kitchen.example"}
    provider = register_provider(other_provider_user, you=you, when={"hours_free": None})
    publish(submission=Submission.objects.get(provider=provider), by=checker)


@pytest.mark.usefixtures("neighbour")
def test_from_a_carers_registration_to_a_councils_pdf(checker, commissioner, tmp_path):
    carer, looker, buyer = Visitor(), Visitor(checker), Visitor(commissioner)
    main_job.carer_registers(carer)
    main_job.checker_sends_back(looker)
    main_job.carer_answers(carer)
    main_job.checker_publishes(looker)
    main_job.family_finds(Visitor())
    main_job.commissioner_writes(buyer)
    main_job.commissioner_sees_the_field(buyer)
    main_job.commissioner_locks(buyer)
    content = buyer.opened(main_job.PDF)
    assert words_of_page(str(buyer.page)) == words_of_pdf(content)
    (tmp_path / "summary.pdf").write_bytes(content)
    judged = referee.validate_pdf(str(tmp_path / "summary.pdf"), profile=referee.ValidationProfile.PDF_UA_1)
    assert judged.is_compliant, [failure.rule_id for failure in judged.failures]
    buyer.goto("/commissioning/")
    assert "Locked summaries Lunch and company in Bath" in buyer.text


@pytest.mark.usefixtures("postcodes", "council")
def test_joining_asks_little_of_a_sole_trader():
    carer = Visitor()
    main_job.carer_registers(carer)
    screens, questions = (
        len(carer.screens),
        sum(len(asked) for address, asked in carer.screens.items() if address.startswith("/join/")),
    )
    print(f"Joining, sole trader without personal care: {screens} screens, {questions} questions")
    assert screens <= MOST_SCREENS
    assert questions <= MOST_QUESTIONS
