from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class LanguageSet(models.Model):
    """Languages that somebody speaks, taken together: the search table keeps the number of the set, not the names.

    A handful of sets serves a million services. A row is never changed or deleted, so a process may remember it.
    """

    id = models.AutoField(primary_key=True)
    names = ArrayField(models.CharField(max_length=40), unique=True, help_text="in small letters, in order")

    def __str__(self) -> str:
        return ", ".join(self.names)
