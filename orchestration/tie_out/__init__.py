"""The tie-out as orchestration sees it: which days do not tie out, asking about them, and the verdict.

The models compare (`marts.fct_tie_out`, `marts.fct_tie_out_orders`); here the vendor is asked again, order by
order, about the days that are off, so that the models can name the orders and the cause.
"""

from orchestration.tie_out.asking import Asked, Question, ask, questions
from orchestration.tie_out.verdict import Gap, StoreVerdict, verdicts

__all__ = ["Asked", "Gap", "Question", "StoreVerdict", "ask", "questions", "verdicts"]
