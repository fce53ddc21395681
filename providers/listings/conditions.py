"""A question as conditions on search rows: SQL over packed columns, with every word of the asker as a parameter.

Numbers are ours (bits, grid points, days) and stand in the SQL as they are; nothing that was typed does.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from django.db import connection

from providers.listings.facets import UNSAID_FITS, terms_of
from providers.listings.known import as_said, category_numbers
from providers.listings.packing import (
    CHECKS,
    CHECKS_HIGH,
    CHECKS_LOW,
    CHOSEN,
    DAY_BITS,
    FOR_GOOD,
    INDEXED,
    LANES,
    categories,
    chosen_lexemes,
    day_number,
    signature,
)
from providers.meaning.needs import Need
from providers.models import LanguageSet

if TYPE_CHECKING:
    from providers.listings.search import Question

WORDS_AT_MOST = 300
LEXEMES = "SELECT tsvector_to_array(to_tsvector('english', %s)), tsvector_to_array(to_tsvector('english', %s))"
WHOLE_NAME, NAMED = "%(whole)s::tsquery", "%(named)s::tsquery"
NOBODY = "FALSE"
# In hundredths, as all fits are. What meets a need in its own words, and no more: weights of categories go up to 100.
WORDS_FIT, ALSO_FITS, UNWANTED = 70, 20, 50
# Somebody asked for by name is meant, whatever else the words may mean; `rank` is 1 more where a name holds the word.
NAMED_FITS = 200
MORE_FITS = 5


@dataclass(frozen=True)
class Text:
    """Words to be found in texts: standing together, all of them, or any of them; `named` by themselves, in names."""

    words: str
    lexemes: tuple[str, ...]
    how: Literal["none", "phrase", "all", "any"]
    named: tuple[str, ...] = ()

    @property
    def widens(self) -> bool:
        """Whether more texts hold some of the words than hold them as they are asked for now."""
        return self.how == "phrase" or (self.how == "all" and len(self.lexemes) > 1)

    @property
    def query(self) -> str:
        """As a tsquery; the words are a parameter."""
        functions = {
            "phrase": "phraseto_tsquery('english', ",
            "all": "websearch_to_tsquery('english', ",
            "any": "to_tsquery(",
        }
        in_texts = f"{functions[self.how]}%(words)s)"
        # "Mop and Bucket" is no phrase without its "and".
        whole = [WHOLE_NAME] if self.how == "phrase" else []
        return f"({' || '.join([in_texts, *whole, *([NAMED] if self.named else [])])})"

    @property
    def parameters(self) -> dict[str, str]:
        """What was typed, for the query; "A" is where names stand."""
        return {
            "words": " | ".join(map(_quoted, self.lexemes)) if self.how == "any" else self.words,
            "whole": " & ".join(f"{_quoted(lexeme)}:A" for lexeme in self.lexemes),
            "named": " | ".join(f"{_quoted(lexeme)}:A" for lexeme in self.named),
        }

    @property
    def may_hold(self) -> str:
        """What the signature says: never no where the text holds the words."""
        if self.how == "any":
            return " OR ".join(f"({_has_bits([lexeme])})" for lexeme in self.lexemes)
        # "or" and "-" of a web search ask for less than all the words.
        is_plain = self.how == "phrase" or not any(sign in f" {self.words.lower()} " for sign in ('"', "-", " or "))
        if not is_plain:
            return "TRUE"
        return " OR ".join(f"({_has_bits(lexemes)})" for lexemes in [self.lexemes, *([one] for one in self.named)])


def text_of(need: Need) -> Text:
    """Beside categories the words must stand together: "care at home" is no care home."""
    words = need.words.replace("\0", " ").strip()[:WORDS_AT_MOST]
    if not words:
        return Text("", (), "none")
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [words, " ".join(need.named)])
        lexemes, named = map(tuple, cursor.fetchone())
    if not lexemes and need.categories:
        return Text("", (), "none")
    return Text(words, lexemes, "phrase" if need.categories else "all", named)


@dataclass(frozen=True)
class Conditions:
    question: Question
    text: Text
    # Whether what was chosen narrows the candidates of a question without a place to come to.
    is_narrow: bool = False
    # Whether categories that are hardly meant are looked among too.
    is_wide: bool = False

    @cached_property
    def by_category(self) -> list[tuple[int, str]]:
        """Weight and condition of each category that is looked among, the strongest first."""
        weights = self.question.need.looked_among(widely=self.is_wide)
        known = category_numbers(weights)
        strongest = sorted(weights, key=lambda code: -weights[code])
        return [(round(100 * weights[code]), _has_category([known[code]])) for code in strongest if code in known]

    @cached_property
    def wanted(self) -> list[int]:
        """The numbers of the categories that are looked among."""
        codes = self.question.need.looked_among(widely=self.is_wide)
        known = category_numbers(codes)
        return [known[code] for code in codes if code in known]

    @property
    def has_text(self) -> bool:
        return self.text.how != "none"

    @property
    def has_need(self) -> bool:
        return bool(self.question.need.categories) or self.has_text

    def fixed(self) -> list[str]:
        """What shuts out whatever is chosen: days that were understood, the open feed."""
        days = self.question.need.days
        feed = ["in_open_feed"] if self.question.in_open_feed else []
        return [*([self._of_facet("day", days)] if days else []), *feed]

    def may_meet(self) -> list[str]:
        """Rows that could meet the need, by what stands on the row itself; in an area, of what was chosen too."""
        narrow = self.chosen() if self.is_narrow and self.question.has_area else []
        if not self.has_need:
            return narrow
        return [*narrow, _any([_has_category(self.wanted), *([self.text.may_hold] if self.has_text else [])])]

    def meets(self) -> str:
        """Rows that do meet it, now that `rank` says how well the text holds the words, if it holds them."""
        return _any([_has_category(self.wanted), "rank IS NOT NULL"])

    def rank(self) -> str:
        """How well the text holds the words; read only where the row's signature does not deny it.

        A scalar subquery, never EXISTS: that would let the planner read the words of the whole register.
        """
        words = f"SELECT {self.rank_of_words()} FROM providers_searchwords AS w WHERE w.service_id = entry.service_id"
        return f"CASE WHEN {self.text.may_hold} THEN ({words}) END"

    def rank_of_words(self) -> str:
        query = self.text.query
        named = f" + CASE WHEN words @@ {NAMED} THEN 1 ELSE 0 END" if self.text.named else ""
        return f"CASE WHEN words @@ {query} THEN ts_rank(words, {query}){named} END"

    def chosen(self) -> list[str]:
        """One condition for each facet that something was chosen of, in the order of the question."""
        return [self._of_facet(name, values) for name, values in self.question.chosen.items()]

    def missed(self) -> str:
        """A bit for each facet that something was chosen of, set where a row has none of it; empty without any."""
        return " | ".join(f"CASE WHEN {has} THEN 0 ELSE {1 << at} END" for at, has in enumerate(self.chosen()))

    def fit(self) -> str:
        """How well a row meets the need: its best category, and a little for whatever else fits."""
        named = [(NAMED_FITS, "rank >= 1")] if self.by_category and self.text.named else []
        cases = " ".join(f"WHEN {has} THEN {weight}" for weight, has in [*named, *self.by_category])
        best = f"CASE {cases} ELSE {WORDS_FIT} END" if cases else "(rank * 100)::int" if self.has_text else "100"
        also = [f"CASE WHEN {has} THEN {MORE_FITS} ELSE 0 END" for _weight, has in self.by_category[1:]]
        if cases and self.has_text:
            also.append(f"CASE WHEN rank IS NOT NULL THEN {ALSO_FITS} ELSE 0 END")
        need = self.question.need
        for name, said in (("client_group", need.client_groups), ("language", need.languages)):
            if said:
                also.append(f"CASE WHEN {self._of_facet(name, said)} THEN {ALSO_FITS} ELSE 0 END")
        if need.without:
            also.append(f"CASE WHEN {self._of_facet('category', need.without)} THEN -{UNWANTED} ELSE 0 END")
        return " + ".join([best, *also])

    @property
    def narrows(self) -> bool:
        """Whether a second look, narrowed by what was chosen, could see all there is."""
        if self.is_narrow or self.question.spot is not None:
            return False
        return bool(self.question.chosen if self.question.has_area else self._chosen_queries())

    @property
    def parameters(self) -> dict[str, str]:
        return self.text.parameters if self.has_text else {}

    def queries(self) -> list[str]:
        """What the words' index is asked where there is no place: every row that is meant meets them all."""
        wanted = [_any_of(chosen_lexemes(numbers=self.wanted))] if self.has_need else []
        if self.has_text:
            wanted.append(self.text.query)
        need = [f"({' || '.join(wanted)})"] if wanted else []
        return [*need, *self._narrowing]

    def queries_of_named(self) -> list[str]:
        """The same of those who were asked for by name: they must not be beyond the bound."""
        return [NAMED, *self._narrowing] if self.text.named else []

    @property
    def _narrowing(self) -> list[str]:
        towns = self.question.towns
        based = [_any_of(chosen_lexemes(towns=towns))] if towns else []
        return [*based, *(self._chosen_queries() if self.is_narrow else [])]

    def _chosen_queries(self) -> list[str]:
        found = []
        for name, values in self.question.chosen.items():
            if name == "category":
                numbers = _numbers(values)
                lexemes = chosen_lexemes(numbers=numbers)
            elif name == "language":
                lexemes = [f"{CHOSEN}l{number}" for number in _sets_with(values)]
            elif name in LANES and LANES[name].whole & INDEXED:
                lexemes = chosen_lexemes(chosen=LANES[name].bits(values))
            else:
                continue
            found.append(_any_of(lexemes))
        return found

    def _of_facet(self, name: str, values: Collection[str]) -> str:
        if name == "category":
            return _has_category(_numbers(values))
        if name == "language":
            sets = ", ".join(str(number) for number in _sets_with(values))
            return f"coalesce(language_set IN ({sets}), FALSE)" if sets else NOBODY
        if name == "check":
            return _any(_is_checked(value, day_number(self.question.today)) for value in values if value in CHECKS)
        return self._in_lane(name, values)

    def _in_lane(self, name: str, values: Collection[str]) -> str:
        lane = LANES[name]
        column = in_force(self.question.today) if name == "space" else "facts"
        unsaid = name in UNSAID_FITS or (name == "price" and "not-said" in values)
        conditions = [f"{column} & {lane.bits(values)} <> 0"] if lane.bits(values) else []
        return _any([*conditions, *([f"facts & {lane.whole} = 0"] if unsaid else [])])


def in_force(today: datetime.date) -> str:
    """`facts` as they are today: who was away until a day that has passed is not away."""
    away, back = LANES["space"].bit["away"], LANES["space"].bit["not_known"]
    over = f"facts & {away} <> 0 AND away_until < DATE '{today.isoformat()}'"
    return f"(CASE WHEN {over} THEN facts - {away} + {back} ELSE facts END)"


def _has_category(numbers: Iterable[int]) -> str:
    low, high = categories(numbers)
    return _any(f"categories_{half} & ({bits}) <> 0" for half, bits in (("low", low), ("high", high)) if bits)


def _has_bits(lexemes: Collection[str]) -> str:
    tests = [f"signature_{at} & ({bits}) = ({bits})" for at, bits in enumerate(signature(lexemes), start=1) if bits]
    return " AND ".join(tests) or "TRUE"


def _is_checked(name: str, day: int) -> str:
    half, names = ("low", CHECKS_LOW) if name in CHECKS_LOW else ("high", CHECKS_HIGH)
    return f"coalesce(checked_{half} >> {DAY_BITS * names.index(name)} & {FOR_GOOD} >= {day}, FALSE)"


def _any(conditions: Iterable[str]) -> str:
    return f"({' OR '.join(conditions) or NOBODY})"


def _any_of(lexemes: Iterable[str]) -> str:
    """A query for any of our own signs; where there are none, one that nothing holds."""
    return "'" + (" | ".join(f"''{lexeme}''" for lexeme in lexemes) or f"''{CHOSEN}''") + "'::tsquery"


def _quoted(lexeme: str) -> str:
    """As it stands in a tsquery."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def _numbers(codes: Collection[str]) -> list[int]:
    terms = terms_of(codes)
    known = category_numbers(terms)
    return [known[code] for code in terms if code in known]


def _sets_with(languages: Iterable[str]) -> list[int]:
    return sorted(LanguageSet.objects.filter(names__overlap=as_said(languages)).values_list("pk", flat=True))
