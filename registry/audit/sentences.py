"""What each verb of the audit means, in words. Apps hand theirs down in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add verbs with their sentences: `{"provider.sent": _("Sent the registration to the council")}`."""
    _sentences.update(sentences)


def sentence(verb: str) -> str:
    """The sentence of a verb; a verb that no app knows any more stands for itself."""
    return str(_sentences.get(verb, verb))


def verbs() -> frozenset[str]:
    return frozenset(_sentences)
