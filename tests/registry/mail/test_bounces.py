"""An address that the server refuses: for good, it is told of on the pages; for now, it is tried again."""

import pytest
from aiosmtpd.controller import Controller

from registry.mail.actions import deliver, queue
from registry.models import OutgoingMail
from tests.cast import sign_in
from tests.registry.running import free_port


class Refusing:
    answer = "550 no such mailbox"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer


@pytest.fixture
def server(settings):
    handler = Refusing()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=settings.EMAIL_PORT)
    controller.start()
    yield handler
    controller.stop()


def sent_to(user):
    message = queue(to=user.email.upper(), subject="Hello", body="Words")
    deliver(message.pk)
    message.refresh_from_db()
    user.refresh_from_db()
    return message


def test_a_refused_address_is_told_of_where_its_owner_signs_in(server, provider_user, client):
    message = sent_to(provider_user)
    assert message.bounced_at is not None
    assert message.given_up_at is not None
    assert not OutgoingMail.objects.due(message.given_up_at).exists()
    page = sign_in(client, provider_user).get("/").content.decode()
    assert "Our messages do not reach you" in page
    assert provider_user.email in page


def test_one_that_arrives_again_ends_the_notice(server, provider_user, client):
    sent_to(provider_user)
    server.answer = "250 fine"
    assert sent_to(provider_user).sent_at is not None
    assert provider_user.mail_bounced_at is None
    assert "do not reach you" not in sign_in(client, provider_user).get("/").content.decode()


def test_a_full_mailbox_is_tried_again(server, provider_user):
    server.answer = "452 mailbox full"
    message = sent_to(provider_user)
    assert (message.bounced_at, message.given_up_at, provider_user.mail_bounced_at) == (None, None, None)
