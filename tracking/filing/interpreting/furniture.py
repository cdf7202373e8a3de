"""What forms have besides their figures, by name: columns of serial numbers and contacts, rows of codes, signatures."""

import re
from collections.abc import Sequence

from tracking.words.spelling import folded

_COLUMNS = """
    序号 编号 行号 次序 no no. # 备注 remark remarks serialnumber serialno serialno.
    填报人 填表人 填写人 制表人 制表 经办人 联系人 负责人 审核人 复核人 单位负责人 统计负责人 法定代表人 姓名 职务 部门
    联系电话 电话 电话号码 办公电话 固定电话 手机 手机号 手机号码 移动电话 联系方式 传真 邮箱 电子邮箱 电子邮件
    email e-mail contact contactperson phone telephone tel tel. mobile fax filledby preparedby reviewedby date signature
    填报日期 填表日期 填报时间 填表时间 填写时间 填写日期 报送日期 上报时间 上报日期 审核日期 审核意见 审核状态
    盖章 签字 签章 记录id 数据id 创建人 创建者 创建时间 更新人 更新者 更新时间 修改人 修改时间
    最后修改人 最后修改时间 最后更新时间
    提交人 提交者 提交时间 提交日期 开始时间 结束时间 答题时间 答题时长 所用时间 用时 来源 来源详情 来自ip ip ip地址
    流程状态 数据状态 当前状态 流水号 答卷编号
    recordid createdby createdat createdtime submittedby submittedat submitter submissiontime updatedby updatedat
    starttime endtime completiontime lastmodifiedtime
"""
_NAMES = frozenset(_COLUMNS.split())
_CODES = ("甲乙丙丁戊己庚辛壬癸", "abcdefghijklmnopqrstuvwxyz")
_CODE = re.compile(r"[(\[]?([0-9]{1,3}|[a-z]|[甲乙丙丁戊己庚辛壬癸])[)\].]?")
_SIGNED = re.compile(
    r"[(\[]?(?:(?:填报|填表|填写|制表|编制|审核|复核|审批|经办|统计|财务|单位|机构|企业|部门|法人|法定|项目|联系)*"
    r"(?:人|者|员|负责人|代表人?|领导|主管)(?:签字|签名|签章|盖章|电话|手机)?"
    r"|(?:填报|填表|填写|制表|编制|审核|复核|审批|经办)"
    r"|(?:填报|填表|报送|编制|运营)?(?:单位|机构|公司|企业|部门)?[(\[]?(?:签字|签名|签章|盖章|公章|印章|章)"
    r"|(?:填报|填表|填写|制表|报送|上报|审核|出表)?(?:日期|时间)"
    r"|(?:填报|填表|报送|编制)(?:单位|机构|部门)"
    r"|(?:联系|办公|固定)?(?:电话|手机|方式|邮箱|地址|传真)(?:号码)?"
    r"|(?:filled|prepared|reviewed|approved|signed|checked)by|signature|date|phone|tel|contact|seal)"
    r"(?:[(\[][^()\[\]]{0,12}[)\]])?(?P<end>[:：]|[)\]]|$)"
)
_DATE = re.compile(r"(?:[0-9]{4})?年?[-/.]?[0-9]{0,2}[-/.月]?[0-9]{0,2}日?(?:[0-9:]{0,8})")
_REMARK = re.compile(
    r"[*※\[(]?(?:填表|填报|填写|指标|编制)?(?:备注|说明|附注|注释|注意|注|notes?|remarks?)[)\]]?[0-9一二三]{0,2}[)\]]?(?:[:：.、]|$)"
)
_DIGIT = re.compile("[0-9]")
# What could as well be a figure that lost its name: 人 | 20. A telephone number has more digits, a date has signs.
_FIGURE = re.compile(r"[约近≥≤<>~+\-−]{0,2}[0-9,]{1,6}(?:\.[0-9]+)?(?:%|\+|[^0-9年月日/.\-]{1,4})?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_LONGEST = 40
# Rows that add up others, as `spelling.folded` has their names, so that 合 计 is one of them.
_SUMS = """
    合計 總計 小計 匯總
    合计 总计 小计 共计 总和 汇总 本页合计 本页小计 合计数 总计数 小计数 汇总数 平均 平均值 平均数 均值
    total totals grandtotal subtotal sum average mean
"""
_TOTALS = frozenset(_SUMS.split())
_OF_WHAT = re.compile(r"^(?:全市|全区|全国|市级|区级|各区|以上|本表|本区|.{1,4}[区县])(?=.{2})")
_AROUND_TOTALS = re.compile(r"^[(\[【]|(\([^()]*\))?[)\]】]?:?$")


def column(header: str) -> bool:
    """Whether a column of this name is none that is filed and none that is missed."""
    return len(header) <= _LONGEST and re.sub(r"[(\[【〔].*|[*:]", "", folded(header)) in _NAMES


def codes(texts: Sequence[str]) -> bool:
    """Whether the cells of a row that say something are codes of columns, one after the other: 甲 乙 1 2 3."""
    names = [folded(text) for text in texts if len(text) < 8 and text.strip()]
    if len(names) < 2 or len(names) < sum(bool(text.strip()) for text in texts):
        return False
    ranks = [_rank(name) for name in names]
    return all(
        now is not None and (now[1] == 1 if before is None or before[0] != now[0] else now[1] == before[1] + 1)
        for before, now in zip([None, *ranks], ranks, strict=False)
    )


def _rank(name: str) -> tuple[int, int] | None:
    """Which kind of code a text is, and the how manieth."""
    found = _CODE.fullmatch(name)
    if found is None:
        return None
    if found[1].isdigit():
        return 0, int(found[1])
    return next((kind, signs.index(found[1]) + 1) for kind, signs in enumerate(_CODES, 1) if found[1] in signs)


def signatures(texts: Sequence[str]) -> bool:
    """Whether a row holds signatures, dates and contacts and nothing else, so that no figure is lost with it.

    What has a digit must stand in the cell of its name or right behind it, and be no figure; or be a date.
    """
    answers, signed = False, False
    for text in texts:
        name = folded(text[:_LONGEST])
        if not name:
            continue
        found = _SIGNED.match(name)
        if found and len(text) <= _LONGEST:
            signed = True
            answers = found.end() == len(name)
        elif not _DIGIT.search(name) and (signed or len(text) <= _LONGEST):
            answers = answers and not name
        elif answers and not _could_be_figure(name) or _dated(name):
            answers = False
        else:
            return False
    return signed


def _could_be_figure(name: str) -> bool:
    return _FIGURE.fullmatch(name) is not None and _YEAR.fullmatch(name) is None


def _dated(name: str) -> bool:
    return _DATE.fullmatch(name) is not None and ("年" in name or "-" in name or "/" in name)


def remark(texts: Sequence[str]) -> bool:
    """Whether a row is a remark below a table: one cell that begins as remarks do."""
    filled = [text for text in texts if text.strip()]
    return len(filled) == 1 and bool(_REMARK.match(folded(filled[0][:_LONGEST])))


def total(text: str) -> bool:
    """Whether a cell names a row of totals."""
    return len(text) < 20 and _OF_WHAT.sub("", _AROUND_TOTALS.sub("", folded(text))) in _TOTALS
