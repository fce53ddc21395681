from django.db import migrations, models

import providers.models.provider


class Migration(migrations.Migration):
    dependencies = [("providers", "0006_what_was_published")]
    operations = [
        migrations.AlterField(
            model_name="provider",
            name="short_code",
            field=models.CharField(
                default=providers.models.provider.new_short_code, editable=False, max_length=10, unique=True
            ),
        ),
    ]
