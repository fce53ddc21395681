"""The Atom feed of what is open, with the filters of the page: whoever reads it hears of a change as of a new one."""

from __future__ import annotations

import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from commissioning.models import Opportunity
from commissioning.opportunities.listed import listed, newest_first
from commissioning.opportunities.shown import address, plain_words

MOST = 50


class OpportunityFeed(Feed):  # type: ignore[type-arg]  # Django's own class takes no arguments when it runs
    feed_type = Atom1Feed
    title = _("Work that councils want to talk about")
    subtitle = _("Invitations to speak up, published by councils. The formal tenders run elsewhere.")
    author_name = "Nearhand"

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return listed(request.GET, timezone.now())

    def link(self, found: Any) -> str:
        return settings.SITE_URL + reverse("opportunities")

    def feed_url(self, found: Any) -> str:
        return settings.SITE_URL + reverse("opportunity_feed")

    def items(self, found: Any) -> list[Opportunity]:
        return newest_first(found.opportunities)[:MOST]

    def item_title(self, item: Any) -> str:
        return str(item.newest.facts["title"])

    def item_description(self, item: Any) -> str:
        return " ".join(plain_words(item.newest.facts))

    def item_link(self, item: Any) -> str:
        return settings.SITE_URL + address(item)

    def item_author_name(self, item: Any) -> str:
        return str(item.newest.facts["council"]["name"])

    def item_pubdate(self, item: Any) -> datetime.datetime:
        return item.published_at  # type: ignore[no-any-return]

    def item_updateddate(self, item: Any) -> datetime.datetime:
        return item.newest.published_at  # type: ignore[no-any-return]

    def item_categories(self, item: Any) -> list[str]:
        return sorted({lot["category"] for lot in item.newest.facts["lots"]})
