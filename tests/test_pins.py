"""What is installed is what pyproject.toml says, to the last package; and no package host's name is in here."""

import re
import subprocess
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "pyproject.toml").read_text()
PROJECT = tomllib.loads(TEXT)
DIRECT = [requirement for group in PROJECT["dependency-groups"].values() for requirement in group]
DIRECT += PROJECT["project"]["dependencies"]
# Split, so that this file does not hold them itself.
PACKAGE_HOSTS = ["pypi." + "org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "yarn" + "pkg.com"]


def pins(requirements):
    """Exact versions by name, of the requirements that count on this machine."""
    parsed = [Requirement(requirement) for requirement in requirements]
    return {
        canonicalize_name(each.name): str(each.specifier).removeprefix("==")
        for each in parsed
        if re.fullmatch(r"==[^*,]+", str(each.specifier)) and (each.marker is None or each.marker.evaluate())
    }


def unpinned(installed, pinned):
    return sorted(name for name, version in installed.items() if pinned.get(name) != version)


def installed():
    return {canonicalize_name(each.metadata["Name"]): each.version for each in distributions()}


def test_every_installed_package_is_pinned_to_its_version():
    assert unpinned(installed(), pins(DIRECT + PROJECT["tool"]["uv"]["constraint-dependencies"])) == []


@pytest.mark.parametrize("requirement", ["pillow>=13", "pillow==13.*", "pillow", "pillow==12.0.0", "wagon==13.0.0"])
def test_a_package_that_is_loosely_wrongly_or_not_pinned_is_found(requirement):
    assert unpinned({"pillow": "13.0.0"}, pins([requirement])) == ["pillow"]


def test_every_direct_dependency_is_exact_and_says_why():
    lines = [line for line in TEXT.splitlines() if re.match(r'    "[^"]+==[^"]+",', line) and "#" in line]
    assert len(lines) == len(DIRECT)
    assert len(pins(DIRECT)) == len(DIRECT)


def tracked():
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.split(b"\0")
    return [ROOT / name.decode() for name in names if name]


def names_a_host(content):
    return any(host.encode() in content for host in PACKAGE_HOSTS)


def test_no_tracked_file_names_a_package_host():
    assert [path for path in tracked() if path.is_file() and names_a_host(path.read_bytes())] == []


def test_a_lock_that_says_where_its_files_came_from_would_be_found():
    assert names_a_host(b'"resolved": "https://registry.npm' + b'js.org/sass"')


def test_locks_with_addresses_are_ignored_by_git():
    assert subprocess.run(["git", "check-ignore", "-q", "uv.lock"], cwd=ROOT, check=False).returncode == 0
