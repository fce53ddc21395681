"""The rows of each part, as values that JSON and a spreadsheet can hold."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from providers.models import Provider, ProviderMembership
from providers.own_data.parts import Part
from registry.models import User

STAFF = "council or register"

Row = dict[str, Any]


class People:
    """Who stands by name in the file: those who run the provider. Anybody else is only what they are."""

    def __init__(self, provider: Provider) -> None:
        rows = ProviderMembership.objects.filter(provider=provider).values_list("user", "user__email")
        self._addresses = dict(rows)

    def named(self, user_id: int | None) -> str | None:
        if user_id is None:
            return None
        return self._addresses.get(user_id, STAFF)


def columns(part: Part) -> list[models.Field[Any, Any]]:
    """The columns that are given out, in the order of the table."""
    return [field for field in part.model._meta.concrete_fields if field.name not in part.without]


def keys(part: Part) -> dict[str, str]:
    """Each key of a part's rows with what it means."""
    explained = {field.name: _explained(field) for field in columns(part)}
    explained |= {field.name: _explained(field) for field in part.model._meta.many_to_many}
    return explained | ({"link": "where it can be opened"} if part.opens else {})


def rows(part: Part, provider: Provider, people: People) -> Iterator[Row]:
    every = part.model._default_manager
    # A path may lead to one row in two ways, and the row is given out once.
    found = every.filter(pk__in=every.filter(**{part.path: provider.pk}).values("pk")).order_by("pk")
    for instance in found.iterator(chunk_size=500):
        yield _row(part, instance, people)


def _row(part: Part, instance: models.Model, people: People) -> Row:
    row = {field.name: _value(field, instance, people) for field in columns(part)}
    for field in part.model._meta.many_to_many:
        row[field.name] = [str(key) for key in getattr(instance, field.name).values_list("pk", flat=True)]
    if part.opens:
        is_there = bool(getattr(instance, "file", ""))
        row["link"] = settings.SITE_URL + reverse(part.opens, args=[instance.pk]) if is_there else None
    return row


def _value(field: models.Field[Any, Any], instance: models.Model, people: People) -> Any:
    value = getattr(instance, field.attname)
    if field.related_model is User:
        return people.named(value)
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return value


def _explained(field: Any) -> str:
    words = str(field.help_text or field.verbose_name)
    choices = "; ".join(f"{value}: {label}" for value, label in field.flatchoices if value is not None)
    return f"{words} ({choices})" if choices else words
