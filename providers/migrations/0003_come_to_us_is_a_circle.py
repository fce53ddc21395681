import django.contrib.postgres.indexes
from django.db import migrations, models

import providers.models.geometry


class Migration(migrations.Migration):
    dependencies = [("providers", "0002_load_vocabulary")]

    operations = [
        migrations.RemoveField(model_name="listing", name="come_to_us"),
        migrations.AddField(
            model_name="listing",
            name="come_to_us",
            field=providers.models.geometry.CircleField(
                blank=True, null=True, verbose_name="the place people come to, and how far most will travel"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=django.contrib.postgres.indexes.GistIndex(fields=["come_to_us"], name="listing_come_to_us"),
        ),
        migrations.AddConstraint(
            model_name="coverage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("reach__in", ["distance", "come_to_us"])),
                fields=("service", "reach"),
                name="coverage_one_base_one_door",
            ),
        ),
    ]
