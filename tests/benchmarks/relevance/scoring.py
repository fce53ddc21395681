"""Graded lists into figures: nDCG@10 with gains of 2^grade - 1, success@3, and empty answers."""

import json
import math
from pathlib import Path

FOLDER = Path(__file__).parent
# A service of this grade or more is what the person meant.
GOOD = 2


# Which texts the needs of a part are asked among.
AMONG = {"tuning": "services.json", "validation": "services.json", "held_out": "held_out_services.json"}


def services(part):
    return json.loads((FOLDER / AMONG[part]).read_text(encoding="utf-8"))


def needs(part):
    """Each with `id`, `need` and `grades`: 1 to 3 by service; a service that is not named has 0."""
    return json.loads((FOLDER / f"{part}.json").read_text(encoding="utf-8"))


def ndcg(found, grades, at=10):
    ideal = _gain(sorted(grades.values(), reverse=True)[:at])
    return _gain([grades.get(one, 0) for one in found[:at]]) / ideal if ideal else 0.0


def _gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def figures(part, find):
    """`find(need)` gives ids, best first. A need that no service meets at all tells nothing of the order."""
    answerable = [need for need in needs(part) if need["grades"]]
    found = {need["id"]: find(need["need"]) for need in answerable}
    good = [any(need["grades"].get(one, 0) >= GOOD for one in found[need["id"]][:3]) for need in answerable]
    return {
        "ndcg": round(sum(ndcg(found[need["id"]], need["grades"]) for need in answerable) / len(answerable), 4),
        "success": round(sum(good) / len(answerable), 4),
        "empty": round(sum(not found[need["id"]] for need in answerable) / len(answerable), 4),
    }
