from django.db import migrations

from providers.meaning.vocabulary import load


def forwards(apps, schema_editor):
    load(apps.get_model("providers", "Category"))


class Migration(migrations.Migration):
    """The second vocabulary. New terms take the next free numbers in the search table; no code changed its meaning."""

    dependencies = [("providers", "0020_listings_hold_no_words")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
