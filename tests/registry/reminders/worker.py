"""A worker in a process of its own, which can be killed at any of its steps.

A step is every statement that writes, every commit, and either side of the mail server's answer. Imported by the
process that the workers are forked from, so it sets Django up itself.
"""

import os
import signal
import smtplib
from io import StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

ANSWER = "the mail server's answer"
WRITES = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE")


class Steps:
    """Counts what the worker does, and dies at one of them: by the signal that nobody can catch."""

    def __init__(self, die_at):
        self.die_at = die_at
        self.taken = []

    def take(self, name):
        if len(self.taken) == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.taken.append(name)

    def around(self, name, act):
        def acted(*given, **named):
            # What comes after one step comes before the next: only the server's answer needs a name for both sides.
            self.take(f"before {name}")
            result = act(*given, **named)
            if name == ANSWER:
                self.take(f"after {name}")
            return result

        return acted

    def watch(self, execute, statement, *rest):
        if not statement.lstrip().upper().startswith(WRITES):
            return execute(statement, *rest)
        words = " ".join(statement.split()[:3])
        return self.around(words, execute)(statement, *rest)


def work(database, port, die_at, told):
    """One minute's job and then the queue, until it is empty. What it did goes to `told`."""
    # Not before Django is set up.
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = database
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    steps = Steps(die_at)
    smtplib.SMTP.data = steps.around(ANSWER, smtplib.SMTP.data)
    connection.ensure_connection()
    connection._commit = steps.around("commit", connection._commit)
    with connection.execute_wrapper(steps.watch):
        call_command("run_due", stdout=StringIO())
        call_command("db_worker", batch=True, reload=False, startup_delay=False, interval=0, verbosity=0)
    told.put(steps.taken)
