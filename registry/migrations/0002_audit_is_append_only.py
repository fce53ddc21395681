from django.db import migrations

MAKE = """
CREATE FUNCTION registry_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit is append-only: % refused', TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE ON registry_auditevent
    FOR EACH ROW EXECUTE FUNCTION registry_audit_is_append_only();
CREATE TRIGGER audit_refuses_truncate BEFORE TRUNCATE ON registry_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION registry_audit_is_append_only();
"""

UNMAKE = """
DROP TRIGGER audit_refuses_change ON registry_auditevent;
DROP TRIGGER audit_refuses_truncate ON registry_auditevent;
DROP FUNCTION registry_audit_is_append_only();
"""


class Migration(migrations.Migration):
    """The database itself refuses to change what was done."""

    dependencies = [("registry", "0001_initial")]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
