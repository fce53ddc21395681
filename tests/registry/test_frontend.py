import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command

from registry import frontend


@pytest.fixture
def place(settings, tmp_path, monkeypatch):
    """A data folder and sources of its own, and a PATH on which nothing stands."""
    settings.NEARHAND_DATA = tmp_path / "data"
    settings.FRONTEND_ROOT = settings.NEARHAND_DATA / "frontend"
    sources = tmp_path / "sources"
    (sources / "nearhand").mkdir(parents=True)
    (sources / "package.json").write_text("{}")
    (sources / "nearhand" / "_frame.scss").write_text("a { b: c }")
    (sources / "node_modules" / "of-the-sources").mkdir(parents=True)
    monkeypatch.setattr(frontend, "SOURCES", sources)
    programs = tmp_path / "programs"
    programs.mkdir()
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(frontend, "wheel_folder", lambda: tmp_path / "no-wheel")
    finders.get_finder.cache_clear()
    yield tmp_path
    finders.get_finder.cache_clear()


def program(place, name, script):
    path = place / "programs" / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def working_machine(place):
    leaflet = "node_modules/leaflet/dist"
    fetched = f"mkdir -p {leaflet}; echo map > {leaflet}/leaflet.js; echo map > {leaflet}/leaflet.css"
    program(place, "npm", f'echo "npm $*" >> ../../calls; PATH=/usr/bin:/bin; {fetched}')
    program(place, "node", 'case "$1" in --version) ;; *) echo ".a{b:c}";; esac')


def test_the_style_sheet_is_built_once_and_again_when_a_source_changes(place, settings):
    working_machine(place)
    said = []
    assert frontend.build(said.append)
    assert said == ["Fetching GOV.UK Frontend and Sass", "Compiling the style sheet"]
    style = settings.FRONTEND_ROOT / "nearhand.css"
    assert style.read_text().startswith(".a{b:c}\n/* ")
    assert gzip.decompress(style.with_name("nearhand.css.gz").read_bytes()) == style.read_bytes()
    assert not frontend.build(said.append)
    assert len(said) == 2
    (frontend.SOURCES / "nearhand" / "_frame.scss").write_text("a { b: d }")
    assert frontend.build()
    assert not (settings.NEARHAND_DATA / "frontend-build" / "node_modules" / "of-the-sources").exists()


def test_what_the_map_needs_is_served_beside_it(place, settings):
    working_machine(place)
    frontend.build()
    assert (settings.FRONTEND_ROOT / "leaflet.js").read_text() == "map\n"
    assert gzip.decompress((settings.FRONTEND_ROOT / "leaflet.css.gz").read_bytes()) == b"map\n"


def test_a_package_that_did_not_come_is_named(place):
    working_machine(place)
    program(place, "npm", "")
    with pytest.raises(frontend.NotBuilt, match=r"npm fetched no .*leaflet\.js"):
        frontend.build()


def test_two_who_build_at_once_build_once(place, monkeypatch):
    working_machine(place)
    answers = iter([False, True])
    monkeypatch.setattr(frontend, "is_built", lambda stamp: next(answers))
    assert not frontend.build()


def test_without_a_network_one_sentence_says_what_to_do(place):
    working_machine(place)
    program(place, "npm", 'case "$1" in ci) echo "npm error network ENOTFOUND" >&2; exit 1;; esac')
    with pytest.raises(CommandError, match=r"check the network and try again.*ENOTFOUND"):
        call_command("build_frontend")


def test_a_style_sheet_that_does_not_compile_leaves_the_old_one(place, settings):
    working_machine(place)
    frontend.build()
    (frontend.SOURCES / "package.json").write_text('{"name": "new"}')
    program(place, "node", 'case "$1" in --version) ;; *) exit 65;; esac')
    with pytest.raises(frontend.NotBuilt, match="exit code 65"):
        frontend.build()
    assert (settings.FRONTEND_ROOT / "nearhand.css").exists()


def test_where_the_machine_has_no_working_npm_the_python_package_brings_one(place, monkeypatch):
    monkeypatch.undo()
    wheel = frontend.wheel_folder()
    monkeypatch.setattr(frontend, "machine_has", lambda program: False)
    assert frontend.node() == [str(wheel / "bin" / "node")]
    assert [Path(part).is_file() for part in frontend.npm()] == [True, True]


def test_a_program_that_is_there_but_does_not_run_counts_as_missing(place):
    assert not frontend.machine_has("npm")
    program(place, "npm", "exit 1")
    assert not frontend.machine_has("npm")


def test_the_finder_meets_the_files_whenever_they_appear(place, settings):
    finder = frontend.BuiltFilesFinder()
    assert list(finder.list(None)) == []
    assert finder.find("nearhand.css") is None
    assert finder.find("nearhand.css", find_all=True) == []
    working_machine(place)
    frontend.build()
    style = str(settings.FRONTEND_ROOT / "nearhand.css")
    assert finder.find("nearhand.css") == style
    assert finder.find("nearhand.css", find_all=True) == [style]
    built = ["leaflet.css", "leaflet.js", "nearhand.css"]
    assert [name for name, storage in finder.list(None)] == sorted([*built, *(f"{name}.gz" for name in built)])
    assert finder.check() == []


def test_the_command_says_what_it_did(place, capsys):
    working_machine(place)
    call_command("build_frontend")
    assert "is ready" in capsys.readouterr().out
    call_command("build_frontend")
    assert "up to date" in capsys.readouterr().out


def test_no_address_stands_in_the_pins_and_every_package_has_its_hash(settings):
    folder = settings.BASE_DIR / ".frontend"
    written = "".join(file.read_text() for file in folder.iterdir() if file.suffix == ".json")
    assert "http" not in written
    assert written.count('"integrity"') == written.count('"node_modules/')
