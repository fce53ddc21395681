"""The concerns in words for a checker: what is the matter, and what may be done about it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import name_of
from providers.moderation.rules import Concern, Facts, Finding

WORDS: dict[Concern, str | Promise] = {
    Concern.CARE_WITHOUT_REGISTRATION: _(
        "“%(about)s” is personal care by more than one worker, and there is no registration number. Providers like "
        "this normally have to be registered. To publish it all the same, say why."
    ),
    Concern.BASIS_NOT_SETTLED: _(
        "“%(about)s” is personal care, and they are not sure on what ground they may give it. Talk to them."
    ),
    Concern.CARE_SAID_TO_BE_NONE: _(
        "“%(about)s” is among services that are personal care, and they say that it is not. Ask which is right."
    ),
    Concern.CHILDCARE_NOT_SETTLED: _(
        "“%(about)s” is childcare, and they have not said that they are registered for it or do not have to be. "
        "Talk to them before you publish it."
    ),
    Concern.CHILDCARE_NOT_ASKED: _(
        "“%(about)s” is care and childcare in one. They told us about the care. Ask if they are registered with "
        "Ofsted, or do not have to be."
    ),
    Concern.TOO_BIG: _("%(people)s people do the work. The council's limit is %(limit)s."),
    Concern.SIZE_NOT_KNOWN: _("It is not known how many people do the work."),
    Concern.BASE_ELSEWHERE: _("Their base is outside the council's area."),
    Concern.BASE_NOT_KNOWN: _("Their base postcode is missing, or is not on the national list."),
    Concern.NOT_HELD: _("%(about)s: you ask for it, and there is none."),
    Concern.LAPSED: _("%(about)s: it has ended."),
    Concern.NOT_CHECKED: _("%(about)s: no check is recorded yet."),
    Concern.LOOK_AGAIN: _("%(about)s: it was last looked at longer ago than you want. Look again."),
}
ABOUT_CREDENTIALS = {Concern.NOT_HELD, Concern.LAPSED, Concern.NOT_CHECKED, Concern.LOOK_AGAIN}


def sentence(finding: Finding, facts: Facts) -> str:
    about = name_of(finding.about) if finding.concern in ABOUT_CREDENTIALS else finding.about
    return str(WORDS[finding.concern]) % {"about": about, "people": facts.people, "limit": facts.size_limit}
