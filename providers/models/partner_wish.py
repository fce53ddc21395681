from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.provider import Provider


class Wish(models.TextChoices):
    WOULD = "would", _("We would like to work with them")
    WOULD_NOT = "would_not", _("We would rather not work with them")


class PartnerWishQuerySet(models.QuerySet["PartnerWish"]):
    def pairs(self) -> list[tuple[UUID, UUID, Wish]]:
        """Who said it, of whom, and what: for reckoning with, and never for showing.

        Whoever proposes a team leaves such a pair apart, or together, without saying to anybody that a wish was why.
        """
        return [(author, other, Wish(wish)) for author, other, wish in self.values_list("provider", "other", "wish")]


class PartnerWish(models.Model):
    """What a provider thinks of working with another one. Private: its author's people alone ever read it.

    It has no place for a reason: what is written about somebody would be theirs to see.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="partner_wishes")
    other = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    wish = models.CharField(max_length=10, choices=Wish)
    said_at = models.DateTimeField(default=timezone.now)

    objects = PartnerWishQuerySet.as_manager()

    class Meta:
        ordering = ["said_at"]
        verbose_name_plural = "partner wishes"
        constraints = [
            models.UniqueConstraint(fields=["provider", "other"], name="partner_wish_once"),
            models.CheckConstraint(name="partner_wish_known", condition=Q(wish__in=Wish.values)),
            models.CheckConstraint(name="partner_wish_of_another", condition=~Q(other=F("provider"))),
        ]

    def __str__(self) -> str:
        return f"wish of {self.provider_id}"
