import pytest
from django.core.exceptions import ValidationError

from registry.names import readable
from registry.pages.fields import NameField


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rosie's Home Help", "Rosie's Home Help"),
        ("  Rosie's \t Home\n Help ", "Rosie's Home Help"),
        # Marks that would turn round the words after the name.
        ("Rosie\u202e pleH", "Rosie pleH"),
        ("\u2067Rosie\u2069", "Rosie"),
        ("\u200fRosie\u061c", "Rosie"),
        ("Ro\u00adsie\ufeff\u2060", "Rosie"),
        ("Rosie\x00\x1b[31m", "Rosie[31m"),
        ("Rosie\nBcc: all@example.com", "Rosie Bcc: all@example.com"),
        # Names from right to left keep their letters, and so their direction.
        ("שרה", "שרה"),
        ("مساعدة\u200fسارة", "مساعدةسارة"),
        # Emoji stay, those of several parts too.
        ("Sunny 🌻", "Sunny 🌻"),
        ("❤️ Care", "❤️ Care"),
        ("👩‍👩‍👧 Family", "👩‍👩‍👧 Family"),
        ("🏴󠁧󠁢󠁷󠁬󠁳󠁿 Gofal", "🏴󠁧󠁢󠁷󠁬󠁳󠁿 Gofal"),
        ("🌻", "🌻"),
        # An accent typed apart from its letter is the same name.
        ("Zoe\u0308", "Zoë"),
        ("3rd Age & Co.", "3rd Age & Co."),
        # Nothing to see.
        ("", ""),
        (" \u00a0 ", ""),
        ("\u200b\u200d\u2060", ""),
        ("\u202e\u202c", ""),
        ("\u3164\u2800", ""),
        ("\u0301\u0301", ""),
        ("\ue000\udc00", ""),
    ],
)
def test_a_name_reads_as_it_looks(written, read):
    assert readable(written) == read
    assert readable(read) == read


def test_a_name_that_cannot_be_seen_was_not_given():
    assert NameField().clean("Ro\u202esie") == "Rosie"
    with pytest.raises(ValidationError, match="required"):
        NameField().clean("\u200b\u3164")
    assert NameField(required=False).clean(None) == ""
