"""What a program may say of a service's availability."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerExtension
from rest_framework import serializers

from providers.models.availability import Space

HERE = [Space.NOW.value, Space.WAITING.value, Space.FULL.value]
MOST_HOURS = 1512


class AvailabilityInputSerializer(serializers.Serializer[Any]):
    space = serializers.ChoiceField([*HERE, Space.AWAY.value], required=False)
    away_until = serializers.DateField(required=False)
    hours_free = serializers.IntegerField(min_value=0, max_value=MOST_HOURS, required=False)

    def to_internal_value(self, data: Any) -> Any:
        """A slip in a name is told, and not passed over; so is a number in quotes."""
        found = super().to_internal_value(data)
        unknown = set(data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError({name: [_("There is no such field")] for name in sorted(unknown)})
        if "hours_free" in data and not _is_whole(data["hours_free"]):
            raise serializers.ValidationError({"hours_free": [_("Send a whole number, like 6")]})
        return found

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        if not said:
            raise serializers.ValidationError(_("Say something: space, away_until or hours_free"))
        is_away = said.get("space") == Space.AWAY
        if is_away != ("away_until" in said):
            raise serializers.ValidationError({"away_until": [_("Goes with “away”, and with nothing else")]})
        return said

    def as_answers(self) -> dict[str, Any]:
        """As the step "When can you work?" has it: away until a day only while away."""
        said: dict[str, Any] = dict(self.validated_data)
        if "space" in said:
            back = said.get("away_until")
            said["away_until"] = back.isoformat() if back else None
        return said


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


class AvailabilityInputShape(OpenApiSerializerExtension):
    """The rules between the fields, which no serializer can tell."""

    target_class = AvailabilityInputSerializer

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        hours = {"type": "integer", "minimum": 0, "maximum": MOST_HOURS, "description": "Free in a week"}

        def one(required: list[str], **properties: Any) -> dict[str, Any]:
            shape = {"type": "object", "properties": properties, "required": required}
            return shape | {"additionalProperties": False}

        return {
            "oneOf": [
                one(["space"], space={"type": "string", "enum": HERE}, hours_free=hours),
                one(
                    ["space", "away_until"],
                    space={"type": "string", "const": Space.AWAY.value},
                    away_until={"type": "string", "format": "date", "description": "The day they are back"},
                    hours_free=hours,
                ),
                one(["hours_free"], hours_free=hours),
            ]
        }
