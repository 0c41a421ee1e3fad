"""The headings and words of handed-down lists, by what they mean: data, not decisions."""

from collections.abc import Mapping

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "order": ("序号", "编号", "序", "no", "no.", "#"),
    "name": ("姓名", "人员姓名", "返回人员姓名", "返乡人员姓名", "名字", "full name", "name"),
    "sex": ("性别", "sex", "gender"),
    "age": ("年龄", "岁数", "age"),
    "birth": ("出生日期", "出生年月日", "出生年月", "生日", "birth", "date of birth", "birthday"),
    "number": (
        "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号", "公民身份证号码", "证件号码", "证件号",
        "居民身份证号", "居民身份证号码", "有效证件号", "id number", "id_number", "id no", "id card",
        "identity number",
    ),
    "number_kind": ("证件类型", "证件种类", "id type", "document type"),
    "phones": (
        "电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "本人电话", "移动电话", "联系号码",
        "phone", "phones", "telephone", "mobile", "phone number",
    ),
    "registered": ("户籍地", "户籍地址", "户籍所在地", "户口所在地", "籍贯地址", "registered address",
    "registered in"),
    "door": (
        "在本地居住地", "本地居住地", "本地住址", "现居住地", "现居住地址", "居住地", "居住地址", "现住址", "住址",
        "家庭住址",
        "家庭地址", "地址", "详细地址", "常住地址", "目前居住地", "返回后住址", "返乡后住址", "现住地", "隔离地址",
        "address",
        "local address", "door", "home address",
    ),
    "from": (
        "来自地区", "来源地", "来自何地", "来自", "何地返回", "从何地返回", "返回地", "出发地", "始发地", "来源地区",
        "停留地", "疫区停留地", "from", "coming from", "origin", "source area",
    ),
    "left": (
        "离开疫区时间", "离开疫区日期", "离开武汉时间", "离汉时间", "离鄂时间", "离开湖北时间", "离开来源地时间",
        "离开重点地区时间",
        "离开风险地区时间", "出发时间", "出发日期", "离开日期", "离开时间", "left on", "date of leaving", "left",
        "departure date",
    ),
    "arrived": (
        "到本地时间", "抵达时间", "到达时间", "到达日期", "返回时间", "返回日期", "返乡时间", "返乡日期",
        "回来时间", "来本地时间",
        "到达本地时间", "抵达本地时间", "返程时间", "arrived", "arrived on", "date of arrival", "date of return",
        "arrival date",
    ),
    "within": (
        "是否14天以内", "是否在14天内", "是否14天内", "14天内", "是否满14天内", "是否在期内", "within 14 days",
        "within period",
    ),
    "left_again": (
        "是否离开", "是否已离开", "现是否离开", "是否再次离开", "是否离开本地", "是否已离开本地", "left again",
        "has left",
    ),
    "left_again_on": ("再次离开时间", "离开本地时间", "离开本地日期", "left again on"),
    "left_again_to": ("去向", "去往何地", "离开去向", "目的地", "left for", "destination"),
    "transport": ("交通工具", "交通方式", "车次", "航班", "transport"),
    "remark": ("备注", "说明", "备注信息", "remark", "remarks", "note", "notes"),
}  # fmt: skip
"""Field > headings, compared in half-width signs without blanks, brackets and case."""

AGAIN_GROUPS = ("离开情况", "再次离开", "离开本地", "leftagain")
"""Headings above a group of columns that are about leaving here again."""

YES = frozenset({"是", "有", "已离开", "离开", "已走", "y", "yes", "true", "1", "√", "✓", "对"})
NO = frozenset({"否", "无", "没有", "未离开", "未", "不是", "n", "no", "false", "0", "×", "x", "✗", "在"})

FINDINGS: tuple[tuple[str, str], ...] = (
    ("duplicate_in_list", r"重复|重覆|duplicate"),
    ("not_exposed", r"非疫区|非重点地区|非风险|未[去到]过|没[去到]过|没有[去到]过|not exposed"),
    ("period_over", r"(?:已|超过?|满|过)+\d+[天日]|已过(?:期|观察期|隔离期)|期满|period over"),
    (
        "not_resident",
        r"查无此人|不在此|不在本|不住|搬走|搬离|迁出|常年在外|长期在外|常年外出"
        r"|已出售|已卖|空户|空挂|人户分离|not resident"
        r"|not living here|unknown here",
    ),
    ("in_transit", r"途经|途径|路过|过境|中转|短暂停留|(?<!未)(?<!没有)已离开|已返程|in transit|left again"),
    ("newly_found", r"漏登|漏报|新发现|新增|(?:尚|还)?未登记|没有?登记|newly found"),
    ("wrong_info", r"(?<!无)有误|错误|不符|不一致|更正|修正|wrong"),
    ("already_surveyed", r"属实|无误|已登记|已排查|已摸排|已核实|已掌握|在册|already surveyed|known already"),
)  # fmt: skip
"""Outcome > what workers write for it, the first that fits counts."""
