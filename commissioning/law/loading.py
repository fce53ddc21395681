"""Dated rows of law and thresholds, from data to tables: called by a migration for each new version of the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LAW = Path(__file__).parent / "data" / "law.json"


def load_law(law: Any, threshold: Any) -> None:
    """Write every row of the data. The model classes are arguments, because a migration has its own."""
    data = json.loads(LAW.read_text(encoding="utf-8"))
    for model, rows in ((law, data["law"]), (threshold, data["thresholds"])):
        for row in rows:
            key = {name: row[name] for name in ("nation", "key", "starts_on")}
            model.objects.update_or_create(**key, defaults=row)
