import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from registry import site
from tests.cast import sign_in

PAGES = ["home", "accessibility", "privacy", "open_data"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_the_sites_own_pages_answer_and_refuse_other_methods(client, name):
    page = client.get(reverse(name)).content.decode()
    assert page.count("<h1") == 1
    assert 'href="#main-content"' in page
    assert client.post(reverse(name)).status_code == 405


def test_signed_out_pages_ask_the_database_nothing(client, django_assert_num_queries):
    for name in PAGES:
        client.get(reverse(name))


@pytest.mark.django_db
def test_a_signed_in_person_gets_their_panels_and_can_sign_out(client, checker, monkeypatch):
    sign_in(client, checker)
    monkeypatch.setattr(site, "_home_panels", [])
    assert "Do you give care or support?" in client.get("/").content.decode()
    panels = [
        site.HomePanel("components/inset_text.html", lambda request: None),
        site.HomePanel("components/panel.html", lambda request: {"title": "unused"}),
    ]
    monkeypatch.setattr(site, "_home_panels", panels)
    page = client.get("/").content.decode()
    assert "Hello, Chi Checker" in page
    assert page.count('class="nh-panel"') == 2
    assert f'action="{reverse("account_logout")}"' in page


@pytest.mark.django_db
def test_the_header_shows_links_only_to_those_they_are_for(client, checker, monkeypatch):
    link = site.HeaderLink("Privacy <rules>", "privacy", lambda request: request.user.is_authenticated)
    monkeypatch.setattr(site, "_header_links", [link])
    assert "Privacy &lt;rules&gt;" not in client.get("/").content.decode()
    sign_in(client, checker)
    assert "Privacy &lt;rules&gt;" in client.get("/").content.decode()
    assert 'aria-current="page">Privacy' in client.get(reverse("privacy")).content.decode()


def test_every_page_of_the_demonstration_says_that_nothing_in_it_is_real(client, settings):
    assert "No provider in it is real" not in client.get("/").content.decode()
    settings.DEMO = True
    for name in PAGES:
        assert "No provider in it is real" in client.get(reverse(name)).content.decode()


def test_the_privacy_page_prints_the_one_table_of_retention(client, monkeypatch):
    rule = site.RetentionRule("mail", "Letters we send", "30 days", "To send them again", lambda today: 0)
    monkeypatch.setattr(site, "_retention_rules", {"mail": rule})
    page = client.get(reverse("privacy")).content.decode()
    assert "Letters we send" in page
    assert "30 days" in page
    monkeypatch.setattr(site, "_retention_rules", {})
    assert "<table" not in client.get(reverse("privacy")).content.decode()


def test_robots_are_kept_from_searches_and_forms(client):
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /find/" in answer.content.decode()


@pytest.mark.django_db
def test_the_health_check_asks_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = client.get("/healthz/")
    assert answer.content == b"ok"
    assert "no-store" in answer["Cache-Control"]


def test_a_page_that_is_not_there_is_our_own(client):
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_is_explained():
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {})
    assert answer.status_code == 403
    assert "We could not be sure that form came from you" in answer.content.decode()


def test_the_page_for_our_own_faults_needs_no_database_and_no_request():
    page = render_to_string("500.html")
    assert "Sorry, something went wrong" in page


@pytest.mark.parametrize("name", ["400.html", "403.html"])
def test_refusals_are_our_own_pages(rf, name):
    assert "govuk-heading-l" in render_to_string(name, {"user": None})


def test_no_page_holds_a_script_or_a_style_of_its_own():
    # A PDF is a document by itself, and no browser reads its template.
    pages = [path for path in (settings.BASE_DIR / "templates").rglob("*.html") if not path.stem.endswith("_pdf")]
    written = "".join(path.read_text() for path in pages)
    assert "govuk-heading-l" in written
    assert "<style" not in written
    assert "style=" not in written
    assert "onclick=" not in written
