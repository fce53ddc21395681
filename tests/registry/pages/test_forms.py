import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.test import RequestFactory

from registry.pages.fields import DateField
from tests.registry.pages.form_of_all_kinds import FormOfAllKinds

FIELDS = [name for name in FormOfAllKinds.base_fields if name != "secret"]


def soup(form):
    template = Template('{% include "components/error_summary.html" %}<form>{{ form }}</form>')
    return BeautifulSoup(template.render(Context({"form": form})), "html.parser")


def test_every_link_of_the_error_summary_leads_to_a_control_of_its_field():
    form = FormOfAllKinds({})
    page = soup(form)
    targets = [link["href"].removeprefix("#") for link in page.select(".govuk-error-summary a")]
    controls = [page.find(id=target) for target in targets]
    assert [control.name for control in controls if control.name not in {"input", "textarea", "select"}] == []
    names = [control["name"].removesuffix("_day") for control in controls]
    assert names == FIELDS


def test_ids_are_used_once_and_every_reference_leads_somewhere():
    for form in (FormOfAllKinds(), FormOfAllKinds({})):
        page = soup(form)
        identities = [element["id"] for element in page.select("[id]")]
        assert len(identities) == len(set(identities))
        references = [
            words for element in page.select("[aria-describedby]") for words in element["aria-describedby"].split()
        ]
        references += [label["for"] for label in page.select("label[for]")]
        assert set(references) <= set(identities)


def test_each_field_shows_its_own_error_and_is_described_by_it():
    page = soup(FormOfAllKinds({}))
    assert len(page.select(".govuk-form-group--error")) == len(FIELDS)
    name = page.find(id="id_name")
    assert name["aria-describedby"] == "id_name_helptext id_name_error"
    assert name["class"] == ["govuk-input", "govuk-input--error"]
    assert page.find(id="id_name_error").get_text(" ", strip=True) == "Error: This field is required."
    legend = page.find("fieldset", attrs={"aria-describedby": "id_starts_helptext id_starts_error"}).legend
    assert legend.get_text(strip=True) == "When does it start?"


def test_what_councils_and_providers_write_is_escaped():
    html = str(soup(FormOfAllKinds()))
    assert "Your &lt;b&gt;name&lt;/b&gt;" in html
    assert "As on your &lt;i&gt;post&lt;/i&gt;" in html
    assert "help &lt;now &amp; then&gt;" in html


def test_the_browser_stops_nothing_that_our_own_errors_explain():
    page = soup(FormOfAllKinds())
    assert page.select("[required], [maxlength], [min], [step]") == []
    assert page.find(id="id_people")["inputmode"] == "numeric"
    assert page.find(id="id_miles")["inputmode"] == "decimal"
    assert page.find(id="id_email")["autocomplete"] == "email"


def test_what_was_typed_is_kept():
    typed = {
        "name": "Ann",
        "words": "I cook\nand clean",
        "legal_form": "coop",
        "kinds": ["cook", "walk"],
        "council": "E1",
        "agree": "on",
        "starts_day": "31",
        "starts_month": "2",
        "starts_year": "2026",
        "price": "£12.505",
    }
    page = soup(FormOfAllKinds(typed))
    assert page.find(id="id_name")["value"] == "Ann"
    assert page.find(id="id_words").string.strip() == "I cook\nand clean"
    assert [box["name"] for box in page.select("input[checked]")] == ["legal_form", "kinds", "kinds", "agree"]
    assert page.select_one("option[selected]")["value"] == "E1"
    assert [page.find(id=f"id_starts_{part}")["value"] for part in ("day", "month", "year")] == ["31", "2", "2026"]
    assert page.find(id="id_price")["value"] == "£12.505"


def test_optional_fields_say_so_unless_the_form_is_a_set_of_filters():
    class Filters(forms.Form):
        near = forms.CharField(required=False)
        days = forms.MultipleChoiceField(
            choices=[("mon", "Monday")], widget=forms.CheckboxSelectMultiple, required=False
        )
        only = forms.BooleanField(required=False)

    assert str(Filters()).count("(optional)") == 2
    Filters.mark_optional = False
    assert "(optional)" not in str(Filters())


def test_a_label_can_be_the_heading_of_the_page():
    template = Template('{% include "components/field.html" with field=form.name size="l" heading=True %}')
    page = BeautifulSoup(template.render(Context({"form": FormOfAllKinds()})), "html.parser")
    assert page.select_one("h1.govuk-label-wrapper > label.govuk-label--l")
    template = Template('{% include "components/field.html" with field=form.starts size="l" heading=True %}')
    page = BeautifulSoup(template.render(Context({"form": FormOfAllKinds()})), "html.parser")
    assert page.select_one("legend.govuk-fieldset__legend--l > h1.govuk-fieldset__heading")


def test_errors_of_the_whole_form_stand_in_the_summary():
    form = FormOfAllKinds({})
    form.add_error(None, "These do not go together")
    form.add_error("secret", "Reload the page")
    summary = soup(form).select_one(".govuk-error-summary")
    items = {item.get_text(strip=True): item.a for item in summary.select("li")}
    assert items["These do not go together"] is None
    assert items["Reload the page"] is None


def test_a_choice_with_nothing_to_choose_still_has_a_target():
    class Empty(forms.Form):
        choice = forms.ChoiceField(choices=[], widget=forms.RadioSelect)

    page = soup(Empty({}))
    assert page.find(id=page.select_one(".govuk-error-summary a")["href"].removeprefix("#"))


def test_only_the_missing_box_of_a_date_is_marked():
    class Form(forms.Form):
        starts = DateField(what="insurance start date")

    form = Form({"starts_day": "3", "starts_month": "March", "starts_year": ""})
    assert form.errors["starts"] == ["Insurance start date must include a year"]
    assert [box["id"] for box in soup(form).select(".govuk-input--error")] == ["id_starts_year"]


@pytest.mark.parametrize("number", [1, 2, 5, 9])
def test_pagination_keeps_the_search(number):
    page = Paginator(range(90), 10).page(number)
    request = RequestFactory().get("/find/", {"need": "lunch", "page": number})
    html = Template('{% include "components/pagination.html" %}').render(RequestContext(request, {"page": page}))
    links = BeautifulSoup(html, "html.parser").select("a")
    assert all("need=lunch" in link["href"] for link in links)
    assert [link.get_text(strip=True) for link in links if link.get("aria-current")] == [str(number)]
