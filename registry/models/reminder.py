from __future__ import annotations

from django.db import models
from django.utils import timezone

from registry.models.outgoing_mail import OutgoingMail


class Reminder(models.Model):
    """One rung of a ladder of reminders, taken once: the row and its message are written together.

    `ladder` names what is reminded of, `subject_id` the row it is about, `due_on` the day the ladder leads to and
    `rung` how many days before it this one stands (0: the day itself).
    """

    ladder = models.SlugField(max_length=40)
    subject_id = models.UUIDField()
    due_on = models.DateField()
    rung = models.SmallIntegerField()
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "subject_id", "due_on", "rung"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ladder} {self.rung} days before {self.due_on}"


class ReminderMail(models.Model):
    """A message that a rung sent: one for each person who is told."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="mails")
    mail = models.OneToOneField(OutgoingMail, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"mail {self.mail_id} of reminder {self.reminder_id}"
