"""Where an edition would read a filing otherwise than the others in force: a figure is filed once for all of them."""

from collections.abc import Iterator

from tracking.policy.contradictions import error
from tracking.policy.rows import Policy
from tracking.policy.vocabulary import Vocabulary
from tracking.words.problems import Problem


def between(policy: Policy, others: Vocabulary) -> list[Problem]:
    """Where it would read a filing otherwise than the other editions: a figure is filed once for all of them."""
    return [
        *_metrics_otherwise(policy, others),
        *_labels_otherwise(policy, others),
        *_factors_otherwise(policy, others),
    ]


def _metrics_otherwise(policy: Policy, others: Vocabulary) -> Iterator[Problem]:
    known = {each.code: each for each in others.metrics}
    for each in policy.metrics:
        for column in ("unit", "kind"):
            here, there = getattr(each, column), getattr(known.get(each.metric, each), column)
            if here != there:
                yield error("policy-otherwise", "metrics.csv", each.row, column, here, name=each.metric, there=there)


def _labels_otherwise(policy: Policy, others: Vocabulary) -> Iterator[Problem]:
    known = {label.casefold(): each.code for each in others.metrics for label in (each.name_zh, each.name_en)}
    for each in policy.metrics:
        for column in ("name_zh", "name_en"):
            label = getattr(each, column)
            there = known.get(label.casefold(), each.metric)
            if there != each.metric:
                yield error("policy-label-taken", "metrics.csv", each.row, column, label, there=there)


def _factors_otherwise(policy: Policy, others: Vocabulary) -> Iterator[Problem]:
    known = {(each.unit, each.written): each.factor for each in others.conversions}
    for each in policy.conversions:
        there = known.get((each.unit, each.written), each.factor)
        if each.factor != there:
            details = {"name": each.written, "there": format(there.normalize(), "f")}
            yield error("policy-otherwise", "conversions.csv", each.row, "factor", each.factor, **details)
