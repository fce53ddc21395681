from django import forms

from providers.models import Service


class ShortlistForm(forms.Form):
    service = forms.ModelChoiceField(queryset=Service.listed.all())
