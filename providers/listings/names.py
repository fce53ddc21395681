"""Names of providers among the words of a need, with their slips put right.

Whose name a word is, only the register knows. It is asked about words that are nobody's: no ordinary word, none of the
vocabulary. Nothing is kept beside the listings themselves, so that the name of whoever leaves is gone with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import connection

from providers.listings.by_index import by_index
from providers.meaning import matching
from providers.meaning.model import knows
from providers.meaning.needs import Need, is_said_in_words
from providers.meaning.stems import slips_between, stem, tokens_of

# Shorter words are too like each other, and nobody types more names than a handful at once.
LETTERS = range(4, 31)
HANDFUL = 4
# A word this long may have two slips.
LONG = 8
# How much of a word a slip or two leave as it was, as pg_trgm reckons it.
ALIKE = 0.3
# What is looked at, whatever was typed: texts that hold a word, listings with a name like it, the names most like it.
TEXTS, LISTINGS, NAMES = 50, 1000, 40
HOLDING = f"""
SELECT said.word, ARRAY(
    SELECT DISTINCT listing.provider_name
    FROM (SELECT service_id FROM providers_searchwords
          WHERE words @@ plainto_tsquery('english', said.word) LIMIT {TEXTS}) AS held
    JOIN providers_listing AS listing USING (service_id))
FROM unnest(%s::text[]) AS said (word)
"""
# The words of whoever is suspended or has left are deleted at once; asked row by row, lest they be read as a table.
LIKE = f"""
SELECT said.word, ARRAY(
    SELECT alike.provider_name
    FROM (SELECT provider_name FROM providers_listing AS listing
          WHERE provider_name %%> said.word AND (
              SELECT TRUE FROM providers_searchwords AS words WHERE words.service_id = listing.service_id
          ) LIMIT {LISTINGS}) AS alike
    GROUP BY alike.provider_name
    ORDER BY word_similarity(said.word, alike.provider_name) DESC, alike.provider_name LIMIT {NAMES})
FROM unnest(%s::text[]) AS said (word)
"""


def with_names(need: Need) -> Need:
    """The need with words that are slips of a name as that name has them, and with who it names."""
    words = need.words.split()
    strange = list(dict.fromkeys(filter(_is_nobodys, words)))[:HANDFUL]
    if not strange:
        return need
    meant, names = _meant(strange, words)
    if not meant:
        return need
    written = [meant.get(word, word) for word in words]
    need = replace(need, words=" ".join(written), named=tuple(dict.fromkeys(meant.values())))
    if _is_whole(written, names) and not is_said_in_words(need.asked):
        # Nothing but a name, which is near to some kind of help only by chance.
        others = tuple(meaning for meaning in need.meanings if meaning.kind != "category")
        return replace(need, meanings=others, unknown=True)
    return need


def _is_nobodys(word: str) -> bool:
    return len(word) in LETTERS and word.replace("'", "").isalpha() and not knows(word) and not matching.is_ours(word)


def _is_whole(words: Collection[str], names: Iterable[str]) -> bool:
    said = set(map(_bare, words))
    return any(said <= set(map(_bare, tokens_of(name))) for name in names)


def _meant(strange: Sequence[str], words: Collection[str]) -> tuple[dict[str, str], set[str]]:
    """Those of the strange words that are names, each as the name has it, and names like those that hold them."""
    with connection.cursor() as cursor, by_index(cursor):
        holding = _asked(cursor, HOLDING, strange)
        unheld = [word for word in strange if not holding[word]]
        cursor.execute(f"SET LOCAL pg_trgm.word_similarity_threshold = {ALIKE}")
        like = _asked(cursor, LIKE, unheld) if unheld else {}
    found = {word: _in_names(word, holding[word]) or _slip_of(word, like.get(word, ()), words) for word in strange}
    # Too short to be found by itself, a slip may still be clear beside a word of the same name: "Kingfisher and Wier".
    known = {name for word in strange if found[word] for name in (*holding[word], *like.get(word, ()))}
    beside = sorted(name for name in known if set(found.values()) & set(tokens_of(name)))
    mended = [found.get(word) or word for word in words]
    found |= {word: _slip_of(word, beside, mended) for word in unheld if not found[word]}
    return {word: name for word, name in found.items() if name}, known


def _asked(cursor: object, sql: str, words: Sequence[str]) -> Mapping[str, Sequence[str]]:
    cursor.execute(sql, [list(words)])  # type: ignore[attr-defined]
    return dict(cursor.fetchall())  # type: ignore[attr-defined]


def _in_names(word: str, names: Iterable[str]) -> str:
    """The word as the names have it: "rosies" is Rosie's."""
    bare = _bare(word)
    return next((token for name in names for token in tokens_of(name) if _bare(token) == bare), "")


def _bare(token: str) -> str:
    return stem(token.replace("'", ""))


def _slip_of(word: str, names: Iterable[str], words: Collection[str]) -> str:
    """The word of a name that this is a slip of. An ordinary word is one only beside another word of that name."""
    allowed = 1 if len(word) < LONG else 2
    others = {_bare(other) for other in words if other != word}
    found = []
    for name in names:
        tokens = tokens_of(name)
        for token in tokens:
            is_name = not _is_ordinary(token) or others.intersection(map(_bare, tokens))
            # People slip inside a word far more often than at its first letter.
            if is_name and token[0] == word[0] and (slips := slips_between(word, token)) <= allowed:
                found.append((slips, token))
    return min(found)[1] if found else ""


def _is_ordinary(token: str) -> bool:
    return knows(token) or matching.is_ours(token)
