"""Rows for what was published before: a short address, approved services, the council's list they are on."""

from django.db import migrations

from providers.models.provider import new_short_code


def fill(apps, schema_editor):
    Provider = apps.get_model("providers", "Provider")
    Service = apps.get_model("providers", "Service")
    CouncilListing = apps.get_model("providers", "CouncilListing")
    taken = set()
    for provider in Provider.every.filter(short_code="").iterator():
        while (code := new_short_code()) in taken:
            pass
        taken.add(code)
        Provider.every.filter(pk=provider.pk).update(short_code=code)
        if provider.listed_at is not None:
            Service.every.filter(provider=provider, listing__isnull=False).update(approved_at=provider.listed_at)
            CouncilListing.objects.create(
                provider=provider,
                council_id=provider.home_council_id,
                asked_at=provider.created_at,
                listed_at=provider.listed_at,
            )


class Migration(migrations.Migration):
    dependencies = [("providers", "0005_register_once_prove_once")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
