"""What the source may not hold, found in its syntax: the ways round an import contract, and past the size we read."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# From the ground up; one may know those before it.
FLOORS = ["registry", "providers", "commissioning"]
LONGEST_FUNCTION = 60
LONGEST_FILE = 350
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
BY_NAME = {"get_model", "import_module", "import_string", "__import__"}
UNESCAPED = {"mark_safe", "SafeString", "SafeText", "__html__"}


def python_files():
    paths = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
    return [path for path in paths if "migrations" not in path.parts]


def template_files():
    folders = [ROOT / "templates", *(ROOT / floor / "templates" for floor in FLOORS)]
    return [path for folder in folders for path in sorted(folder.rglob("*.*")) if path.suffix in (".html", ".txt")]


def breaches_in_python(text):
    found = ["file too long"] if len(text.splitlines()) > LONGEST_FILE else []
    for node in ast.walk(ast.parse(text)):
        found += breaches_of(node)
    return found


def breaches_of(node):
    if isinstance(node, ast.Call):
        return breaches_of_call(node)
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        too_long = node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
        return [f"function too long: {node.name}"] if too_long else []
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
        signals = ["signal"] if any("signals" in name.split(".") or name == "django.dispatch" for name in names) else []
        return signals + ["unescaped" for name in names if name in UNESCAPED]
    if isinstance(node, ast.Attribute) and node.attr in UNESCAPED:
        return ["unescaped"]
    return []


def breaches_of_call(node):
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name in BY_NAME:
        return [f"looked up by name: {name}"]
    if name in RELATIONS:
        target = next((word.value for word in node.keywords if word.arg == "to"), node.args[0] if node.args else None)
        # A model that points at its own kind has no other way to say so.
        if isinstance(target, ast.Constant) and target.value != "self":
            return [f"relation named by a string: {target.value}"]
    return []


def tag_libraries():
    return {path.stem: floor for floor in FLOORS for path in (ROOT / floor / "templatetags").glob("[a-z]*.py")}


def floor_of(template):
    """A template belongs to the floor of its folder's name, or with a package of it; the ground floor has the rest."""
    job = template.split("/")[0]
    return next((floor for floor in FLOORS if job == floor or (ROOT / floor / job).is_dir()), "registry")


def breaches_in_template(name, text, libraries):
    """`name` is the template's, as {% include %} writes it; `libraries` tells which floor each tag library is of."""
    height = FLOORS.index(floor_of(name))
    # Plain text has nothing to escape.
    unescaped = name.endswith(".html") and re.search(r"\|\s*safe(seq)?\b|\{%\s*autoescape\s+off", text)
    found = ["unescaped"] if unescaped else []
    for words in re.findall(r"\{%\s*load\s+([^%]+?)\s*%\}", text):
        loaded = words.split(" from ")[-1].split()
        found += [
            f"tags of a floor above: {each}"
            for each in loaded
            if FLOORS.index(libraries.get(each, "registry")) > height
        ]
    for other in re.findall(r"\{%\s*(?:include|extends)\s+[\"']([^\"']+)", text):
        if FLOORS.index(floor_of(other)) > height:
            found.append(f"template of a floor above: {other}")
    return found
