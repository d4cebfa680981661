"""What the vendor finds wrong in a query before it runs.

Its own rules replace those of graphql-core whose wording clients read; the remaining ones run unchanged.
"""

from graphql import (
    ASTValidationRule,
    FieldsOnCorrectTypeRule,
    KnownArgumentNamesRule,
    KnownFragmentNamesRule,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    ProvidedRequiredArgumentsRule,
    ScalarLeafsRule,
    UniqueDirectivesPerLocationRule,
    ValuesOfCorrectTypeRule,
    VariablesInAllowedPositionRule,
    specified_rules,
)

from sandbox.shopify.engine.field_rules import FIELD_RULES
from sandbox.shopify.engine.usage_rules import USAGE_RULES

REPLACED = {
    FieldsOnCorrectTypeRule,
    ScalarLeafsRule,
    KnownArgumentNamesRule,
    ProvidedRequiredArgumentsRule,
    ValuesOfCorrectTypeRule,
    KnownFragmentNamesRule,
    NoUnusedFragmentsRule,
    NoUndefinedVariablesRule,
    NoUnusedVariablesRule,
    VariablesInAllowedPositionRule,
    UniqueDirectivesPerLocationRule,
}
RULES: tuple[type[ASTValidationRule], ...] = (
    *FIELD_RULES,
    *USAGE_RULES,
    *(rule for rule in specified_rules if rule not in REPLACED),
)
