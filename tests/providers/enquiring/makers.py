"""Enquiries, in few words: typed into the page, or made by the action."""

import time
import uuid

from providers.enquiring.actions import Asked, ask
from registry.access.opened import Opened, stamp

HELP = "Somebody to cook lunch for my mum and eat with her."


def typed(seconds=60, **changes):
    """What Sarah sends from a page that she had open for so many seconds."""
    said = {
        "opened": stamp(time.time() - seconds),
        "help_wanted": HELP,
        "days_wanted": "Tuesdays at noon",
        "area": "Larkhall",
        "name": "Sarah",
        "answer_by": "email",
        "email": "sarah@home.example",
        "phone": "",
    }
    return said | changes


def asked_of(provider, opened=None, **changes):
    said = {"name": "Sarah", "answer_by": "email", "email": "sarah@home.example", "help_wanted": HELP}
    return ask(provider=provider, asked=Asked(**{**said, **changes}), opened=opened or Opened(uuid.uuid4(), 60))
