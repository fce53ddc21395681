"""`python -m tests.benchmarks NAME ...`: each module here that has a `run(arguments) -> int` is a benchmark."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import django

HERE = Path(__file__).parent


def names():
    return sorted(found.name for found in pkgutil.iter_modules([str(HERE)]) if not found.name.startswith("_"))


def main(arguments):
    if not arguments or arguments[0] not in names():
        print(f"Usage: python -m tests.benchmarks {{{','.join(names())}}} [--help]", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    django.setup()
    return importlib.import_module(f"tests.benchmarks.{arguments[0]}").run(arguments[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
