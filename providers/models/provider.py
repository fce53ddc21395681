from __future__ import annotations

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.models import Council

# Read aloud and typed from paper: no vowels, so that no word appears, and nothing that looks like something else.
SHORT_CODE_LETTERS = "bcdfghjkmnpqrstvwxz23456789"
SHORT_CODE_LENGTH = 6


def new_short_code() -> str:
    return "".join(secrets.choice(SHORT_CODE_LETTERS) for _ in range(SHORT_CODE_LENGTH))


class LegalForm(models.TextChoices):
    SOLE_TRADER = "sole_trader", _("Sole trader")
    PARTNERSHIP = "partnership", _("Partnership")
    CO_OPERATIVE = "co_operative", _("Co-operative society")
    COMMUNITY_BENEFIT = "community_benefit", _("Community benefit society")
    CIC = "cic", _("Community interest company (CIC)")
    COMPANY = "company", _("Limited company")
    CHARITY = "charity", _("Charity")
    UNINCORPORATED = "unincorporated", _("Unincorporated group")
    UNKNOWN = "unknown", _("Not known")


class ProviderQuerySet(models.QuerySet["Provider"]):
    def public(self) -> ProviderQuerySet:
        return self.filter(listed_at__isnull=False, suspended_at__isnull=True, left_at__isnull=True)


class ListedProviders(models.Manager["Provider"]):
    """What the public may see: published by a council, not suspended, not gone."""

    def get_queryset(self) -> ProviderQuerySet:
        return ProviderQuerySet(self.model, using=self._db).public()


class Provider(models.Model):
    """The micro-enterprise. Its status is derived from the dates below, never stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    # The short address /p/<code>/, printed on paper: it outlives every change of name.
    short_code = models.CharField(max_length=10, unique=True, default=new_short_code, editable=False)
    name = models.CharField(_("trading name"), max_length=120)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm.choices)
    # None is "not known": imported records do not say.
    people = models.PositiveSmallIntegerField(_("people who do the work, owner included"), null=True, blank=True)
    employs_anyone = models.BooleanField(_("employs anyone"), null=True, blank=True)
    run_by_members = models.BooleanField(_("owned and run by its members"), null=True, blank=True)
    about = models.TextField(_("about"), max_length=2000, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("email"), blank=True)
    website = models.URLField(_("website"), blank=True)
    prefers_calls = models.BooleanField(_("would rather be phoned"), default=False)
    # The base is a person's home more often than not: only town and outcode are ever shown (rule 10).
    base_postcode = models.CharField(_("base postcode"), max_length=8, blank=True)
    town = models.CharField(_("town or village"), max_length=80, blank=True)

    home_council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="providers")
    source = models.CharField(_("where an imported record came from"), max_length=200, blank=True)
    source_id = models.CharField(max_length=100, blank=True)
    is_invented = models.BooleanField(_("made up for the demonstration"), default=False)

    no_teams_since = models.DateTimeField(_("would rather not be asked into teams, since"), null=True, blank=True)
    # Said while joining: the listing goes into the open feed unless they would rather not.
    out_of_feed_since = models.DateTimeField(_("stays out of the open feed since"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    listed_at = models.DateTimeField(_("first published"), null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True, blank=True)

    every = models.Manager.from_queryset(ProviderQuerySet)()
    listed = ListedProviders()

    class Meta:
        default_manager_name = "every"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="provider_legal_form_known", condition=Q(legal_form__in=LegalForm.values)),
            models.CheckConstraint(
                name="provider_people_sane", condition=Q(people__isnull=True) | Q(people__range=(1, 5000))
            ),
            models.CheckConstraint(
                name="provider_suspended_by_someone",
                condition=Q(suspended_at__isnull=True, suspended_by__isnull=True)
                | Q(suspended_at__isnull=False, suspended_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=~Q(source_id=""), name="provider_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def outcode(self) -> str:
        # Imported records may hold a postcode without its space; a whole one must never pass for its first half.
        whole = self.base_postcode.replace(" ", "")
        return whole[:-3] if len(whole) > 4 else whole
