#!/usr/bin/env python3
"""Nearhand's command line: `manage.py demo` is the place to start."""

import os
import signal
import sys
from types import FrameType


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    if sys.argv[1:2] == ["demo"]:
        # Settings are read once, so the command itself has to run as what it starts.
        os.environ.update(DEMO="1", DEBUG="0")
    # Ended by a service manager, a command still has to leave its embedded database in order.
    signal.signal(signal.SIGTERM, stop)
    from django.core.management import execute_from_command_line

    from registry.failures import explain

    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        sentence = explain(error)
        if sentence is None:
            raise
        sys.exit(sentence)


def stop(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
