from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from providers.meaning.vocabulary import Term, published, vocabulary
from providers.models.category import Regulation


@require_GET
def categories(request: HttpRequest) -> HttpResponse:
    """The vocabulary for people: what each kind of help is, and what else it is called."""
    groups = [(group, [_for_people(term) for term in terms]) for group, terms in vocabulary().groups()]
    facts = {"groups": groups, "version": vocabulary().version, "licence": vocabulary().licence}
    return render(request, "listings/categories.html", facts)


@require_GET
def categories_json(request: HttpRequest) -> HttpResponse:
    """The vocabulary for other registers, whole: small enough to need no pages."""
    response = JsonResponse(published(), json_dumps_params={"ensure_ascii": False})
    # Open data is of use only where a page of somebody else's may read it.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _for_people(term: Term) -> dict[str, object]:
    regulated = term.regulation != Regulation.NONE
    return {**vars(term), "regulation_name": Regulation(term.regulation).label if regulated else ""}
