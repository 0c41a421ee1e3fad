"""The headings that offices write, by field, and the headings of what is never read: data, not decisions."""

from collections.abc import Mapping

HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("姓名", "居民姓名", "人员姓名", "成员姓名", "家庭成员", "名字", "full name", "name", "resident"),
    "relation": (
        "与户主关系", "和户主关系", "与户主的关系", "户主关系", "家庭关系", "称谓", "关系", "relation to head",
        "relation",
        "relationship",
    ),
    "sex": ("性别", "sex", "gender"),
    "birth": ("出生日期", "出生年月日", "生日", "出生年月", "出生时间", "birth", "date of birth", "birthday", "born"),
    "number": (
        "身份证号", "身份证号码", "身份证", "公民身份号码", "公民身份证号", "公民身份证号码", "证件号码", "证件号",
        "居民身份证号", "居民身份证号码", "id number", "id_number", "id no", "id", "identity number",
    ),
    "number_kind": ("证件类型", "证件种类", "证件名称", "id type", "document type"),
    "phones": (
        "电话", "联系电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系号码", "本人电话", "移动电话",
        "phone", "phones", "telephone", "mobile",
    ),
    "head": ("户主", "户主姓名", "head", "head of household", "household head"),
    "door": (
        "住址", "地址", "家庭住址", "现住址", "居住地址", "详细地址", "家庭地址", "居住地", "现居住地",
        "现居住地址", "常住地址",
        "房屋地址", "住房地址", "门牌号", "门牌", "门号", "door", "address", "door number",
    ),
    "building": ("楼号", "楼栋", "楼栋号", "栋号", "幢号", "座号", "栋", "幢", "building"),
    "unit": ("单元", "单元号", "unit", "stairwell"),
    "room": ("房号", "房间号", "室号", "房间", "室", "户室号", "room", "flat"),
    "group": ("组", "组别", "村民小组", "小组", "组号", "村民组", "group"),
    "house": ("户号", "户编号", "户序号", "家庭编号", "house", "house number", "household number"),
    "remark": ("备注", "备注信息", "说明", "其他", "remark", "remarks", "note", "notes"),
    "order": ("序号", "编号", "no", "no.", "#"),
}  # fmt: skip
"""Field > headings, compared in half-width signs without blanks, brackets and case."""

FORBIDDEN: tuple[str, ...] = (
    "民族", "族别", "宗教", "信仰", "政治面貌", "政治", "党派", "党员", "团员", "基站", "定位", "坐标", "经纬度",
    "经度", "纬度",
    "轨迹", "信访", "上访", "吸毒", "涉毒", "艾滋", "精神病", "精神障碍", "人脸", "指纹", "健康码颜色", "ethnic",
    "religio",
    "belief", "politic", "party", "celltower", "celllocation", "gps", "longitude", "latitude", "biometric",
    "fingerprint", "petition",
)  # fmt: skip
"""A column whose heading holds one of these is dropped unread, and named."""

RELATIONS: Mapping[str, tuple[str, ...]] = {
    "head": ("户主", "本人", "本户户主", "head", "self"),
    "spouse": ("妻", "妻子", "夫", "丈夫", "配偶", "爱人", "老婆", "老公", "媳妇", "spouse", "wife", "husband"),
    "child": (
        "子", "女", "儿子", "女儿", "儿", "长子", "次子", "三子", "四子", "五子", "长女", "次女", "二女", "二子",
        "三女", "四女",
        "五女", "独生子", "独生女", "养子", "养女", "继子", "继女", "大儿子", "小儿子", "大女儿", "小女儿", "子女",
        "son",
        "daughter", "child",
    ),
    "parent": (
        "父", "母", "父亲", "母亲", "爸爸", "妈妈", "继父", "继母", "养父", "养母", "父母", "father", "mother",
        "parent",
    ),
    "grandparent": (
        "祖父", "祖母", "爷爷", "奶奶", "外祖父", "外祖母", "外公", "外婆", "姥姥", "姥爷", "grandfather",
        "grandmother",
        "grandparent",
    ),
    "grandchild": (
        "孙", "孙子", "孙女", "外孙", "外孙子", "外孙女", "长孙", "次孙", "孙儿", "曾孙", "曾孙子", "曾孙女",
        "重孙", "grandson",
        "granddaughter", "grandchild",
    ),
    "sibling": (
        "兄", "弟", "姐", "妹", "哥", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟", "姐妹", "兄弟姐妹", "兄长",
        "brother", "sister",
        "sibling",
    ),
    "in_law": (
        "儿媳", "儿媳妇", "女婿", "岳父", "岳母", "公公", "婆婆", "公爹", "孙媳", "孙媳妇", "孙女婿", "嫂", "嫂子",
        "嫂嫂", "弟媳",
        "弟媳妇", "姐夫", "妹夫", "daughter-in-law", "son-in-law", "father-in-law", "mother-in-law", "in-law",
    ),
    "other_relative": (
        "亲属", "其他亲属", "亲戚", "侄", "侄子", "侄女", "侄儿", "外甥", "外甥女", "叔", "叔叔", "伯", "伯父",
        "伯母", "婶", "婶婶",
        "姑", "姑姑", "姑母", "舅", "舅舅", "舅父", "舅母", "姨", "姨妈", "姨母", "堂兄", "堂弟", "表兄", "表弟",
        "表姐", "表妹",
        "relative", "other relative",
    ),
    "tenant": ("租户", "租客", "承租人", "房客", "租住", "租房", "租住人员", "tenant"),
    "non_relative": (
        "非亲属", "保姆", "朋友", "同事", "员工", "护工", "同住", "同住人", "室友", "合租", "合租人", "寄住",
        "nanny", "friend",
        "not related",
    ),
}  # fmt: skip
"""Relation to the head > the words for it."""

SEXES: Mapping[str, tuple[str, ...]] = {
    "M": ("男", "男性", "m", "male", "1"),
    "F": ("女", "女性", "f", "female", "2"),
}

NUMBER_KINDS: Mapping[str, tuple[str, ...]] = {
    "passport": ("护照", "passport"),
    "travel_permit": (
        "港澳通行证", "台胞证", "回乡证", "通行证", "往来内地通行证", "往来大陆通行证", "travel permit",
    ),
    "birth_certificate": ("出生证", "出生证明", "出生医学证明", "birth certificate"),
    "other": ("军官证", "士兵证", "其他", "其他证件", "other"),
    "": (
        "身份证", "居民身份证", "公民身份证", "居住证", "港澳台居民居住证", "永久居留证", "外国人永久居留身份证",
        "户口簿", "id card",
    ),
}  # fmt: skip
"""Kind of document > the words for it; under the empty one the number itself tells the kind."""

VACANT = (
    "空房", "空置", "空户", "空", "无人居住", "无人", "空置房", "待租", "待售", "未入住", "vacant", "empty", "nobody",
)  # fmt: skip
"""What stands in place of a name where nobody lives."""

GONE = (
    "已故",
    "去世",
    "死亡",
    "已亡",
    "病故",
    "亡故",
    "已迁出",
    "迁出",
    "已搬走",
    "搬走",
    "已搬离",
    "搬离",
    "deceased",
    "moved out",
)
"""A remark with one of these says that the person is no longer a resident."""

NONE_WORDS = frozenset(
    {
        "无", "無", "没有", "沒有", "暂无", "未办", "未办理", "不详", "不知", "未知", "没", "缺", "/", "-", "—",
        "——", "\\", "无证",
        "无身份证", "没有电话", "无电话", "无手机", "没有手机", "没电话", "none", "n/a", "na", "null", "nil",
    }
)  # fmt: skip
"""What people write into a cell that has nothing to say."""

SAME_WORDS = frozenset({"同上", "〃", "″", '"', "ditto"})
"""What people write for "as in the row above"."""
