"""When proof and records go: the rules that the privacy page prints and the nightly job runs."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.credentials.kinds import DBS_POLICY, DBS_RENEWAL_MONTHS
from providers.credentials.policy import renewal_months
from providers.credentials.storage import discard, sweep
from providers.models import DbsRecord, Evidence
from registry.audit.actions import record
from registry.site import RetentionRule

AFTER_CHECK = datetime.timedelta(days=183)
NEVER_CHECKED = datetime.timedelta(days=365)
AFTER_DBS_RENEWAL_MONTHS = 6
DAYS_IN_A_MONTH = 30.44


def purge_evidence(today: datetime.date) -> int:
    """Discard the files that a council looked at long enough ago, and those nobody came to look at."""
    due = (
        Evidence.objects.filter(purged_at__isnull=True)
        .annotate(last_check=Max("credential__checks__seen_on"))
        .filter(
            Q(last_check__lte=today - AFTER_CHECK)
            | Q(last_check__isnull=True, uploaded_at__date__lte=today - NEVER_CHECKED)
        )
    )
    now = timezone.now()
    ids = list(due.values_list("pk", flat=True))
    for pk in ids:
        # One transaction each: a job killed half way has done the first half.
        with transaction.atomic():
            evidence = Evidence.objects.select_for_update().filter(pk=pk, purged_at__isnull=True).first()
            if evidence is not None:
                discard(evidence, now=now)
                provider = evidence.credential.provider_id
                record("evidence.purged", by=None, target=evidence, provider_id=provider)
    return len(ids)


def purge_dbs_records(today: datetime.date) -> int:
    """Forget a DBS record six months after its council would have wanted a new one."""
    gone = 0
    for council_code in DbsRecord.objects.order_by().values_list("seen_for", flat=True).distinct():
        months = (renewal_months(council_code, DBS_POLICY) or DBS_RENEWAL_MONTHS) + AFTER_DBS_RENEWAL_MONTHS
        oldest = today - datetime.timedelta(days=months * DAYS_IN_A_MONTH)
        gone += DbsRecord.objects.filter(seen_for=council_code, seen_on__lt=oldest).delete()[0]
    return gone


def sweep_orphans(today: datetime.date) -> int:
    return sweep(timezone.now())


RULES = [
    RetentionRule(
        "evidence",
        _("Certificates that providers upload"),
        _("Six months after a council last looked at them; twelve months after upload if none did"),
        _("A council must be able to answer for its check for a while. The record of the check stays, the file goes."),
        purge_evidence,
    ),
    RetentionRule(
        "dbs",
        _("That a DBS certificate was seen, and when. Never a copy, and nothing of what was on it"),
        _("Until the council would want a new one (usually three years), and six months more"),
        _("It shows that the check is up to date, and is of no use after that."),
        purge_dbs_records,
    ),
    RetentionRule(
        "orphans",
        _("Uploaded files that nothing points to any more, after an interrupted upload or deletion"),
        _("One day"),
        _("They serve no purpose."),
        sweep_orphans,
    ),
]
