"""Rows and columns of a mixed-integer programme, and HiGHS to solve it: one thread, one seed, nodes for a limit.

A limit by the clock would let the same facts give another answer on a busy day. Nodes do not: an answer that was
stopped is the same answer each time it is asked for, on the same facts and the same release of the solver.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
INFINITE = float(highspy.kHighsInf)


@dataclass(frozen=True)
class Solved:
    """`values` is None where none was found; `bound` is what no solution can be below."""

    values: Numbers | None
    value: float
    bound: float
    is_optimal: bool
    is_infeasible: bool


class Programme:
    """Collects columns from 0 upwards and rows. Every cost is to be made as small as can be."""

    def __init__(self) -> None:
        # A first column that is always 0: of a programme without columns HiGHS does not say whether its rows hold.
        self.lower: list[float] = [0.0]
        self.upper: list[float] = [0.0]
        self.integer: list[bool] = [False]
        self.row_lower: list[float] = []
        self.row_upper: list[float] = []
        self.starts: list[int] = [0]
        self.columns: list[int] = []
        self.factors: list[float] = []

    @property
    def width(self) -> int:
        return len(self.upper)

    def add_column(self, upper: float, *, lower: float = 0.0, is_integer: bool = False) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(is_integer)
        return len(self.upper) - 1

    def add_row(self, columns: Iterable[int], factors: Iterable[float], *, lower: float, upper: float) -> None:
        self.columns.extend(columns)
        self.factors.extend(factors)
        self.starts.append(len(self.columns))
        self.row_lower.append(lower)
        self.row_upper.append(upper)

    def at_most(self, upper: float, columns: Iterable[int], factors: Iterable[float]) -> None:
        self.add_row(columns, factors, lower=-INFINITE, upper=upper)

    def at_least(self, lower: float, columns: Iterable[int], factors: Iterable[float]) -> None:
        self.add_row(columns, factors, lower=lower, upper=INFINITE)

    def matrix(self, costs: Numbers) -> highspy.HighsLp:
        """The whole as HiGHS takes it."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.width, len(self.row_upper)
        lp.col_cost_ = costs
        lp.col_lower_, lp.col_upper_ = np.array(self.lower), np.array(self.upper)
        lp.row_lower_, lp.row_upper_ = np.array(self.row_lower), np.array(self.row_upper)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(self.starts, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.columns, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.factors, dtype=np.float64)
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[is_integer] for is_integer in self.integer]
        return lp


class Solver:
    """A programme inside HiGHS: asked for one cost after another, with rows and bounds added between."""

    def __init__(self, programme: Programme, *, node_limit: int) -> None:
        self.width = programme.width
        self.highs = highspy.Highs()
        for option, setting in options(node_limit).items():
            self.highs.setOptionValue(option, setting)
        self.highs.passModel(programme.matrix(np.zeros(self.width)))

    def minimise(self, costs: Numbers, *, within: float, start: Sequence[tuple[int, float]] = ()) -> Solved:
        """The least cost, to less than `within`. `start`: columns of a solution already known."""
        highs, every = self.highs, np.arange(self.width, dtype=np.int32)
        highs.changeColsCost(self.width, every, costs)
        highs.setOptionValue("mip_abs_gap", within)
        if start:
            columns, values = zip(*start, strict=True)
            highs.setSolution(len(start), np.array(columns, dtype=np.int32), np.array(values, dtype=np.float64))
        highs.run()
        return self._solved()

    def keep_at_most(self, most: float, costs: Numbers) -> None:
        """What was made small stays so while the next cost is made small."""
        columns = np.flatnonzero(costs).astype(np.int32)
        self.highs.addRow(-INFINITE, most, len(columns), columns, costs[columns])

    def limit_nodes(self, nodes: int) -> None:
        self.highs.setOptionValue("mip_max_nodes", nodes)

    def only_whole(self, columns: Sequence[int]) -> None:
        for column in columns:
            self.highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)

    def _solved(self) -> Solved:
        status, info = self.highs.getModelStatus(), self.highs.getInfo()
        statuses = highspy.HighsModelStatus
        # Every column has bounds, so nothing here is unbounded.
        infeasible = status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible)
        feasible = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        if infeasible or not feasible:
            return Solved(None, INFINITE, info.mip_dual_bound, is_optimal=False, is_infeasible=infeasible)
        values = np.array(self.highs.getSolution().col_value)
        optimal = status == statuses.kOptimal
        return Solved(values, info.objective_function_value, info.mip_dual_bound, optimal, is_infeasible=False)


def options(node_limit: int) -> dict[str, bool | int | float | str]:
    """What makes the same programme take the same way each time."""
    return {
        "output_flag": False,
        "threads": 1,
        "parallel": "off",
        "random_seed": 0,
        "mip_rel_gap": 0.0,
        "mip_max_nodes": node_limit,
    }
