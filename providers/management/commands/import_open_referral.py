"""Brings services of an Open Referral UK or HSDS 3 feed into the registry of one council."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandParser

from providers.open_referral.fetching import CannotFetch, is_address
from providers.open_referral.running import carry_in, importing_arguments, named_council
from providers.open_referral.sources import CannotRead, rows_of


class Command(BaseCommand):
    help = (
        "Import services from Open Referral UK 3.0 or HSDS 3: a file (JSON, NDJSON), a folder of files or tables, or "
        "the address of a feed. May be run again: what is the same stays, and a run that was stopped goes on."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("from_where", metavar="SOURCE", help="a file, a folder, or http(s)://...")
        importing_arguments(parser)

    def handle(self, *, from_where: str, council: str, source: str, **options: Any) -> None:
        home = named_council(council)
        where = f"the open feed of {urlsplit(from_where).hostname}" if is_address(from_where) else ""
        named = source or where or f"an Open Referral UK list of services in {home.name}"
        carry_in(self, rows_of(from_where), home, named, options, stops=(CannotRead, CannotFetch))
