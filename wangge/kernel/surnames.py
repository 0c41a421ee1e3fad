"""Surnames whose reading differs from the common one of their character, and those of two characters.

Readings are from general knowledge, not from a register; where two are in use both stand, the more common first.
"""

SINGLE: dict[str, tuple[str, ...]] = {
    "丁": ("ding",), "万": ("wan",), "萬": ("wan",), "乐": ("yue", "le"), "樂": ("yue", "le"), "乜": ("nie",),
    "仇": ("qiu",), "任": ("ren",), "佘": ("she",), "佴": ("nai",), "俞": ("yu",), "冼": ("xian",), "区": ("ou",),
    "區": ("ou",), "华": ("hua",), "華": ("hua",), "单": ("shan",), "單": ("shan",), "卜": ("bu",), "召": ("shao",),
    "句": ("gou",), "员": ("yun",), "員": ("yun",), "哈": ("ha",), "宁": ("ning",), "寧": ("ning",), "宓": ("mi", "fu"),
    "尉": ("wei",), "尹": ("yin",), "幺": ("yao",), "应": ("ying",), "應": ("ying",), "於": ("yu",), "晁": ("chao",),
    "曲": ("qu",), "曾": ("zeng",), "朴": ("piao",), "查": ("zha",), "柏": ("bai",), "殷": ("yin",), "沈": ("shen",),
    "洗": ("xian",), "燕": ("yan",), "牟": ("mu", "mou"), "盖": ("ge", "gai"), "蓋": ("ge", "gai"), "盛": ("sheng",),
    "石": ("shi",), "祭": ("zhai",), "种": ("chong",), "秘": ("bi",), "繁": ("po",), "纪": ("ji",), "紀": ("ji",),
    "缪": ("miao",), "繆": ("miao",), "翟": ("zhai", "di"), "能": ("nai",), "莘": ("shen", "xin"), "葛": ("ge",),
    "薄": ("bo",), "褚": ("chu",), "覃": ("qin", "tan"), "解": ("xie",), "訾": ("zi",), "谌": ("chen", "shen"),
    "諶": ("chen", "shen"), "费": ("fei", "bi"), "費": ("fei", "bi"), "贾": ("jia",), "賈": ("jia",), "车": ("che",),
    "車": ("che",), "逄": ("pang",), "逯": ("lu",), "郄": ("qie",), "郇": ("xun", "huan"), "郗": ("xi", "chi"),
    "都": ("du",), "重": ("chong",), "钭": ("tou",), "長": ("zhang",), "长": ("zhang",), "阚": ("kan",),
    "隗": ("wei", "kui"), "黑": ("he",), "折": ("she",), "那": ("na",),
}  # fmt: skip

COMPOUND: dict[str, str] = {
    "万俟": "mo qi", "萬俟": "mo qi", "上官": "shang guan", "东方": "dong fang", "東方": "dong fang",
    "东郭": "dong guo", "東郭": "dong guo", "令狐": "ling hu", "仲孙": "zhong sun", "仲孫": "zhong sun",
    "公冶": "gong ye", "公孙": "gong sun", "公孫": "gong sun", "公羊": "gong yang", "公西": "gong xi",
    "南宫": "nan gong", "南宮": "nan gong", "单于": "chan yu", "單于": "chan yu", "即墨": "ji mo", "司徒": "si tu",
    "司空": "si kong", "司马": "si ma", "司馬": "si ma", "司寇": "si kou", "呼延": "hu yan", "夏侯": "xia hou",
    "太史": "tai shi", "太叔": "tai shu", "宇文": "yu wen", "宗政": "zong zheng", "尉迟": "yu chi", "尉遲": "yu chi",
    "左丘": "zuo qiu", "巫马": "wu ma", "巫馬": "wu ma", "慕容": "mu rong", "拓跋": "tuo ba", "梁丘": "liang qiu",
    "欧阳": "ou yang", "歐陽": "ou yang", "濮阳": "pu yang", "濮陽": "pu yang", "淳于": "chun yu",
    "澹台": "tan tai", "澹臺": "tan tai", "独孤": "du gu", "獨孤": "du gu", "申屠": "shen tu", "皇甫": "huang fu",
    "端木": "duan mu", "第五": "di wu", "西门": "xi men", "西門": "xi men", "诸葛": "zhu ge", "諸葛": "zhu ge",
    "赫连": "he lian", "赫連": "he lian", "轩辕": "xuan yuan", "軒轅": "xuan yuan", "钟离": "zhong li",
    "鍾離": "zhong li", "长孙": "zhang sun", "長孫": "zhang sun", "闻人": "wen ren", "聞人": "wen ren",
    "闾丘": "lv qiu", "閭丘": "lv qiu", "鲜于": "xian yu", "鮮于": "xian yu", "百里": "bai li", "段干": "duan gan",
}  # fmt: skip

COMMON = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏"
    "钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許蘇盧蔣賈葉閻鍾譚鄒陸顧龍萬錢湯喬賀賴龔"
)
"""The hundred most frequent surnames in both scripts: two of them in a row may be the surnames of both parents."""

ORDINARY_WORDS = frozenset({"东方红", "東方紅", "东方白", "東方白", "第五名", "公孙树", "公孫樹"})
"""Words that begin like a surname of two characters."""
