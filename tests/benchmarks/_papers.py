"""Inside a copy of the demonstration: summaries to set, and how long setting one takes. Prints a line of JSON.

`python -m tests.benchmarks._papers {ratio|fill|told|overdue} NUMBER`
"""

import hashlib
import json
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
django.setup()

from django.template.loader import render_to_string  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_tasks_db.models import DBTaskResult  # noqa: E402
from weasyprint import HTML  # noqa: E402

from commissioning.models import Requirement, Summary, SummaryPaper  # noqa: E402
from commissioning.models.requirement import new_reference  # noqa: E402
from commissioning.models.summary_paper import LEASE, Edition, paper_path  # noqa: E402
from commissioning.summaries.facts import fingerprint, freeze  # noqa: E402
from commissioning.summaries.render import paper_context, pdf_of  # noqa: E402
from commissioning.summaries.tasks import make_paper  # noqa: E402
from registry.pdf.fetching import OnlyFonts  # noqa: E402
from tests.commissioning.summaries.many import become, of_many  # noqa: E402

MARK = "A summary of the benchmark"
# So many providers are in each summary of the queue: a second's work or so.
IN_EACH = 6


def first():
    """The locked one of the demonstration, its facts gathered as they would be today: the copy may be an old one."""
    summary = Summary.objects.exclude(requirement__title=MARK).filter(ended_at=None).first()
    requirement, by = summary.requirement, summary.locked_by
    summary.facts = freeze(requirement, reference=summary.reference, by=by, now=timezone.now())
    return summary


def ratio(number):
    """Seconds of the product and of WeasyPrint alone for the same HTML, in turns; the best of three of each."""
    summary = become(first(), number)
    html = render_to_string("commissioning/summary_pdf.html", paper_context(summary, Edition.COUNCIL))
    ours, theirs = [], []
    for _ in range(3):
        began = time.perf_counter()
        pdf = pdf_of(summary, Edition.COUNCIL)
        ours.append(time.perf_counter() - began)
        began = time.perf_counter()
        alone = HTML(string=html, url_fetcher=OnlyFonts()).write_pdf(pdf_variant="pdf/ua-1")
        theirs.append(time.perf_counter() - began)
    assert pdf == alone
    return {"ours": min(ours), "theirs": min(theirs), "bytes": len(pdf)}


def fill(number):
    """So many summaries, each with one paper asked for, and nothing else in the queue."""
    DBTaskResult.objects.all().delete()
    Summary.objects.filter(requirement__title=MARK).delete()
    Requirement.objects.filter(title=MARK).delete()
    locked = first()
    facts = of_many(locked.facts, IN_EACH)
    for _ in range(number):
        requirement = Requirement.objects.get(pk=locked.requirement_id)
        requirement.pk, requirement.reference, requirement.title = None, new_reference(), MARK
        requirement.save(force_insert=True)
        summary = Summary.objects.create(
            reference=requirement.reference,
            requirement=requirement,
            council=requirement.council,
            locked_by=locked.locked_by,
            facts=facts,
            fingerprint=fingerprint(facts),
        )
        make_paper.enqueue(SummaryPaper.objects.create(summary=summary, edition=Edition.COUNCIL).pk)
    return {"filled": number}


def told(_number):
    """What came of the queue: the seconds from the first paper to the last, and whether each is there once."""
    papers = list(SummaryPaper.objects.filter(summary__requirement__title=MARK).select_related("summary"))
    made = [paper for paper in papers if paper.made_at]
    times = sorted(paper.made_at for paper in made)
    return {
        "papers": len(papers),
        "made": len(made),
        "wrong": sum(wrong(paper) for paper in made),
        "seconds": (times[-1] - times[0]).total_seconds() if times else 0.0,
    }


def wrong(paper):
    """Not under its one name, or not what its row says."""
    with paper.file.open("rb") as stored:
        digest = hashlib.sha256(stored.read()).hexdigest()
    _folders, files = paper.file.storage.listdir(os.path.dirname(paper.file.name))
    alike = [name for name in files if name.startswith(paper.summary.reference)]
    return digest != paper.digest or paper.file.name != paper_path(paper, "") or len(alike) != 1


def overdue(_number):
    """As if the lease of what nobody finished had run out, and `run_due` had been."""
    from commissioning.summaries.papers import put_back_overdue

    held = SummaryPaper.objects.filter(made_at=None, claimed_at__isnull=False)
    held.update(claimed_at=timezone.now() - 2 * LEASE)
    return {"put back": put_back_overdue()}


if __name__ == "__main__":
    acts = {"ratio": ratio, "fill": fill, "told": told, "overdue": overdue}
    print(json.dumps(acts[sys.argv[1]](int(sys.argv[2]))))
