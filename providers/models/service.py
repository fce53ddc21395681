from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from providers.models.category import Category
from providers.models.provider import Provider


class ClientGroup(models.TextChoices):
    OLDER = "older", _("Older people")
    DEMENTIA = "dementia", _("People living with dementia")
    LEARNING_DISABILITY = "learning_disability", _("People with a learning disability")
    AUTISM = "autism", _("Autistic people")
    MENTAL_HEALTH = "mental_health", _("People with a mental health need")
    PHYSICAL_DISABILITY = "physical_disability", _("Disabled people")
    SENSORY = "sensory", _("People with sight or hearing loss")
    CARERS = "carers", _("Unpaid carers")
    CHILDREN = "children", _("Disabled children and young people")
    END_OF_LIFE = "end_of_life", _("People near the end of life")


class Payer(models.TextChoices):
    """Who can pay: the council is one of five, and direct payments are not its purchase."""

    PRIVATE = "private", _("The person or their family")
    DIRECT_PAYMENT = "direct_payment", _("Direct payment")
    ISF = "isf", _("Individual service fund")
    COUNCIL = "council", _("The council")
    HEALTH_BUDGET = "health_budget", _("Personal health budget")


class PriceUnit(models.TextChoices):
    HOUR = "hour", _("an hour")
    VISIT = "visit", _("a visit")
    SESSION = "session", _("a session")
    MEAL = "meal", _("a meal")
    MILE = "mile", _("a mile")
    DAY = "day", _("a day")
    NIGHT = "night", _("a night")
    WEEK = "week", _("a week")


class RegulatoryBasis(models.TextChoices):
    """On what ground a service may be given (rule 2). Not every ground exists in every nation."""

    NOT_PERSONAL_CARE = "not_personal_care", _("No personal care")
    REGISTERED = "registered", _("Registered with the regulator")
    INDIVIDUAL = "individual", _("Works directly for the person, under their direction")
    INTRODUCER = "introducer", _("Introduces carers, and has no say in the care")
    WILL_REGISTER = "will_register", _("Applying to be registered")
    # Childcare in England: Childcare (Exemptions from Registration) Order 2008, SI 2008/979.
    EXEMPT = "exempt", _("Does not have to be registered")
    NOT_SURE = "not_sure", _("Not sure yet")
    NOT_KNOWN = "not_known", _("Not known")


class Delivery(models.TextChoices):
    AT_HOME = "at_home", _("In your home")
    OUT_AND_ABOUT = "out_and_about", _("Out and about")
    AT_OURS = "at_ours", _("At our place")
    REMOTE = "remote", _("By phone or online")


class Accessibility(models.TextChoices):
    """What helps people to use a service. Of a place people come to, or of how the work is done."""

    STEP_FREE = "step_free", _("Step-free, all the way in")
    ACCESSIBLE_TOILET = "accessible_toilet", _("Accessible toilet")
    PARKING = "parking", _("Parking by the door")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    SIGN_LANGUAGE = "sign_language", _("Someone who signs")
    EASY_READ = "easy_read", _("Information in easy read")
    LARGE_PRINT = "large_print", _("Information in large print")
    QUIET_SPACE = "quiet_space", _("A quiet space")
    WHEELCHAIR_CAR = "wheelchair_car", _("A vehicle that takes a wheelchair")
    ASSISTANCE_DOGS = "assistance_dogs", _("Assistance dogs welcome")


class ServiceQuerySet(models.QuerySet["Service"]):
    def offered(self) -> ServiceQuerySet:
        """Not taken off: what the provider says it does, approved or not."""
        return self.filter(ended_at__isnull=True)

    def approved(self) -> ServiceQuerySet:
        """What a council has let the public see, and the provider still does."""
        return self.offered().filter(approved_at__isnull=False)


class ListedServices(models.Manager["Service"]):
    def get_queryset(self) -> models.QuerySet[Service]:
        return (
            super()
            .get_queryset()
            .filter(
                listing__isnull=False,
                provider__listed_at__isnull=False,
                provider__suspended_at__isnull=True,
                provider__left_at__isnull=True,
            )
        )


class Service(models.Model):
    """One thing a provider does: for whom, at what price, who may pay, on what regulatory basis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), max_length=3000)
    categories = models.ManyToManyField(Category, related_name="services", blank=True)
    client_groups = ArrayField(models.CharField(max_length=30, choices=ClientGroup.choices), default=list, blank=True)
    delivery = ArrayField(models.CharField(max_length=20, choices=Delivery.choices), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    payers = ArrayField(models.CharField(max_length=20, choices=Payer.choices), default=list, blank=True)
    price_pence = models.PositiveIntegerField(_("price in pence"), null=True, blank=True)
    price_unit = models.CharField(max_length=10, choices=PriceUnit.choices, blank=True)
    price_note = models.CharField(_("anything else about the price"), max_length=200, blank=True)
    minimum_minutes = models.PositiveSmallIntegerField(_("shortest visit, in minutes"), null=True, blank=True)
    regulatory_basis = models.CharField(
        max_length=20, choices=RegulatoryBasis.choices, default=RegulatoryBasis.NOT_KNOWN
    )
    regulator = models.CharField(_("regulator"), max_length=60, blank=True)
    registration_number = models.CharField(_("the regulator's number"), max_length=40, blank=True)
    accessibility = ArrayField(models.CharField(max_length=20, choices=Accessibility.choices), default=list, blank=True)
    # Pairs of what it is about and the source's own words, shown as the source's: they are no fact of this register.
    source_says = models.JSONField(_("what its source says besides"), default=list, blank=True)
    source_id = models.CharField(_("id in the source it was imported from"), max_length=100, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    # A service added to a listed provider waits for a council's yes while the rest stays up (rule 6).
    approved_at = models.DateTimeField(null=True, blank=True)
    # Taken off by the provider. The row stays: frozen versions and summaries name its id.
    ended_at = models.DateTimeField(null=True, blank=True)

    every = models.Manager.from_queryset(ServiceQuerySet)()
    listed = ListedServices()

    class Meta:
        default_manager_name = "every"
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="service_price_has_unit",
                condition=Q(price_pence__isnull=True, price_unit="")
                | (Q(price_pence__isnull=False) & Q(price_unit__in=PriceUnit.values)),
            ),
            models.CheckConstraint(
                name="service_basis_known", condition=Q(regulatory_basis__in=RegulatoryBasis.values)
            ),
            models.UniqueConstraint(
                fields=["provider", "source_id"], condition=~Q(source_id=""), name="service_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
