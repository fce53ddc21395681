from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError
from tqdm import tqdm

from registry.places.national_list import is_loaded, replace_list, unknown_districts
from registry.places.postcode_sources import NotReadable, OwnDirectory, PackagedDirectory, Source
from registry.places.small_areas import load_small_areas

BAR = "{desc}: {percentage:3.0f}%|{bar}| {elapsed}, {remaining} left"


class Command(BaseCommand):
    help = "Load the national list of postcodes, and how many people live where, in place of what was loaded before."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--onspd", type=Path, metavar="FILE", help="your own ONS Postcode Directory, csv or zip")
        parser.add_argument("--areas", default="", help="only these postcode areas, for a small trial: BA,EH")
        parser.add_argument("--again", action="store_true", help="load even what is loaded already")

    def handle(self, *, onspd: Path | None, areas: str, again: bool, **options: Any) -> None:
        try:
            self.load(source_of(onspd, areas), areas, again=again, quiet=options["verbosity"] == 0)
        except (NotReadable, BadZipFile, UnicodeDecodeError) as error:
            raise CommandError(f"{error} The list of postcodes is as it was.") from error
        except (IntegrityError, DataError) as error:
            reason = str(error).splitlines()[0]
            raise CommandError(f"The file cannot be loaded: {reason}. The list of postcodes is as it was.") from error

    def load(self, source: Source, areas: str, *, again: bool, quiet: bool) -> None:
        if areas_loaded := load_small_areas(again=again):
            self.stdout.write(f"{areas_loaded:,} small areas of the census loaded.")
        stamp = f"{source.stamp} {areas.upper()}".strip()
        if is_loaded(stamp) and not again:
            self.stdout.write("The postcodes are loaded already.")
            return
        with tqdm(desc="Loading postcodes", total=source.size, bar_format=BAR, disable=quiet) as bar:
            count = replace_list(batches=source.batches(), stamp=stamp, progress=lambda done: bar.update(done - bar.n))
        self.stdout.write(f"{count:,} postcodes loaded.")
        self.warn_of_unknown_districts()

    def warn_of_unknown_districts(self) -> None:
        unknown = unknown_districts()
        if unknown:
            self.stderr.write(
                f"{sum(unknown.values()):,} of them lie in districts that this site does not know, and so in no "
                f"council: {', '.join(unknown)}. The file may be older or newer than the site's list of districts."
            )


def source_of(onspd: Path | None, areas: str) -> Source:
    chosen = frozenset(area.strip().upper() for area in areas.split(",") if area.strip())
    return OwnDirectory(onspd, chosen) if onspd else PackagedDirectory(chosen)
