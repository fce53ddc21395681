"""Dated rows of law and thresholds, from data to tables: called by a migration for each new version of the data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LAW = Path(__file__).parent / "data" / "law.json"


def load_law(law: Any, threshold: Any) -> None:
    """Write every row of the data. The model classes are arguments, because a migration has its own.

    An early migration's classes lack what a later one adds, and the data is always today's.
    """
    data = json.loads(LAW.read_text(encoding="utf-8"))
    for model, rows in ((law, data["law"]), (threshold, data["thresholds"])):
        names = {field.name for field in model._meta.get_fields()}
        for whole in rows:
            row = {name: value for name, value in whole.items() if name in names}
            key = {name: row[name] for name in ("nation", "key", "starts_on")}
            model.objects.update_or_create(**key, defaults=row)
