"""The words by which addresses name their parts, and those that say nothing."""

import re

# The word behind a number tells what it counts. 楼, 号, 户 and # mean different things by their place and are settled
# later, as is a bare number.
KINDS = {
    "building": ("号住宅楼", "住宅楼", "号楼栋", "号楼", "栋楼", "幢楼", "座楼", "#楼", "#栋", "号栋", "号幢", "号座",
                 "楼栋", "栋", "幢", "座"),
    "stairwell": ("号单元", "#单元", "单元门", "单元", "单(?=[0-9])", "楼门", "门洞", "号门", "门", "号梯", "梯"),
    "floor": ("层楼", "楼层", "层"),
    "storey": ("楼(?!下|上|道|梯|前|后|顶)",),
    "room": ("号房间", "房间", "号房", "号室", "室", "房"),
    "household": ("号户", "户"),
    "house": ("门牌号", "号"),
    "hash": ("#",),
    "lane": ("支弄", "弄", "号巷", "巷", "胡同"),
    "group": ("村民小组", "村民组", "居民小组", "居民组", "生产小组", "小组", "小队", "生产队", "组(?!团)", "队",
              "社(?!区)"),
    "row": ("排",),
    "quarter": ("期", "区(?!域|划|街)", "组团", "号大院", "号院", "地块"),
}  # fmt: skip
KIND_OF = {word.split("(")[0]: kind for kind, words in KINDS.items() for word in words}
BEHIND = "|".join(sorted((word for words in KINDS.values() for word in words), key=len, reverse=True))

# After a Chinese numeral these may as well begin or end a name (三门峡, 五座桥, 七队沟): what follows decides.
MAY_FOLLOW = frozenset("第东西南北中左右甲乙丙丁戊己负地底商铺门店沿临别独附之和及或与至到")
WEAK = frozenset("门座社梯房户排巷楼层区期室")

SHOP = r"(?:沿街|临街|底层|一层)?(?:底商|商铺|商服|门面房?|门市房?|店铺|店面|铺面|铺位)"
VILLA = "联排别墅|独栋别墅|别墅|独栋|独幢"
PLAIN_HOUSES = "自建房|平房"

NOTHING = frozenset((
    "无", "没有", "暂无", "不详", "不明", "未知", "不清楚", "未填", "未登记", "待定", "待查", "待核", "空", "空户",
    "空房", "空置", "无人", "外地", "外省", "外市", "外县", "省外", "市外", "境外", "国外", "null", "none", "n/a", "na",
    "nil", "-", "--", "---", "/", "//", "\\", ".", "0",
))  # fmt: skip
AS_ABOVE = frozenset(("同上", "同上户", "同前", "同户主", "同左", "〃", "〃〃", '"', "ditto", "same"))
DROPPED_BEHIND = re.compile(
    r"(?:室|户|家|住户|房屋|已|现|为|是|在住|空置房?|空户|空房|空|无人居住|无人住|无人|出租屋|出租房|出租|租住|租户|租房|自住"
    r"|自有|闲置|未入住|未住|常住|暂住|锁门|待租|毛坯房?|装修中|在装修)+"
)
LABEL = re.compile(r"^\s*(?:现|家庭|常住|居住|户籍|详细|实际)*(?:地址|住址|门牌号码?|住所)\s*[:：]?\s*")

ROAD = re.compile(r"[^\s0-9]{1,8}?(?:大道|大街|公路|马路|路|街)(?:[一二三四五六七八九十0-9]+段)?\s*")
ROAD_WITH_NUMBER = re.compile(ROAD.pattern + r"第?[0-9]+(?:-[0-9]+)?号")
STREET_END = re.compile(r"(?:大道|大街|街|路|道|巷|弄|胡同|里|条|坊|公路|马路|线)$")
HAMLET_END = re.compile(
    r"(?:自然村|生产队|村民小组|小组|组|队|社|屯|湾|塆|沟|庄|坪|坡|寨|营|堡|塘|冲|坝|岭|岗|畈|垸|洼|峪|圩|埠|坳|垭|咀|嘴"
    r"|院子|大院|家|坑|垄|台|滩|凼|岩|厝|房头)$"
)
NAMED_BUILDING_END = re.compile(r"(?:楼|座|幢|栋)$")
SURE_HAMLET_END = re.compile(r"(?:自然村|生产队|村民小组|小组|组|屯)$")
# Only a chain from the province, city or county down is sure to be one: 江南水乡, 格林小镇, 翠湖小区 are estates.
ABOVE = re.compile(
    r"\s*(?:[^\s\d]{2,9}?(?:省|特别行政区|自治区|(?<![超门都城])市(?!场|政|区|民|委)|自治州|地区|自治县|县|自治旗|[左右前后]旗|盟))+"
    r"(?:\s*(?:[^\s\d]{1,4}?(?:开发区|高新区|新区)|[^\s\d]{1,3}?[^小社园片校厂库活景舍墅院东西南北中A-Z0-9]区|[^\s\d][东西南北中]区))?"
    r"(?:\s*[^\s\d]{1,6}?(?:街道办事处|街道办|街道|办事处|(?<![小古水])镇|(?<![水故])乡|开发区|高新区|新区))*\s*"
)
COMMUNITY = re.compile(r"[^\s\d]{1,9}?(?:社区居委会|居民委员会|居委会|村民委员会|村委会|社区|村)")

ENGLISH = (
    (re.compile(r"\bVILLA\b\.?\s*(?:NO\b\.?)?\s*#?\s*([0-9A-Z]{1,4})\b"), r" \1栋别墅 "),
    (re.compile(r"\bSHOP\b\.?\s*(?:NO\b\.?)?\s*#?\s*([0-9A-Z]{1,4})\b"), r" 商铺\1 "),
    (re.compile(r"\b(?:BUILDING|BLDG|BLOCK|BLK|TOWER)\b\.?\s*(?:NO\b\.?)?\s*#?\s*([0-9A-Z]{1,4})\b"), r" \1栋 "),
    (re.compile(r"\b(?:NO\.?\s*)?([A-Z]?[0-9]{1,3}[A-Z]?|[A-Z])\s+(?:BUILDING|BLDG|BLOCK)\b\.?"), r" \1栋 "),
    (re.compile(r"\bUNIT\b\.?\s*(?:NO\b\.?)?\s*#?\s*([0-9]{3,4}[A-Z]?)\b"), r" \1室 "),
    (re.compile(r"\b(?:UNIT|ENTRANCE|STAIRWELL)\b\.?\s*(?:NO\b\.?)?\s*#?\s*([0-9]{1,2}|[A-Z])\b"), r" \1单元 "),
    (
        re.compile(r"\b(?:ROOM|RM|FLAT|APARTMENT|APT|SUITE|DOOR)\b\.?\s*(?:NO\b\.?)?\s*#?\s*([0-9A-Z]{1,6})\b"),
        r" \1室 ",
    ),
    (re.compile(r"\b(?:ROOM|RM|FLAT|APT)([0-9]{1,4}[A-Z]?)\b"), r" \1室 "),
    (re.compile(r"\b(?:FLOOR|FL|LEVEL)\b\.?\s*([0-9]{1,3})\b"), r" \1层 "),
    (re.compile(r"\b([0-9]{1,3})(?:ST|ND|RD|TH)?\s*(?:/\s*F\b|FLOOR\b|FL\b\.?)"), r" \1层 "),
    (re.compile(r"\bLANE\b\.?\s*([0-9]{1,4})\b"), r" \1弄 "),
    (re.compile(r"\bGROUP\b\.?\s*([0-9]{1,3})\b"), r" \1组 "),
    (re.compile(r"\bPHASE\b\.?\s*([0-9]{1,2})\b"), r" \1期 "),
    (re.compile(r"\b(?:HOUSE\s+NO|HOUSE|NO)\b\.?\s*([0-9]{1,4}[A-Z]?)\b"), r" \1号 "),
    (re.compile(r"(?<![A-Z])NO\b\.?\s*(?=[0-9])|(?<![A-Z])NO(?=[0-9])"), " "),
    (re.compile(r"(?<![0-9A-Z])([0-9]{1,2})F(?=[0-9]{3,4})"), r"\1层"),
)
"""English words stand before their number; each is written as the Chinese one behind it."""

LABELLED = tuple(
    (
        re.compile(rf"(?:{names})\s*(?::\s*|(?<=号))第?([0-9A-Z]+|[一二三四五六七八九十]+)(?:{behind})?(?![-/.0-9])"),
        rf" \1{word} ",
    )
    for names, behind, word in (
        ("楼栋号?|栋号|幢号|楼号|楼幢号?|栋|幢", "号楼|栋|幢|座", "栋"),
        ("单元号?", "单元", "单元"),
        ("楼层", "层|楼", "层"),
        ("房间号?|房号|室号|房屋号", "室|房|号", "室"),
        ("门牌号?|户号", "号|户", "号"),
        ("村民小组|小组|组号|组别|组", "组|村民小组", "组"),
    )
)
"""Some systems print the name of the column before the number: 楼栋:3 单元:2 房号:501."""
