from django import forms

from registry.pages.fields import DateField, Hinted, MoneyField

LEGAL_FORMS = [
    ("sole", Hinted("Just me", "You may have people who help <now & then>")),
    ("coop", "Co-operative"),
]
GROUPED = [("Home", [("cook", "Cooking"), ("clean", "Cleaning")]), ("Out", [("walk", "Walks")])]


class FormOfAllKinds(forms.Form):
    """One of each kind of field that the product uses, all compulsory."""

    name = forms.CharField(label="Your <b>name</b>", help_text="As on your <i>post</i>", max_length=20)
    email = forms.EmailField(label="Email address")
    phone = forms.CharField(label="Phone", widget=forms.TextInput(attrs={"type": "tel"}))
    words = forms.CharField(label="What do you do?", widget=forms.Textarea(attrs={"rows": 4}))
    people = forms.IntegerField(label="How many people?", min_value=0)
    miles = forms.DecimalField(label="How many miles?", max_digits=4, decimal_places=1)
    legal_form = forms.ChoiceField(label="Legal form", choices=LEGAL_FORMS, widget=forms.RadioSelect)
    kinds = forms.MultipleChoiceField(label="Kinds", choices=GROUPED, widget=forms.CheckboxSelectMultiple)
    council = forms.ChoiceField(label="Council", choices=[("", "Choose"), ("E1", "Bath")])
    agree = forms.BooleanField(label="I agree")
    starts = DateField(label="When does it start?", what="start date", help_text="For example, 27 3 2026")
    price = MoneyField(label="Price for an hour", what="price")
    proof = forms.FileField(label="Certificate")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)
