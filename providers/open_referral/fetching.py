"""A feed read page by page from its address: politely, with a bound on everything, and to public addresses only.

Whoever runs the command chooses the address, but not where a feed's redirects and page links lead: each is held
against the same rules, and the connection goes to the very address that was looked at.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import re
import socket
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from providers.open_referral.shapes import listed_in

TIMEOUT = 30.0
TRIES = 4
REDIRECTS = 5
MOST_BYTES = 64 * 1024 * 1024
MOST_BYTES_OF_LINES = 256 * MOST_BYTES
MOST_PAGES = 200_000
PER_PAGE = 100
# Between pages: a feed of a small council is often one small machine.
PAUSE = 0.2
AGENT = "Nearhand import (Open Referral UK)"


class CannotFetch(Exception):
    """Why the feed cannot be read, in a sentence."""


class _Again(Exception):
    """A failure that often passes."""


@dataclass(frozen=True)
class Answer:
    body: IO[bytes]
    is_lines: bool


def is_address(source: str) -> bool:
    return "://" in source[:12]


class Fetcher:
    def __init__(
        self, *, sleep: Callable[[float], object] = time.sleep, pause: float = PAUSE, most_bytes: int = MOST_BYTES
    ) -> None:
        self._sleep, self._pause, self._most_bytes = sleep, pause, most_bytes
        # The host that was typed may lie inside a private network; nobody it sends us to may.
        self._typed = ""

    def rows(self, address: str) -> Iterator[Any]:
        """Every row of every page. A feed that says how many pages it has is read to the last of them."""
        self._typed = urlsplit(address).hostname or ""
        first = url = _services(address)
        before: list[Any] = []
        for number in range(1, MOST_PAGES + 1):
            answer = self.get(url)
            with answer.body as body:
                if answer.is_lines:
                    yield from _lines(url, body)
                    return
                document = _document(url, body)
            listed = listed_in(document)
            if listed is None:
                raise CannotFetch(f"{url} is not a page of Open Referral: it has no list called contents.")
            # A feed that knows no pages answers with the same one for ever.
            if not listed or listed == before:
                return
            yield from listed
            following = _next(document, first, number)
            if following is None:
                return
            url, before = following, listed
            self._sleep(self._pause)

    def get(self, url: str) -> Answer:
        for attempt in range(TRIES):
            try:
                return self._follow(url)
            except (_Again, OSError, http.client.HTTPException) as error:
                if attempt == TRIES - 1:
                    raise CannotFetch(f"{url} did not answer: {str(error) or type(error).__name__}.") from error
                self._sleep(2.0**attempt)
        raise AssertionError("the last attempt returns or raises")

    def _follow(self, url: str) -> Answer:
        for _hop in range(REDIRECTS + 1):
            found = self._once(url)
            if isinstance(found, Answer):
                return found
            url = urljoin(url, found)
        raise CannotFetch(f"{url} sends on and on to other addresses.")

    def _once(self, url: str) -> Answer | str:
        """The answer, or the address that it sends us on to."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise CannotFetch(f"{url} is not an http or https address.")
        connection = _connection(parts, may_be_private=parts.hostname == self._typed)
        try:
            target = urlunsplit(("", "", parts.path or "/", parts.query, ""))
            wants = {"Accept": "application/json, application/x-ndjson", "User-Agent": AGENT, "Host": parts.netloc}
            connection.request("GET", target, headers=wants)
            response = connection.getresponse()
            if response.status in (301, 302, 303, 307, 308):
                return response.getheader("Location") or ""
            return self._answer(url, response)
        finally:
            connection.close()

    def _answer(self, url: str, response: http.client.HTTPResponse) -> Answer:
        if response.status == 429 or response.status >= 500:
            self._sleep(_asked_to_wait(response))
            raise _Again(f"it answered {response.status}")
        if response.status != 200:
            raise CannotFetch(f"{url} answered {response.status} {response.reason}.")
        is_lines = bool(re.search("ndjson|jsonl|json-seq", response.getheader("Content-Type") or ""))
        at_most = MOST_BYTES_OF_LINES if is_lines else self._most_bytes
        # On disk past a megabyte: a register in lines is read row by row, and is never whole in memory.
        body = tempfile.SpooledTemporaryFile(max_size=1024 * 1024)  # noqa: SIM115  # closed by who reads it
        while piece := response.read(64 * 1024):
            body.write(piece)
            if body.tell() > at_most:
                body.close()
                raise CannotFetch(f"{url} is longer than {at_most // 1024 // 1024} MB. Ask for smaller pages.")
        body.seek(0)
        return Answer(body, is_lines)


def _document(url: str, body: IO[bytes]) -> Any:
    try:
        return json.loads(body.read().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CannotFetch(f"{url} did not answer with JSON in UTF-8.") from error


def _lines(url: str, body: IO[bytes]) -> Iterator[Any]:
    while line := body.readline(MOST_BYTES):
        try:
            if plain := line.decode("utf-8-sig").strip(" \t\r\n\x1e"):
                yield json.loads(plain)
        except (ValueError, RecursionError) as error:
            raise CannotFetch(f"{url} holds a line that is not JSON in UTF-8.") from error


def _asked_to_wait(response: http.client.HTTPResponse) -> float:
    asked = response.getheader("Retry-After") or ""
    return min(float(asked), 60.0) if asked.isdigit() else 0.0


def _connection(parts: SplitResult, *, may_be_private: bool) -> http.client.HTTPConnection:
    """To the address that was looked at, and no other: a name may answer differently the second time."""
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    family, kind, protocol, _name, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    if not may_be_private and not ipaddress.ip_address(str(where[0]).partition("%")[0]).is_global:
        raise CannotFetch(f"{host} is an address inside a private network, and is not read.")
    opened = socket.socket(family, kind, protocol)
    opened.settimeout(TIMEOUT)
    try:
        opened.connect(where)
        if parts.scheme == "https":
            opened = ssl.create_default_context().wrap_socket(opened, server_hostname=host)
    except BaseException:
        opened.close()
        raise
    connection = http.client.HTTPConnection(host, port, timeout=TIMEOUT)
    connection.sock = opened
    return connection


def _services(address: str) -> str:
    """The address of the first page: the root of a feed is asked for its services, and a file is taken as it is."""
    parts = urlsplit(address)
    path = parts.path.rstrip("/")
    last = path.rpartition("/")[2]
    if parts.query or re.search(r"\.[a-z]+$", last):
        return address
    if last not in ("services", "organizations"):
        path = f"{path}/services"
    return urlunsplit(parts._replace(path=path, query=urlencode({"per_page": PER_PAGE})))


def _next(document: Any, first: str, number: int) -> str | None:
    """The page after this one: by the feed's own link, or by its number while its own count says there is one."""
    if not isinstance(document, Mapping):
        return None
    link = document.get("next")
    if isinstance(link, str) and link:
        return urljoin(first, link)
    total = document.get("total_pages", document.get("totalPages"))
    is_last = document.get("last_page", document.get("last"))
    has_more = number < total if isinstance(total, int) else is_last is False
    if not has_more:
        return None
    parts = urlsplit(first)
    return urlunsplit(parts._replace(query=urlencode({**dict(parse_qsl(parts.query)), "page": number + 1})))
