from django.db import migrations

from commissioning.law.loading import load_law


def load(apps, schema_editor):
    load_law(apps.get_model("commissioning", "Law"), apps.get_model("commissioning", "Threshold"))


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0002_lots_without_hours")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
