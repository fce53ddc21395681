"""A worker of papers in a process of its own, which can be killed at any of its steps: each statement that writes,
each commit, and either side and the middle of writing a file."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

# Loaded once and not in each of the workers that are forked from here.
from registry.pdf import fetching  # noqa: E402, F401
from tests.registry.reminders.worker import Steps  # noqa: E402


def work(database, store, die_at, told):
    """What `run_due` puts back, and then the queue, until it is empty. What it did goes to `told`."""
    from django.conf import settings
    from django.core.files.storage import FileSystemStorage
    from django.core.management import call_command
    from django.db import connection
    from django.test import override_settings

    from commissioning.summaries.papers import put_back_overdue

    connection.close()
    connection.settings_dict["NAME"] = database
    default = settings.STORAGES["default"]
    options = {**default.get("OPTIONS", {}), "location": store}
    override_settings(STORAGES={**settings.STORAGES, "default": {**default, "OPTIONS": options}}).enable()
    steps = Steps(die_at)
    real = FileSystemStorage._save

    def saved(storage, name, content):
        steps.take("before a file")
        half = storage.path(name)
        os.makedirs(os.path.dirname(half), exist_ok=True)
        with open(half, "wb") as begun:
            begun.write(content.read(100))
        steps.take("half a file")
        os.remove(half)
        content.seek(0)
        kept = real(storage, name, content)
        steps.take("after a file")
        return kept

    FileSystemStorage._save = saved
    connection.ensure_connection()
    connection._commit = steps.around("commit", connection._commit)
    with connection.execute_wrapper(steps.watch):
        put_back_overdue()
        call_command("db_worker", batch=True, reload=False, startup_delay=False, interval=0, verbosity=0)
    told.put(steps.taken)
