from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Regulation(models.TextChoices):
    """Whether doing this is an activity that a regulator registers (field-notes 3.1)."""

    NONE = "none", _("Not a regulated activity")
    PERSONAL_CARE = "personal_care", _("Personal care")
    ACCOMMODATION = "accommodation", _("Accommodation with nursing or personal care")
    NURSING = "nursing", _("Nursing or treatment")
    CHILDCARE = "childcare", _("Childcare")


class CategoryQuerySet(models.QuerySet["Category"]):
    def groups(self) -> CategoryQuerySet:
        return self.filter(parent__isnull=True)

    def terms(self) -> CategoryQuerySet:
        """What a service can be: the second level."""
        return self.filter(parent__isnull=False)


class Category(models.Model):
    """A term of the published vocabulary of care and support. Loaded from data, never edited here."""

    code = models.SlugField("stable name, used in addresses and feeds", max_length=60, primary_key=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
    name = models.CharField(max_length=100)
    definition = models.TextField()
    everyday_words = ArrayField(models.CharField(max_length=100), default=list, help_text=_("what people say"))
    regulation = models.CharField(max_length=20, choices=Regulation.choices, default=Regulation.NONE)
    lga_number = models.PositiveIntegerField("number in the LGA's list of services", null=True, blank=True)
    position = models.PositiveSmallIntegerField()
    # Its bit in the search table. The table itself gives the next one (a trigger), and none is ever used again.
    number = models.PositiveSmallIntegerField(null=True, unique=True, editable=False)
    vocabulary_version = models.CharField(max_length=10)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "categories"
        constraints = [
            models.CheckConstraint(
                name="category_regulation_known", condition=models.Q(regulation__in=Regulation.values)
            ),
            models.CheckConstraint(name="category_number_has_a_bit", condition=models.Q(number__lt=128)),
        ]

    def __str__(self) -> str:
        return self.name
