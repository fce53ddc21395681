from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from providers.models.category import Category
from registry.models import District


class UnmetNeed(models.Model):
    """That nobody was found: what kind of help, in which district, on which day, and how often that was said.

    It has no place for a postcode, a word that was typed or who told us: what has no place cannot leak.
    """

    # Empty where the words named no kind of help.
    category = models.ForeignKey(Category, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    times = models.PositiveIntegerField(_("how often"), default=1)

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "category", "day"], nulls_distinct=False, name="unmet_need_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category_id or 'help'} in {self.district_id} on {self.day}"
