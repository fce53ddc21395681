"""A summary of as many providers as one likes, from one that was frozen: its own rows, again under other names."""

import copy
import hashlib
import itertools

from commissioning.summaries.document import document
from commissioning.summaries.easier import easier
from commissioning.summaries.facts import fingerprint


def of_many(facts, number):
    """Facts with so many services in the first lot, a third in each of the three groups, and none in the others."""
    facts = copy.deepcopy({name: part for name, part in facts.items() if name not in ("document", "easier")})
    groups = facts["lots"][0]["groups"]
    rows = itertools.cycle([row for group in groups.values() for row in group])
    found = [
        {**row, "provider": f"{row['provider']} {i}", "name": row["name"]}
        for i, row in zip(range(number), rows, strict=False)
    ]
    for place, name in enumerate(groups):
        groups[name] = [
            {**row, "lacks": row["lacks"] or (["Full at present"] if name == "not_yet" else [])}
            for row in found[place::3]
        ]
    for lot in facts["lots"][1:]:
        lot["groups"] = {name: [] for name in groups}
    facts["versions"] = [
        {"id": str(i), "provider": row["provider"], "number": 1, "digest": hashlib.sha256(bytes([i % 250])).hexdigest()}
        for i, row in enumerate(found)
    ]
    return {**facts, "document": document(facts), "easier": easier(facts)}


def become(summary, number):
    """The same summary, not saved, over so many providers."""
    summary.facts = of_many(summary.facts, number)
    summary.fingerprint = fingerprint(summary.facts)
    return summary
