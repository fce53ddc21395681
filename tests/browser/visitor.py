"""The visitor of the journeys, in a real browser: each page that it comes to is judged, and kept as a picture if asked.

`NEARHAND_SHOTS=folder` keeps a picture of every page at its whole length.
"""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from tests.browser.conftest import axe, fits_the_width


def beginning(words):
    return re.compile(rf"^\s*{re.escape(words)}")


class BrowserVisitor:
    """`judge` opens a page with JavaScript on: axe needs it, and looks at the same address for a visitor without."""

    def __init__(self, page, name, judge=None):
        self.page = page
        self.name = name
        self.judge = judge
        self.seen = 0

    def goto(self, address):
        self.page.goto(address)
        self._look()

    def follow(self, words):
        self.page.locator("a", has_text=beginning(words)).first.click()
        self._look()

    def opened(self, words):
        """The bytes of the file that a link leads to."""
        link = self.page.locator("a", has_text=beginning(words)).first
        return self.page.context.request.get(link.get_attribute("href")).body()

    def fill(self, label, value, within=None):
        control = self._control(label, within)
        if control.evaluate("e => e.localName") == "select":
            control.select_option(label=value)
        else:
            control.fill(value)

    def date(self, legend, day):
        for part in ("day", "month", "year"):
            self.fill(part.title(), str(getattr(day, part)), within=legend)

    def tick(self, label, within=None):
        control = self._control(label, within, exact=True)
        group = control.locator("xpath=ancestor::details[not(@open)]/summary")
        if group.count():
            group.click()
        control.check()

    def unfold(self, words):
        self.page.locator("main summary", has_text=beginning(words)).first.click()

    def upload(self, label, name, content, content_type):
        self._control(label).set_input_files({"name": name, "mimeType": content_type, "buffer": content})

    def press(self, words):
        self.page.locator("main button", has_text=beginning(words)).first.click()
        self._look()

    @property
    def address(self):
        there = urlsplit(self.page.url)
        return there.path + (f"?{there.query}" if there.query else "")

    @property
    def text(self):
        return " ".join(self.page.locator("main").text_content().split())

    def _control(self, label, within=None, exact=False):
        scope = self.page.locator("main")
        if within:
            scope = self.page.get_by_role("group", name=beginning(within))
        return scope.get_by_label(label if exact else beginning(label), exact=exact).first

    def _look(self):
        self.page.wait_for_load_state()
        self._keep_picture()
        fits_the_width(self.page)
        axe(self._as_axe_needs_it())

    def _as_axe_needs_it(self):
        if self.judge is None:
            return self.page
        self.judge.context.clear_cookies()
        self.judge.context.add_cookies(self.page.context.cookies())
        self.judge.goto(self.address)
        return self.judge

    def _keep_picture(self):
        folder = os.environ.get("NEARHAND_SHOTS")
        if folder:
            self.seen += 1
            place = re.sub(r"\W+", "-", self.address).strip("-")[:60]
            width = self.page.viewport_size["width"]
            path = Path(folder) / f"{width}-{self.name}-{self.seen:02}-{place}.png"
            self.page.screenshot(path=path, full_page=True)
