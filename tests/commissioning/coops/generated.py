"""Large tasks, the same each time for a seed: about 30 in 100 windows suit each candidate, as hours of a day do."""

import random

from commissioning.coops.task import Cell, Partner, Task

DAYS = ["mon", "tue", "wed", "thu", "fri"]
WINDOWS = [(480, 660), (720, 840), (840, 1020), (1080, 1200), (1260, 1380)]


def large_task(candidates, cells, *, objective="smallest", most_partners=25, seed=1):
    chance = random.Random(seed)
    wanted = []
    for number in range(cells):
        starts, ends = WINDOWS[number // len(DAYS) % len(WINDOWS)]
        lot = 1 + number // (len(DAYS) * len(WINDOWS))
        wanted.append(Cell(lot, DAYS[number % len(DAYS)], starts, ends, chance.choice([120, 180, 240, 300])))
    lots = sorted({cell.lot for cell in wanted})
    partners = tuple(one_partner(chance, f"{number:05}", wanted, lots) for number in range(candidates))
    return Task(tuple(wanted), partners, most_partners, objective)


def one_partner(chance, key, wanted, lots):
    return Partner(
        key=key,
        minutes_free=chance.choice([240, 480, 720, 960, 1200]),
        can={index: chance.choice([60, 120, 180]) for index in range(len(wanted)) if chance.random() < 0.3},
        pence_per_hour=chance.randint(1400, 2600),
        metres={lot: chance.randint(200, 20_000) for lot in lots},
        people=chance.choice([1, 1, 2, 3]),
    )


def small_task(chance, objective):
    """Few enough for an exhaustive search: up to four partners, three cells, minutes in ones and twos."""
    cells = []
    for number in range(chance.randint(1, 3)):
        starts = chance.randint(0, 4)
        cells.append(Cell(1 + number % 2, "mon", starts, starts + chance.randint(2, 4), chance.randint(1, 3)))
    partners = tuple(
        Partner(
            key=f"{place}",
            minutes_free=chance.randint(2, 8),
            can={index: chance.randint(1, 4) for index in range(len(cells)) if chance.random() < 0.8},
            pence_per_hour=chance.randint(1400, 2600),
            metres={1: chance.randint(0, 9000), 2: chance.randint(0, 9000)},
            people=chance.choice([1, 1, 2]),
        )
        for place in range(chance.randint(2, 4))
    )
    travel = {(1, 2): chance.randint(0, 2)}
    return Task(tuple(cells), partners, chance.randint(1, 4), objective, travel=travel, grain=1)
