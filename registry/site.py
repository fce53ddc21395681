"""What the upper floors hand down to the site: links of the header, panels of the home page, retention rules, jobs.

Apps register these in `AppConfig.ready()`, so that the ground floor never imports what stands on it.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class HeaderLink:
    """A link of the header, shown to those for whom `shown` says yes."""

    words: Words
    url_name: str
    shown: Callable[[HttpRequest], bool]
    order: int = 100


@dataclass(frozen=True)
class FooterLink:
    """A page of an upper floor that anybody may look for at the foot of every page."""

    words: Words
    url_name: str


@dataclass(frozen=True)
class AccountLink:
    """A page of an upper floor that belongs to a person's own account."""

    words: Words
    url_name: str


@dataclass(frozen=True)
class HomePanel:
    """A part of a signed-in person's home page: a template, and what it needs (None hides the panel)."""

    template: str
    context: Callable[[HttpRequest], dict[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class RetentionRule:
    """What is kept, for how long and why, as the privacy page prints it; and the job that ends it.

    `purge(today)` deletes or blanks what is past its time and returns how many rows that were. It may be run twice.
    """

    name: str
    what: Words
    how_long: Words
    why: Words
    purge: Callable[[datetime.date], int]


# What `run_due` asks of an upper floor each minute: it returns how much was done, and may be run twice.
DueJob = Callable[[], int]

# What an upper floor does when a person leaves: `step(user, by)`, inside the transaction that blanks the row. Any,
# because this file stands below the models.
LeavingStep = Callable[[Any, Any], None]

_header_links: list[HeaderLink] = []
_footer_links: list[FooterLink] = []
_account_links: list[AccountLink] = []
_home_panels: list[HomePanel] = []
_retention_rules: dict[str, RetentionRule] = {}
_leaving_steps: list[LeavingStep] = []
_due_jobs: dict[str, DueJob] = {}


def add_header_link(link: HeaderLink) -> None:
    _header_links.append(link)


def header_links(request: HttpRequest) -> list[HeaderLink]:
    return [link for link in sorted(_header_links, key=lambda link: link.order) if link.shown(request)]


def add_footer_link(link: FooterLink) -> None:
    _footer_links.append(link)


def footer_links() -> list[FooterLink]:
    return list(_footer_links)


def add_account_link(link: AccountLink) -> None:
    _account_links.append(link)


def account_links() -> list[AccountLink]:
    return list(_account_links)


def add_home_panel(panel: HomePanel) -> None:
    _home_panels.append(panel)


def home_panels(request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """The panels to show this person, as (template, context)."""
    made = [(panel.template, panel.context(request)) for panel in sorted(_home_panels, key=lambda p: p.order)]
    return [(template, context) for template, context in made if context is not None]


def add_retention_rule(rule: RetentionRule) -> None:
    _retention_rules[rule.name] = rule


def retention_rules() -> list[RetentionRule]:
    return list(_retention_rules.values())


def add_due_job(name: str, job: DueJob) -> None:
    _due_jobs[name] = job


def due_jobs() -> dict[str, DueJob]:
    return dict(_due_jobs)


def add_leaving_step(step: LeavingStep) -> None:
    _leaving_steps.append(step)


def leaving_steps() -> list[LeavingStep]:
    return list(_leaving_steps)
