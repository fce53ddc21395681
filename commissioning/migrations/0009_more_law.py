from django.db import migrations, models

from commissioning.law.loading import load_law


def load(apps, schema_editor):
    load_law(apps.get_model("commissioning", "Law"), apps.get_model("commissioning", "Threshold"))


class Migration(migrations.Migration):
    dependencies = [("commissioning", "0008_interest_of_a_team")]

    operations = [
        migrations.AddField(
            model_name="law", name="days", field=models.PositiveSmallIntegerField(blank=True, null=True)
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
