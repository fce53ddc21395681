"""Who may know whom, how long a thing may be; and that a deliberate breach of each is caught."""

import shutil
import subprocess
import sys
import tomllib

import pytest

from tests.source import (
    FLOORS,
    ROOT,
    breaches_in_python,
    breaches_in_template,
    python_files,
    tag_libraries,
    template_files,
)

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def lint(folder):
    script = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=False)


def test_imports_run_downwards_only():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The packages and their contracts, to break."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, folder / floor, ignore=shutil.ignore_patterns("data", "static", "__pycache__"))
    return folder


@pytest.mark.parametrize(
    ("path", "line", "contract"),
    [
        ("registry/models/user.py", "import providers.models", "Three floors"),
        ("providers/models/provider.py", "def f():\n    import commissioning.models", "Three floors"),
        ("registry/models/user.py", "import registry.accounts.actions", "The registry, from the top"),
        ("registry/audit/actions.py", "import registry.mail.actions", "The registry, from the top"),
        ("providers/credentials/kinds.py", "import providers.meaning.needs", "The providers, from the top"),
        ("commissioning/models/lot.py", "import commissioning.sourcing.urls", "Commissioning, from the top"),
        ("providers/strange/__init__.py", "", "The providers, from the top"),
        ("registry/strange.py", "", "The registry, from the top"),
        ("providers/credentials/rules.py", "from django.db import models", "Rules know no framework"),
    ],
)
def test_a_deliberate_breach_of_a_contract_is_caught(copy, path, line, contract):
    file = copy / path
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"{before or ''}\n{line}\n")
    result = lint(copy)
    if before is None:
        shutil.rmtree(file.parent) if file.name == "__init__.py" else file.unlink()
    else:
        file.write_text(before)
    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout


def test_every_package_at_the_top_is_a_floor_or_the_tests():
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages == {*CONTRACTS["root_packages"], "tests"}
    assert all(each.get("exhaustive") for each in CONTRACTS["contracts"] if "containers" in each)


def test_nothing_else_lies_at_the_top():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {name.split("/")[0] for name in listed.splitlines() if not name.startswith(".")}
    assert top <= {"manage.py", "pyproject.toml", "README.md", "LICENSE", "templates", "tests", *FLOORS}


def test_python_holds_no_way_round_and_nothing_too_long():
    found = {str(path.relative_to(ROOT)): breaches_in_python(path.read_text()) for path in python_files()}
    assert {path: breaches for path, breaches in found.items() if breaches} == {}


@pytest.mark.parametrize(
    ("text", "breach"),
    [
        ("from django.apps import apps\napps.get_model('providers', 'Provider')", "looked up by name: get_model"),
        (
            "from django.utils.module_loading import import_string\nimport_string('a')",
            "looked up by name: import_string",
        ),
        ("models.ForeignKey('registry.User', on_delete=1)", "relation named by a string: registry.User"),
        ("ManyToManyField(to='Provider')", "relation named by a string: Provider"),
        ("from django.db.models.signals import post_save", "signal"),
        ("from django.dispatch import receiver", "signal"),
        ("from django.core import signals", "signal"),
        ("from django.utils.safestring import mark_safe", "unescaped"),
        ("safestring.mark_safe('<b>')", "unescaped"),
        ("def f():\n" + "    x = 1\n" * 60, "function too long: f"),
        ("x = 1\n" * 351, "file too long"),
    ],
)
def test_a_deliberate_breach_in_python_is_caught(text, breach):
    assert breach in breaches_in_python(text)


def test_a_relation_to_its_own_kind_and_sixty_lines_are_allowed():
    assert breaches_in_python("models.ForeignKey('self', on_delete=1)\ndef f():\n" + "    x = 1\n" * 59) == []


def name_of(path):
    return str(path.relative_to(next(parent for parent in path.parents if parent.name == "templates")))


def test_templates_escape_everything_and_look_downwards_only():
    libraries = tag_libraries()
    found = {
        name_of(path): breaches_in_template(name_of(path), path.read_text(), libraries) for path in template_files()
    }
    assert {name: breaches for name, breaches in found.items() if breaches} == {}


@pytest.mark.parametrize(
    ("name", "text", "breach"),
    [
        ("finding/find.html", "{{ words|safe }}", "unescaped"),
        ("finding/find.html", "{% autoescape off %}", "unescaped"),
        ("components/field.html", "{% load i18n coop %}", "tags of a floor above: coop"),
        ("finding/find.html", "{% load hours from coop %}", "tags of a floor above: coop"),
        (
            "components/field.html",
            '{% include "finding/result.html" %}',
            "template of a floor above: finding/result.html",
        ),
        ("joining/step.html", "{% extends 'sourcing/a.html' %}", "template of a floor above: sourcing/a.html"),
    ],
)
def test_a_deliberate_breach_in_a_template_is_caught(name, text, breach):
    assert breaches_in_template(name, text, {"coop": "commissioning"}) == [breach]


def test_a_template_may_use_its_own_floor_and_those_below():
    text = '{% load govuk coop %}{% include "finding/result.html" %}'
    assert breaches_in_template("sourcing/lot.html", text, {"coop": "commissioning", "govuk": "registry"}) == []


def test_the_source_is_looked_for_in_the_right_place():
    assert len(python_files()) > 100
    assert len(template_files()) > 20
