"""How words are set, so that a page and its PDF read the same."""

from __future__ import annotations

import re

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()

# After these a line may end inside a word.
BREAKS = re.compile(r"\S*[-–—/]\S*")


@register.filter
def unbroken(words: str) -> str:
    """The words, each with a hyphen or a slash kept on one line: a break inside one makes it two for a listener."""
    text = str(words)
    pieces, end = [], 0
    for found in BREAKS.finditer(text):
        pieces.append(format_html("{}<span class='nh-word'>{}</span>", text[end : found.start()], found.group()))
        end = found.end()
    return format_html("{}{}", format_html_join("", "{}", ((piece,) for piece in pieces)), text[end:])
