"""A visitor who knows a page only by what stands on it: links, labels and buttons. It sends what a browser would."""

import re
from urllib.parse import urlencode, urljoin

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.cast import sign_in


def words_of(tag):
    """As a screen reader says it."""
    return re.sub(r" ([,:])", r"\1", " ".join(tag.get_text(" ").split()))


def named(tags, words):
    """The one that is called so, or whose name begins so; links that lead to the same place count as one."""
    exact = [tag for tag in tags if words_of(tag) == words]
    found = exact or [tag for tag in tags if words_of(tag).startswith(words)]
    different = {tag.get("href") or tag.get("for") or id(tag) for tag in found}
    assert len(different) == 1, f"{len(different)} are called “{words}” among {[words_of(tag) for tag in tags]}"
    return found[0]


class Visitor:
    def __init__(self, user=None):
        self.client = Client(enforce_csrf_checks=True)
        if user:
            sign_in(self.client, user)
        self.screens = {}

    def goto(self, address):
        self._arrive(address, self.client.get(address, follow=True))

    def follow(self, words):
        self.goto(self.leads_to(words))

    def leads_to(self, words):
        return urljoin(self.address, named(self.page.select("a[href]"), words)["href"])

    def opened(self, words):
        """The bytes of the file that a link leads to."""
        response = self.client.get(self.leads_to(words))
        assert response.status_code == 200, response
        return response.getvalue()

    def fill(self, label, value, within=None):
        control = self._control(label, within)
        if control.name == "textarea":
            control.string = value
        elif control.name == "select":
            for option in control.select("option[selected]"):
                del option["selected"]
            named(control.select("option"), value)["selected"] = ""
        else:
            control["value"] = value

    def date(self, legend, day):
        for part in ("day", "month", "year"):
            self.fill(part.title(), str(getattr(day, part)), within=legend)

    def tick(self, label, within=None):
        control = self._control(label, within)
        if control["type"] == "radio":
            for other in self.page.select(f'input[type="radio"][name="{control["name"]}"]'):
                del other["checked"]
        control["checked"] = ""

    def unfold(self, words):
        """What is folded away is on the page already; it only has to be called so."""
        named(self.page.select("main summary"), words)

    def upload(self, label, name, content, content_type):
        self.files[self._control(label)["name"]] = SimpleUploadedFile(name, content, content_type)

    def press(self, words):
        button = named(self.page.select("button"), words)
        form = button.find_parent("form")
        data = self._typed_into(form)
        if button.get("name"):
            data[button["name"]] = [button["value"]]
        address = urljoin(self.address, form.get("action") or self.address)
        if form.get("method") == "post":
            self._arrive(address, self.client.post(address, data, follow=True))
        else:
            self.goto(f"{address}?{urlencode(data, doseq=True)}")

    @property
    def text(self):
        return words_of(self.page.main)

    def _arrive(self, address, response):
        self.address = response.redirect_chain[-1][0] if response.redirect_chain else address
        assert response.status_code == 200, f"{self.address}: {response.status_code}"
        self.page = BeautifulSoup(response.content, "html.parser")
        self.files = {}
        self.screens[self.address] = questions(self.page)

    def _control(self, label, within=None):
        scope = self.page.main
        if within:
            scope = named(self.page.select("legend"), within).find_parent("fieldset")
        return scope.find(id=named(scope.select("label"), label)["for"])

    def _typed_into(self, form):
        typed = {}
        for control in form.select("input[name], textarea[name], select[name]"):
            kind = control.get("type", control.name)
            if kind == "file":
                values = [self.files[control["name"]]] if control["name"] in self.files else []
            elif kind in ("checkbox", "radio"):
                values = [control.get("value", "on")] if control.has_attr("checked") else []
            elif kind == "select":
                values = [(control.select_one("option[selected]") or control.option).get("value", "")]
            else:
                values = [control.string or "" if kind == "textarea" else control.get("value", "")]
            typed.setdefault(control["name"], []).extend(values)
        return {name: values for name, values in typed.items() if values}


def questions(page):
    """What a page asks: a date in three boxes is one question, and so is a list to tick."""
    groups = page.main.select("form[method=post] .govuk-form-group")
    outer = [group for group in groups if not group.find_parent(class_="govuk-form-group")]
    return [words_of(group.select_one("legend, label")) for group in outer]
