"""Years that a form says of something else than its figures: 评价年度, 成立年份, 2023版."""

import re

from tracking.words.spelling import folded

# 年度：2024 beside these says nothing of the figures, and neither does the year under such a header: an evaluation is
# made in the year after that of the data.
_LABEL = re.compile(r"[^0-9]{1,12}(?:年度|年份|年)|[^0-9]{0,12}有效期|.{0,30}year.{0,30}")
# Nothing taken before the colon is given back, which no other sign than it could follow: hundreds of tries a sign less.
_BEHIND_A_LABEL = re.compile(
    r"(?:[^\s:：=，,；;、|/()（）]{1,12}(?:年度|年份)|[^\s:：=，,；;、|/()（）]{0,12}有效期"
    r"|(?:[a-z ]{0,29} |\b)year\b[a-z ]{0,30}+)\s{0,9}+[:：=]\s{0,9}+(?:19|20|21)[0-9]{2}\s?(?:年度|年)?",
    re.IGNORECASE,
)
# The year in which a form was made, or of a day: 2023版, 2023年修订, V2025, 2025-01, 2025年3月; but for a year's end.
_OF_A_FORM = re.compile(
    r"(?:(?:v|ver|版本?)[.\s]{0,3}(?:19|20)[0-9]{2}(?![0-9])(?:[-./][0-9]{1,2})?"
    r"|(?:19|20)[0-9]{2}\s?年?(?:度)?\s?(?:版|修订|修改|制定|试行)"
    r"|(?:19|20)[0-9]{2}(?:[-./][0-9]{1,2}(?![0-9])|\s?年\s?(?!12\s?月)[0-9]{1,2}\s?月)(?:[-./]?[0-9]{1,2}日?)?)",
    re.IGNORECASE,
)
# The words before the last one of such a label.
_BEFORE = re.compile(
    r"\b(?:filing|evaluation|assessment|acceptance|submission|application|founding|start|end|first|last|selection)\s+$",
    re.IGNORECASE,
)


def label(text: str) -> bool:
    """Whether a text, which names no column of a filing, names a year: of the evaluation, of the founding."""
    return bool(_LABEL.fullmatch(folded(text[:80]).strip("*:")))


def without(text: str) -> str:
    """A title, or a sheet's name, without the years that it says of something else than the figures."""
    return _OF_A_FORM.sub(" ", _BEHIND_A_LABEL.sub(" ", text))


def before(text: str) -> bool:
    """Whether what stands before the word year makes another year of it: Evaluation year."""
    return bool(_BEFORE.search(text[-40:]))
