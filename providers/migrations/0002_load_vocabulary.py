from django.db import migrations

from providers.meaning.vocabulary import load


def forwards(apps, schema_editor):
    load(apps.get_model("providers", "Category"))


class Migration(migrations.Migration):
    """The first vocabulary. A term taken out later stays in the table: services point at it."""

    dependencies = [("providers", "0001_initial")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
