from django.db.models import QuerySet

from registry.models import Council, Outcode


def outcodes_of(council: Council) -> QuerySet[Outcode]:
    """First halves of postcodes that lie mostly in this council, in order."""
    return Outcode.objects.filter(district_code__in=council.districts.values("code")).order_by("code")
