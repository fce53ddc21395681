"""Pages in a real chromium, judged by axe. The browser is the machine's own: nothing is downloaded."""

import os
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import sync_playwright

from tests.cast import sign_in

PHONE, DESK = 375, 1280
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}


def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def database_beside_a_running_loop():
    """Playwright keeps an event loop running, and Django then refuses the database unless told that it is meant."""
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    yield
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session", autouse=True)
def style_sheet():
    """Contrast and width are judged with the style sheet that people get; a second build takes no time."""
    call_command("build_frontend")


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "The browser tests need chromium: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page_at(browser, live_server):
    """A page of its own visitor: `page_at(375)`, `page_at(1280, javascript=False)`, with the site's address as base."""
    contexts = []

    def open_page(width=DESK, *, javascript=True, height=800):
        context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=javascript, base_url=live_server.url
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in_as(live_server, settings):
    """Put a person's session into a page's cookies, second factor included."""

    def sign_in_there(page, user):
        client = sign_in(Client(), user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return sign_in_there


def axe(page):
    """Assert that axe finds nothing, naming the rule and the element when it does."""
    # A page just asked for may still be coming.
    page.wait_for_load_state()
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{fault['id']}: {node['html']}" for fault in found for node in fault["nodes"]]
    assert not told, f"{page.url}\n" + "\n".join(told)


def fits_the_width(page):
    """Assert that nothing makes the page scroll sideways."""
    page.wait_for_load_state()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= page.viewport_size["width"], f"{page.url} is {wide} px wide"
