from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "provider.membership_ended": _("Ended someone's part in running the provider"),
    "submission.taken_back": _("Closed their account, and so took back what waited for the council"),
    "provider.listed": _("Published the provider's listing"),
    "provider.imported": _("Imported the provider from a public list"),
    "provider.left_feed": _("Took the listing out of the open feed"),
    "provider.back_in_feed": _("Put the listing back into the open feed"),
    "service.taken_off": _("Took one service off the provider's page"),
    "provider.data_taken": _("Took a copy of all that is held of the provider"),
    "provider.unlisted": _("Took the provider's listing down"),
}


def names_of_providers(ids: set[str]) -> dict[str, str]:
    from providers.models import Provider

    return {str(key): name for key, name in Provider.every.filter(pk__in=ids).values_list("pk", "name")}


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "What a micro-enterprise says, proves and shares"

    def ready(self) -> None:
        from providers.api import handed_down as api
        from providers.confirming import handed_down as confirming
        from providers.correcting import handed_down as correcting
        from providers.councils.sentences import SENTENCES as ABOUT_COUNCILS
        from providers.credentials import changes, reminders, retention
        from providers.credentials.scanning import put_back_overdue
        from providers.credentials.sentences import SENTENCES as ABOUT_CREDENTIALS
        from providers.enquiring import handed_down as enquiring
        from providers.figures.retention import RULES as ABOUT_FIGURES
        from providers.introducing import handed_down as introducing
        from providers.joining import handed_down as joining
        from providers.listings import entries, meanings
        from providers.listings.gaps import RULES as ABOUT_GAPS
        from providers.moderation import panel
        from providers.open_referral import feed_totals
        from providers.people import handed_down as people
        from providers.profile import handed_down as profile
        from providers.profile.leaving import leave_providers
        from providers.recommending import handed_down as recommending
        from providers.references import handed_down as references
        from providers.shortlists import handed_down as shortlists
        from providers.showing import handed_down as showing
        from providers.teams import handed_down as teams
        from registry import site
        from registry.audit import sentences, targets
        from registry.reminders import ladders

        sentences.register(SENTENCES)
        targets.register({targets.PROVIDER: names_of_providers})
        sentences.register({**ABOUT_CREDENTIALS, **ABOUT_COUNCILS, **panel.SENTENCES})
        site.add_header_link(site.HeaderLink(_("Find help"), "find", lambda request: True, order=10))
        site.add_header_link(panel.LINK)
        site.add_home_panel(panel.PANEL)
        site.add_retention_rule(panel.TURNS)
        for rule in [*retention.RULES, *ABOUT_FIGURES, *ABOUT_GAPS]:
            site.add_retention_rule(rule)
        ladders.register(reminders.LADDER)
        packages = [confirming, joining, references, enquiring, correcting, recommending]
        for package in [*packages, people, introducing, profile, showing, shortlists, teams]:
            package.hand_down()
        changes.listen("search", entries.refresh_provider)
        api.hand_down()
        for name, job in {
            "find by what begins to hold today": entries.refresh_what_begins,
            "put back overdue virus scans": put_back_overdue,
            "read services by meaning": meanings.write_meanings,
            "count what is in the open feed": feed_totals.count_what_is_many,
        }.items():
            site.add_due_job(name, job)
        site.add_leaving_step(leave_providers)
