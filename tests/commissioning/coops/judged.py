"""What is wrong with a team that was found, read off the facts: nothing, where it is right."""

from tests.commissioning.coops.exhaustive import content, most, spares, week_works


def faults(task, found):
    partners = {partner.key: partner for partner in task.partners}
    team = [partners[key] for key in found.team]
    wrong = []
    for index, cell in enumerate(task.cells):
        given = sum(minutes for (_key, where), minutes in found.shares.items() if where == index)
        if given != cell.minutes:
            wrong.append(f"cell {index} has {given} of {cell.minutes} minutes")
    for partner in team:
        minutes = [found.shares.get((partner.key, index), 0) for index in range(len(task.cells))]
        if sum(minutes) > partner.minutes_free:
            wrong.append(f"{partner.key} gives more than is free")
        if any(given > most(task, partner, index) for index, given in enumerate(minutes)):
            wrong.append(f"{partner.key} gives where it cannot")
        if not week_works(task, partner, minutes):
            wrong.append(f"{partner.key} cannot keep to the clock")
        if not content(partner, set(found.team)):
            wrong.append(f"{partner.key} would not work with these")
    if len(team) > task.most_partners or not task.must <= set(found.team):
        wrong.append("the wrong number, or without one that has to be in it")
    if {key for key, _cell in found.shares} - set(found.team):
        wrong.append("somebody outside the team works")
    able = [sum(most(task, partner, index) > 0 for partner in team) for index in range(len(task.cells))]
    busy = [sum(where == index for _key, where in found.shares) for index in range(len(task.cells))]
    if not spares(task, able, busy):
        wrong.append("too few could step in")
    return wrong
