from django.db import models


class Postcode(models.Model):
    """One row of the national list. Loaded by COPY, never edited: `load_postcodes` replaces the whole."""

    code = models.CharField("postcode without its space", max_length=7, primary_key=True)
    easting = models.IntegerField("metres, British National Grid", null=True)
    northing = models.IntegerField("metres, British National Grid", null=True)
    # No foreign key: the list names codes of places (Isle of Man, Jersey) that are no district of ours.
    district_code = models.CharField("2025 district", max_length=9)
    ward_code = models.CharField(max_length=9, default="", blank=True)

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"


class Outcode(models.Model):
    """The first half of postcodes (BA1), at the middle of those that share it."""

    code = models.CharField(max_length=4, primary_key=True)
    easting = models.IntegerField("metres, British National Grid")
    northing = models.IntegerField("metres, British National Grid")
    district_code = models.CharField("the district that most of it lies in", max_length=9)
    postcodes = models.PositiveIntegerField("how many postcodes share it")

    def __str__(self) -> str:
        return self.code
