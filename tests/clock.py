"""The clock, set to a moment; and the moments at which a date in the United Kingdom turns into the next."""

import datetime
from zoneinfo import ZoneInfo

import time_machine

LONDON = ZoneInfo("Europe/London")
# Where a server may believe to stand, from the first place that sees a day to the last.
SERVER_ZONES = [
    "UTC",
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
]
SECOND = datetime.timedelta(seconds=1)
# An ordinary night of summer and of winter, and those around both changes of the clocks of 2026.
NIGHTS = [
    datetime.date(2026, 3, 28),
    datetime.date(2026, 3, 29),
    datetime.date(2026, 7, 1),
    datetime.date(2026, 10, 24),
    datetime.date(2026, 10, 25),
    datetime.date(2026, 12, 31),
]


def end_of(day):
    """The first moment of the next day, in London: not 24 hours after the last one when the clocks change."""
    return datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time(), LONDON).astimezone(datetime.UTC)


def at(moment, zone="UTC"):
    """`with at(moment):` the clock stands there; `zone` is what the server takes its own time for."""
    return time_machine.travel(moment.astimezone(ZoneInfo(zone)), tick=False)
