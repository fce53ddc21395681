"""The mails of an enquiry: to the provider, and to who asked. Nobody's address is in any of them.

Where who asked has said that the provider may write to them, the mail's reply address is theirs: then an answer from
any mail program goes there and nowhere else. Otherwise the provider answers on a page of ours, and we pass it on.
"""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from providers.credentials.letters import PEOPLE_WHO_EDIT
from providers.enquiring import links
from providers.models import Enquiry, Provider, ProviderMembership, Version
from providers.models.enquiry import AnswerBy
from registry.mail.actions import queue
from registry.models import OutgoingMail


def people_of(provider: Provider) -> list[str]:
    """The addresses of those who run it and may answer for it."""
    people = ProviderMembership.objects.current().filter(PEOPLE_WHO_EDIT, provider=provider)
    return sorted(set(people.values_list("user__email", flat=True)))


def goes_to(provider: Provider) -> list[str]:
    """Those who run it; of a record that nobody runs, the address it was published with; nobody."""
    published = Version.objects.filter(provider=provider).values_list("content__email", flat=True).first()
    return people_of(provider) or ([published] if published else [])


def relay(enquiry: Enquiry, *, is_reminder: bool = False) -> list[OutgoingMail]:
    """The message to the provider's people."""
    runs_it = bool(people_of(enquiry.provider))
    words = {
        "enquiry": enquiry,
        "provider": enquiry.provider,
        "council": enquiry.provider.home_council,
        "link": links.own_page(enquiry) if runs_it else links.answers(enquiry),
        "runs_it": runs_it,
        "is_reminder": is_reminder,
    }
    subject = _("Still waiting: somebody asks %(provider)s for help")
    subject = subject if is_reminder else _("Somebody asks %(provider)s for help")
    body = render_to_string("mail/enquiry_relayed.txt", words)
    reply_to = enquiry.email if enquiry.may_write and enquiry.answer_by == AnswerBy.EMAIL else ""
    return [
        queue(to=address, subject=subject % {"provider": enquiry.provider.name}, body=body, reply_to=reply_to)
        for address in goes_to(enquiry.provider)
    ]


def tell_sender(enquiry: Enquiry, template: str, subject: str) -> None:
    """To who asked, if they gave an address."""
    if not enquiry.email:
        return
    link = links.sees(enquiry) if enquiry.relayed_at else links.confirms(enquiry)
    words = {"enquiry": enquiry, "provider": enquiry.provider, "link": link, "site": settings.SITE_URL}
    subject %= {"provider": enquiry.provider.name}
    queue(to=enquiry.email, subject=subject, body=render_to_string(template, words))


def tell_withdrawn(enquiry: Enquiry) -> None:
    """To those who were told of it. It names nobody: the name is gone."""
    words = {"provider": enquiry.provider, "day": enquiry.asked_at}
    body = render_to_string("mail/enquiry_withdrawn.txt", words)
    for address in goes_to(enquiry.provider):
        queue(to=address, subject=_("A question to you was taken back"), body=body)


def about(enquiry: Enquiry) -> Q:
    """The messages that hold its words."""
    return Q(body__contains=links.own_page(enquiry)) | Q(body__contains=links.answers(enquiry))
