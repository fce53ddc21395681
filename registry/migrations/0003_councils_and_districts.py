from django.db import migrations

from registry.places.loading import load_councils


def load(apps, schema_editor):
    load_councils(apps.get_model("registry", "Council"), apps.get_model("registry", "District"))


class Migration(migrations.Migration):
    """The 212 bodies with adult social care duties, their boundaries, who adjoins whom, and their districts."""

    dependencies = [("registry", "0002_audit_is_append_only")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
