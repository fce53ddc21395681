"""The lists that everything else names: kinds of help, and councils."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from providers.api.documents import described
from providers.api.endpoint import Endpoint
from providers.api.facts import Facts, told
from providers.api.shapes import CategorySerializer, CouncilSerializer
from providers.meaning.vocabulary import vocabulary
from registry.models import Council


class CategoryList(Endpoint):
    @described("list_categories", "Lists", CategorySerializer(many=True))
    def get(self, request: Request) -> Response:
        """The published vocabulary of care and support, in two levels."""
        return Response(
            [
                told(
                    {
                        "code": term.code,
                        "group": term.parent,
                        "name": term.name,
                        "definition": term.definition,
                        "everyday_words": list(term.everyday_words),
                    }
                )
                for term in vocabulary().terms
            ]
        )


class CouncilList(Endpoint):
    @described("list_councils", "Lists", CouncilSerializer(many=True))
    def get(self, request: Request) -> Response:
        """The councils that use this register, with their districts."""
        councils = Council.objects.switched_on().defer("boundary").prefetch_related("districts")
        return Response([_facts(council) for council in councils])


def _facts(council: Council) -> Facts:
    return told(
        {
            "code": council.pk,
            "name": council.full_name,
            "nation": council.nation,
            "website": council.website,
            "adults_phone": council.adults_phone,
            "adults_email": council.adults_email,
        }
    ) | {"districts": [{"code": district.pk, "name": district.name} for district in council.districts.all()]}
