"""What a postcode looks like, and what people type instead. Pure."""

import re
import unicodedata
from dataclasses import dataclass

# The longest thing anyone types for a postcode, with room for stray spaces; more is not read at all.
LONGEST = 30

# NPT and GIR, Newport's old one and a bank's, have no digit. Both are in the national list.
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?|NPT|GIR")
INWARD = re.compile(r"[0-9][A-Z]{2}")

# Postcode areas whose postcodes the British list does not hold, or holds without a point.
ELSEWHERE = {
    "BT": "northern_ireland",
    "GY": "channel_islands",
    "JE": "channel_islands",
    "IM": "isle_of_man",
}

LIKE_DIGITS = str.maketrans("OIL", "011")


@dataclass(frozen=True)
class Written:
    """A postcode as it should be written, or its first half alone (then `inward` is empty)."""

    outward: str
    inward: str = ""

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}".strip()

    @property
    def code(self) -> str:
        """Without the space: how the list holds it."""
        return self.outward + self.inward

    @property
    def elsewhere(self) -> str:
        """northern_ireland, channel_islands or isle_of_man; empty in Great Britain."""
        return ELSEWHERE.get(self.outward[:2], "")


def read(typed: str) -> Written | None:
    """The postcode or first half of one that somebody meant; None when it can be neither."""
    words = tidy(typed).split()
    together = "".join(words)
    # Without a digit it is a word: Hull would be mended into HU11.
    if len(typed) > LONGEST or not re.search("[0-9]", together):
        return None
    outward, inward = together[:-3], together[-3:]
    as_typed = full(outward, inward)
    if as_typed or wrongly_divided(words):
        return as_typed
    return full(mend_outward(outward), mend_inward(inward)) or first_half(mend_outward(together))


def tidy(typed: str) -> str:
    """Capitals, one plain space between words; marks such as full stops, dashes and quotes are spaces."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    return re.sub(r"[\W_]+", " ", plain).strip()


def full(outward: str, inward: str) -> Written | None:
    return Written(outward, inward) if OUTWARD.fullmatch(outward) and INWARD.fullmatch(inward) else None


def first_half(outward: str) -> Written | None:
    return Written(outward) if OUTWARD.fullmatch(outward) else None


def wrongly_divided(words: list[str]) -> bool:
    """`BA1 1` and `BA1 1LZZ`: a slip after the space. Closing it up would move them to BA11, another town."""
    return len(words) == 2 and len(words[1]) != 3 and first_half(mend_outward(words[0])) is not None


def mend_inward(inward: str) -> str:
    """The second half begins with a digit: O, I or L there can only be 0 or 1."""
    return inward[:1].translate(LIKE_DIGITS) + inward[1:]


def mend_outward(outward: str) -> str:
    """Letters where only digits can stand, and a nought for the letter O of Oldham, Oxford or Southampton."""
    # No first half begins with a digit, and none has 0 as the first of several digits, or of what must be digits.
    outward = re.sub(r"(?<=^[A-Z])0(?=[0-9OIL])", "O", re.sub(r"^0", "O", outward))
    # After the area's one or two letters comes a digit, then a digit or a letter that is never O, I or L.
    found = re.fullmatch(r"([A-Z]{1,2})([0-9OIL][0-9A-Z]?)", outward)
    return found[1] + found[2].translate(LIKE_DIGITS) if found else outward
