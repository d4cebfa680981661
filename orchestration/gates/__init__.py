"""Gates: what must be true at the two borders of the models, judged by Great Expectations.

Raw data is judged as it arrives (from each platform's `EXPECTATIONS`: data, not code), marts as they are
published. Gates see, they do not stop: a row that breaks a rule stays where it is and shows as a failing
check. `python -m orchestration.gates` judges all of them from the command line; Dagster shows the same
verdicts as asset checks.
"""

from orchestration.gates.engine import Finding, Gate, Rule, Verdict, judge
from orchestration.gates.marts import mart_gates
from orchestration.gates.raw import raw_gates

__all__ = ["Finding", "Gate", "Rule", "Verdict", "judge", "mart_gates", "raw_gates"]
