"""Whose accounts company law can oblige to be audited: Companies Act 2006 Part 16, which is law in all four nations.

It obliges companies, and none that counts as small; other legal forms it does not reach. Of a charity the register
does not know whether it is a company.
"""

COMPANIES = frozenset({"company", "cic"})
NO_COMPANIES = frozenset({"sole_trader", "partnership", "co_operative", "community_benefit", "unincorporated"})
