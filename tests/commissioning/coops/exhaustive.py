"""The best team by trying everything: every set of partners, every way of giving whole minutes. For small cases only.

It shares no line with the optimiser but the facts: a day is walked minute by minute or window by window, and what each
could give is put together partner by partner.
"""

from itertools import combinations, product

from commissioning.coops.task import ANY_TIME


def best_value(task):
    """The value of the best team; None where there is none."""
    values = [value for team in teams(task) if (value := team_value(task, team)) is not None]
    return min(values, default=None)


def teams(task):
    """Every set of partners that may work together and is not too large."""
    for size in range(len(task.partners) + 1):
        for team in combinations(task.partners, size):
            keys = {partner.key for partner in team}
            allowed = size <= task.most_partners and task.must <= keys and not any(u <= keys for u in task.unlike)
            if allowed and all(content(partner, keys) for partner in team):
                yield team


def content(partner, keys):
    others = keys - {partner.key}
    return not others & partner.not_with and (not partner.only_with or others <= partner.only_with)


def team_value(task, team):
    """The least value over all ways of sharing the work out, or None where no way covers it."""
    # What has been given in each cell, and how many give there: the least cost (or heaviest part) of getting so far.
    nothing = tuple(0 for _cell in task.cells)
    reached = {(nothing, nothing): 0}
    for partner in team:
        further = {}
        for (given, busy), cost in reached.items():
            for minutes in ways(task, partner):
                sums = tuple(a + b for a, b in zip(given, minutes, strict=True))
                if all(total <= cell.minutes for total, cell in zip(sums, task.cells, strict=True)):
                    state = sums, tuple(a + (b > 0) for a, b in zip(busy, minutes, strict=True))
                    worth = added(task, cost, partner, minutes)
                    further[state] = min(worth, further.get(state, worth))
        reached = further
    wanted = tuple(cell.minutes for cell in task.cells)
    able = [sum(most(task, partner, index) > 0 for partner in team) for index in range(len(task.cells))]
    costs = [c for (given, busy), c in reached.items() if given == wanted and spares(task, able, busy)]
    return in_unit(task, team, min(costs)) if costs else None


def spares(task, able, busy):
    return all(
        could - does >= task.stand_ins.get(cell.lot, 0) or not cell.minutes
        for cell, could, does in zip(task.cells, able, busy, strict=True)
    )


def added(task, cost, partner, minutes):
    if task.objective == "cheapest":
        prices = (price(partner, cell.lot) or 0 for cell in task.cells)
        return cost + sum(each * given for each, given in zip(prices, minutes, strict=True))
    if task.objective == "most_local":
        far = (partner.metres.get(cell.lot, 0) * given for cell, given in zip(task.cells, minutes, strict=True))
        return cost + sum(far)
    return max(cost, sum(minutes)) if task.objective == "most_resilient" else 0


def in_unit(task, team, cost):
    return {
        "smallest": len(team),
        "cheapest": cost / 60,
        "most_local": cost / max(sum(cell.minutes for cell in task.cells), 1),
        "most_resilient": -(-cost // task.grain) * task.grain,
    }[task.objective]


def price(partner, lot):
    return partner.pence_in.get(lot, partner.pence_per_hour)


def most(task, partner, index):
    cell = task.cells[index]
    cap = task.price_caps.get(cell.lot)
    pence = price(partner, cell.lot)
    dear = cap is not None and (pence is None or pence > cap)
    unknown = (task.objective == "cheapest" and pence is None) or (
        task.objective == "most_local" and cell.lot not in partner.metres
    )
    if dear or unknown or partner.lacks.get(cell.lot):
        return 0
    return max(0, min(partner.can.get(index, 0), cell.minutes))


def ways(task, partner):
    """Every whole number of minutes in each cell that the partner's week has room for."""
    ranges = [range(most(task, partner, index) + 1) for index in range(len(task.cells))]
    for minutes in product(*ranges):
        if sum(minutes) <= partner.minutes_free and week_works(task, partner, minutes):
            yield minutes


def week_works(task, partner, minutes):
    days = {cell.day for cell in task.cells} - {ANY_TIME}
    return all(day_works(task, partner, minutes, day) for day in days)


def day_works(task, partner, minutes, day):
    offered = [
        index
        for index, cell in enumerate(task.cells)
        if cell.day == day and cell.ends > cell.starts and min(most(task, partner, index), partner.minutes_free) > 0
    ]
    if any(minutes[index] and index not in offered for index, cell in enumerate(task.cells) if cell.day == day):
        return False
    if partner.people == 1 and travel_binds(task, offered):
        return one_after_another(task, [index for index in offered if minutes[index]], minutes)
    return side_by_side(task, partner.people, offered, minutes)


def in_order(task, indexes):
    return sorted(indexes, key=lambda i: (task.cells[i].starts, task.cells[i].ends, task.cells[i].lot, i))


def way(task, one, two):
    lots = task.cells[one].lot, task.cells[two].lot
    return 0 if lots[0] == lots[1] else task.travel_between(*lots)


def travel_binds(task, offered):
    return any(
        way(task, one, two) and task.cells[one].ends + way(task, one, two) > task.cells[two].starts
        for one, two in combinations(in_order(task, offered), 2)
    )


def one_after_another(task, visited, minutes):
    """Each window in order, begun as early as can be, no sooner than the way from every window before it allows."""
    ended = []
    for index in in_order(task, visited):
        begins = max([task.cells[index].starts, *(at + way(task, before, index) for before, at in ended)])
        if begins + minutes[index] > task.cells[index].ends:
            return False
        ended.append((index, begins + minutes[index]))
    return True


def side_by_side(task, people, offered, minutes):
    """Minute by minute, so many people at the windows that end first."""
    left = {index: minutes[index] for index in offered}
    for now in range(min((task.cells[i].starts for i in offered), default=0), 1441):
        open_now = [i for i in left if left[i] and task.cells[i].starts <= now < task.cells[i].ends]
        for _person in range(people):
            waiting = [i for i in open_now if left[i]]
            if waiting:
                left[min(waiting, key=lambda i: task.cells[i].ends)] -= 1
        if not any(left.values()):
            break
    return not any(left.values())
