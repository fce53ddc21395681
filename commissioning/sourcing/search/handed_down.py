"""What the search hands down to the site: its link, its words in the audit, its digests, how long it keeps what."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from commissioning.models import CouncilList, CouncilListEntry, CouncilNote
from commissioning.sourcing.search import retention
from commissioning.sourcing.search.digest import send_digests
from registry import site
from registry.access.getters import councils_where
from registry.access.permissions import Permission
from registry.audit import sentences, targets


def hand_down() -> None:
    site.add_header_link(site.HeaderLink(_("The field"), "field_search", may_search, order=41))
    for rule in retention.RULES:
        site.add_retention_rule(rule)
    site.add_leaving_step(retention.forget_searches)
    site.add_due_job("digests of saved searches", send_digests)
    targets.register(
        {
            "commissioning.councillist": names_of_lists,
            "commissioning.councillistentry": names_of_list_entries,
            "commissioning.councilnote": subjects_of_notes,
        }
    )
    sentences.register(
        {
            "saved_search.saved": _("Saved a search"),
            "saved_search.changed": _("Changed whether a saved search is told of by e-mail"),
            "saved_search.deleted": _("Deleted a saved search"),
            "council_list.made": _("Made a list of services"),
            "council_list.added": _("Put a service on a list"),
            "council_list.removed": _("Took a service off a list"),
            "council_list.renamed": _("Gave a list another name"),
            "council_list.deleted": _("Deleted a list of services"),
            "council_note.written": _("Wrote a note about a provider"),
            "council_note.deleted": _("Deleted a note about a provider"),
        }
    )


def may_search(request: HttpRequest) -> bool:
    return councils_where(request.user, Permission.SEE_REQUIREMENTS).exists()


def names_of_lists(ids: set[str]) -> dict[str, str]:
    return {str(key): name for key, name in CouncilList.objects.filter(pk__in=ids).values_list("pk", "name")}


def names_of_list_entries(ids: set[str]) -> dict[str, str]:
    rows = CouncilListEntry.objects.filter(pk__in=ids).values_list("pk", "list__name", "service__provider__name")
    return {str(key): f"{name}, {provider}" for key, name, provider in rows}


def subjects_of_notes(ids: set[str]) -> dict[str, str]:
    rows = CouncilNote.objects.filter(pk__in=ids).values_list("pk", "provider__name")
    return {str(key): name for key, name in rows}
