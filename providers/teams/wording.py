"""What the pages of teams say: forms of working together, what is missing, who cannot be counted on.

Forms are told in everyday words and say nothing about the law: who needs that is sent to those who give advice.
"Consortium" is the public buyers' own word (crowncommercial.gov.uk/news/news-consortiums-ccs, read in November 2026:
two or more suppliers that come together to bid, each taking its own legal advice on how).
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.models.team import TeamForm
from providers.teams.rules import Lack, Trouble

Words = str | Promise


@dataclass(frozen=True)
class Told:
    """What a form means, and who helps with it: words and an address."""

    means: Words
    help_words: Words
    help_link: str


FORMS = {
    TeamForm.LEAD_AND_PARTNERS: Told(
        _(
            "One of you signs with the council, and is paid by it. The others do their part for the lead. "
            "Write down who does what, and who is paid when."
        ),
        _("Supplier Journey: what to think of before you bid together"),
        "https://supplierjourney.scot/additional-resources/consortium-bidding",
    ),
    TeamForm.CONSORTIUM: Told(
        _(
            "You stay separate businesses and answer the council together. You sign an agreement with each other: who "
            "does what, who speaks for you, and what happens if something goes wrong."
        ),
        _("Crown Commercial Service: bidding as a consortium"),
        "https://www.crowncommercial.gov.uk/news/news-consortiums-ccs",
    ),
    TeamForm.CO_OPERATIVE: Told(
        _(
            "You set up one new business that all of you own and run. It signs with the council. "
            "Setting it up takes time, so ask for help early."
        ),
        _("Co-operatives UK: help to set one up"),
        "https://www.uk.coop",
    ),
}

LACKS = {
    Lack.ALONE: _("You are the only one in it so far. Ask somebody to join."),
    Lack.MEMBER: _("Not everybody in it can be counted on today. See who, below."),
    Lack.NO_FORM: _("You have not agreed who leads it, and how you work together."),
    Lack.NO_LEAD: _("The team has no lead any more. Choose one."),
}
TROUBLES = {
    Trouble.GONE: _("has left the register"),
    Trouble.SUSPENDED: _("is not in public view now: a council took the listing down"),
    Trouble.NOT_LISTED: _("is not in public view"),
    Trouble.NOT_CONFIRMED: _("has not said for 90 days that its listing is still right"),
}
