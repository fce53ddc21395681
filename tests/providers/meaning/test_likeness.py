import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from providers.meaning import likeness as module
from providers.meaning import profile as profile_module
from providers.meaning.likely import expect, likely_categories, likely_shares
from providers.meaning.likeness import FILE, likeness, mark_of, sayings, store
from providers.meaning.model import LENGTH, SWITCHED_OFF, parts_of_many, vector
from providers.meaning.profile import profile_of, read_ahead, sentences, stored_profile


def test_the_stored_vectors_are_of_the_vocabulary_as_it_is():
    """After a change of the vocabulary: python -m providers.meaning.likeness."""
    assert FILE.read_bytes()[:32] == mark_of(sayings())
    assert FILE.stat().st_size == 32 + sum(2 + LENGTH * len(said) for said in sayings().values())


def test_the_file_is_made_anew_by_running_the_model(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "sayings", lambda: {"cooking": ["cook lunch"], "gardening": ["mow the lawn"]})
    assert store(tmp_path / "phrases.bin") == 2
    assert len((tmp_path / "phrases.bin").read_bytes()) == 32 + 2 * (2 + LENGTH)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("grandad keeps slipping over", "falls-prevention"),
        ("nothing in her fridge and she cannot carry bags", "shopping"),
        ("my hands are too shaky for a knife and fork", "eating-and-drinking"),
        ("he weeps whenever her name comes up", "bereavement"),
    ],
)
def test_a_sentence_that_nobody_wrote_down_is_near_its_term(said, meant):
    space = likeness()
    near = space.nearness(space.turned(vector(said)[None]))[0]
    assert meant in [space.codes[at] for at in np.argsort(-near)[:4]]


def test_nearness_is_the_mean_of_the_nearest_few_phrases_of_each_term():
    space = likeness()
    rows = space.turned(np.stack([vector("a lift to chapel"), vector("mow the lawn")]))
    near = rows @ space.phrases.T
    ends = [*space.starts[1:], near.shape[1]]
    few = [
        np.sort(near[:, start:end], axis=1)[:, -module.BEST_PHRASES :]
        for start, end in zip(space.starts, ends, strict=True)
    ]
    assert np.allclose(space.nearness(rows), np.stack([nearest.mean(axis=1) for nearest in few], axis=1))


def test_the_model_keeps_to_one_thread_whatever_imports_numpy_first():
    """Two threads that wait for one another on a busy machine take twenty times as long over a text."""
    asked = (
        "import os, django; django.setup(); import providers.listings.counting;"
        "from providers.meaning.model import vector; vector('a lift to chapel');"
        "print(len(os.listdir('/proc/self/task')))"
    )
    without = {name: said for name, said in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    told = subprocess.run(
        [sys.executable, "-c", asked],
        env={**without, "DJANGO_SETTINGS_MODULE": "registry.settings"},
        cwd=Path(module.__file__).parents[2],
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout == "1\n"


def test_what_kind_of_help_a_text_tells_of_and_what_it_means_are_one_reading(monkeypatch):
    likely_categories("Grass again", "We mow the lawn.")
    monkeypatch.setattr("providers.meaning.profile.parts_of_many", None)
    assert profile_of("Grass again", "We mow the lawn.").is_certain


TEXTS = [
    ("Grass", "We mow the lawn. Hedges too!"),
    ("The Tuesday Lunch Club", "Open to all. " * 150),
    ("Nights", ""),
    *((f"Help {number}", f"Shopping, cleaning and ironing on day {number}. A lift to chapel.") for number in range(20)),
]


def test_texts_read_together_say_what_they_say_one_by_one():
    alone = [parts_of_many([[name, *sentences(said)]])[0] for name, said in TEXTS]
    together = parts_of_many([[name, *sentences(said)] for name, said in TEXTS])
    for one, other in zip(alone, together, strict=True):
        assert np.allclose(np.stack(one), np.stack(other), atol=1e-5)
    assert parts_of_many([]) == []


def test_guesses_are_the_same_with_all_texts_known_beforehand(monkeypatch):
    monkeypatch.setattr(profile_module, "_read", {})
    alone = [likely_shares(*text) for text in TEXTS]
    monkeypatch.setattr(profile_module, "_read", {})
    expect([*TEXTS, ("Rest Haven", "A care home with nursing")])
    # What a regulator's words settle is not read at all.
    assert len(profile_module._read) == len(TEXTS)
    assert [list(likely_shares(*text)) for text in TEXTS] == [list(shares) for shares in alone]
    for text, shares in zip(TEXTS, alone, strict=True):
        assert likely_shares(*text) == pytest.approx(shares, abs=0.002)


def test_only_so_many_texts_are_kept_in_hand(monkeypatch):
    monkeypatch.setattr(profile_module, "_read", {})
    monkeypatch.setattr(profile_module, "KEPT_AT_MOST", 2)
    read_ahead(TEXTS[-3:])
    assert [key[1:] for key in profile_module._read] == TEXTS[-2:]
    assert profile_of(*TEXTS[-3]) is not None


def test_what_a_text_means_is_stored_and_read_again():
    profile = profile_of("Grass", "We mow the lawn. Hedges too!")
    again = stored_profile(profile.stored())
    assert again.rows.shape == profile.rows.shape == (4, LENGTH)
    assert float(again.terms @ profile.terms) > 0.999
    assert max(again.shares, key=again.shares.get) == "gardening"


def test_likely_categories_have_weights_and_the_best_has_1():
    shares = likely_shares("Mow and go", "Lawns mowed and hedges trimmed for pensioners.")
    assert next(iter(shares.items())) == ("gardening", 1.0)


def test_without_the_model_whole_phrases_do_it(monkeypatch):
    monkeypatch.setenv(SWITCHED_OFF, "1")
    assert likeness() is None
    assert profile_of("Grass", "We mow the lawn.") is None
    assert stored_profile(b"\0" * 400) is None
    assert likely_categories("Green Fingers", "We mow the lawn and trim the hedges.")[0] == "gardening"
