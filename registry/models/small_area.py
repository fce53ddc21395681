from django.db import models


class SmallArea(models.Model):
    """A small area of the census (LSOA 2021, England and Wales): a point inside it, and how many people live there."""

    code = models.CharField("ONS code", max_length=9, primary_key=True)
    easting = models.IntegerField("metres, British National Grid")
    northing = models.IntegerField("metres, British National Grid")
    district_code = models.CharField("2025 district", max_length=9, db_index=True)
    residents = models.PositiveIntegerField("usual residents, Census 2021")
    disabled = models.PositiveIntegerField("residents who are disabled, Census 2021")

    class Meta:
        indexes = [models.Index(fields=["easting", "northing"], name="small_area_point")]

    def __str__(self) -> str:
        return self.code
