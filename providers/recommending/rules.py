"""Who may be asked to recommend somebody, what may be kept from being shown, and for how long it is kept. Pure.

Digital Markets, Competition and Consumers Act 2024, section 225 and Schedule 20, paragraph 13 (in force since 6 April
2025): it is an unfair practice to publish reviews without reasonable and proportionate steps against fake ones, ones
that were paid for without saying so, and a misleading picture by holding back those that are bad. Guidance: CMA208,
"Fake reviews", April 2025. So here:

- only somebody invited writes, once, with a code that works once; nobody invites their own people;
- whoever writes says that they are a customer and that nobody gave them anything;
- a council reads everything before it is shown, and may keep it back for the reasons in `NotShownBecause` alone. That
  somebody was not content is none of them, and a provider can neither hide nor choose;
- what is shown stands newest first, without stars and without a score that few words could carry;
- how many came, were shown and were kept back, and why, is published (`/recommendations/policy/`).
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from enum import StrEnum

MOST_INVITED = 30
MOST_INVITED_WITHIN = datetime.timedelta(days=30)
MOST_CARDS = 20
# How long a customer's words are shown; a service may be quite another by then.
SHOWN_FOR = datetime.timedelta(days=3 * 365)
# So that its writer can ask why, and write to the council about it.
REFUSED_KEPT = datetime.timedelta(days=30)
ADDRESS_KEPT = datetime.timedelta(days=90)
NEVER_READ = datetime.timedelta(days=365)
# Not sooner after an answer: help has hardly begun before that.
ASKED_AFTER = datetime.timedelta(days=30)

# Its writer can mend these and write again; who is no customer, or was paid, cannot.
CAN_BE_MENDED = frozenset({"names", "abuse", "advert"})


class WhyNot(StrEnum):
    OWN_ADDRESS = "own_address"
    ASKED_BEFORE = "asked_before"
    TOO_MANY = "too_many"


def why_not(
    *, email: str, own: Collection[str], before: Collection[str], invited_lately: int, wanted: int = 1
) -> WhyNot | None:
    """Why somebody is not invited. `own`: addresses of the provider's people; `before`: asked, or written already."""
    address = email.strip().lower()
    if address and address in {one.lower() for one in own}:
        return WhyNot.OWN_ADDRESS
    if address and address in {one.lower() for one in before}:
        return WhyNot.ASKED_BEFORE
    return WhyNot.TOO_MANY if invited_lately + wanted > MOST_INVITED else None


def tidy_code(typed: str) -> str:
    """A code as it is stored, however it was read from a card."""
    return "".join(letter for letter in typed.lower() if letter.isalnum())[:20]


def spoken(code: str) -> str:
    """In groups of four, to be read aloud or typed from paper."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
