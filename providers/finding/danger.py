"""Words in a search that tell of danger: whoever types them needs a number to ring before a list. Pure."""

from __future__ import annotations

import re

# Too wide rather than too narrow: the answer only stands above the results, and takes nothing away.
_DANGER = re.compile(
    r"\b(?:suicid\w*|overdos\w*|self[ -]?harm\w*"
    r"|(?:kill|hurt|harm)(?:s|ing)? (?:my|him|her|them)sel\w+"
    r"|(?:end|take) (?:my|his|her|their) (?:own )?li(?:fe|ves)|wants? to die"
    r"|(?:hits?|hitting|beats?|beating|hurts?|hurting|threaten(?:s|ing)?|rap(?:ed|es)) (?:me|her|him|us|them|my|mum)"
    r"|(?:abus|assault|bully)\w*|(?:afraid|scared|frightened) of (?:my|him|her|his|the))\b",
    re.IGNORECASE,
)


def tells_of_danger(text: str) -> bool:
    return _DANGER.search(text) is not None
