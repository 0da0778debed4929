"""Names of people, where the words before them say that a name follows."""

import re
from collections.abc import Iterator

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦昌马苗凤方俞任袁柳鲍费廉岑薛雷贺倪汤滕殷罗毕郝"
    "邬安常乐于傅皮卞齐康伍余元卜顾孟黄穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林"
    "刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢裴陆荣翁荀甄曲封储靳段焦巴牧隗山谷车侯宓全郗班仰"
    "秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶司黎薄白蒲邰鄂索赖卓蔺屠蒙池乔阴胥能苍双闻莘翟谭劳姬申扶冉宰雍桑桂濮牛寿边扈燕冀浦尚农温庄晏柴瞿阎"
    "闫充慕连茹习艾鱼容向古易慎戈廖庾居衡耿满弘匡寇广禄欧沃利蔚越隆师巩聂晁勾敖冷訾辛阚那简饶曾沙丰巢关蒯相查游竺权盖佟佘仝麦隋苟阳丛迟原鹿尉"
    "帅邸晋卯逯覃植练占揭战商佐芦苑侍初冼邝练岳毋代付丌粟楚闾刑冶矫檀章窦奚史唐云花柏郜亓迪幸郏腾冒漆鞠涂官"
)
_DOUBLE = (
    "欧阳|司马|上官|诸葛|司徒|东方|皇甫|慕容|令狐|夏侯|"
    "尉迟|公孙|长孙|宇文|轩辕|端木|百里|东郭|南宫|西门|独孤|呼延|澹台|濮阳|闻人|钟离"
)
_SURNAME = f"(?:{_DOUBLE}|[{''.join(sorted(set(_SURNAMES)))}])"
_NEVER_GIVEN = (
    "的是在住家我你您他她它们电打呢啊吧了吗说和跟想要问就这那从也不没有来去过到手身户联号今昨现请给把被让对谁什啥哪几多少两次遍年月日点"
    ",，。、;:!?"
)
_GIVEN = rf"(?:\s?(?![{_NEVER_GIVEN}])[\u4e00-\u9fff]){{1,2}}"
_WORDS = (
    "马上|安装|安排|安全|高压|高层|方便|时候|常常|万一|毛病|应该|余额|关门|关电|关闸|温度|金额|路人|路灯|路过|石头|于是|任何|任务|单位|单元|谢谢|全家|"
    "全部|成天|党员|项目|白天|黄色|包工|包括|付钱|付款|代理|代表|代办|段长|左右|左边|冷库|连续|解决|解释|房东|房管|房主|钟点|顾客|明天|明明|明白|车子|"
    "周围|周边|周[一二三四五六日天末]|雷雨|雷电|马路|杨树|常年|时间|路口|路边|方案|白色|高温|农民|农村|申请|何时|何况|向上|司机|司法|仇人|容易|易燃|居民|居委|官方|官网|商家|商户|商店|计量|那边|那个|那种|强制|成了|成功|双方|能不能|能否|满意|"
    "利用|越来|隆重|师傅|相关|查电|查表|查线|查一|权利|广告|广播|战士|初中|原来|植物|支付|支持|管道|管理|宣传|全是|燕子|鱼塘|游客|游戏|牛奶|"
    "山上|山下|山东|山西|江苏|江西|江边|宁波|宁夏|杭州|温州|苏州|广州|广东|广西|常州|金华|郑州|石家庄|吉林|黑龙江|高新|高铁|高楼|边上|巴士|索赔|劳动|"
    "从来|从前|阴天|休息|元旦|皮肤|乐意|苗圃|房子|花园|华为|方向|方式|方法|田里|林场|湖边|简单|简直|充电|充值|师父|焦味|童装|古镇|连着|游泳|康复|盛大|"
    "花钱|花园|花费|云南|唐山|史无|钱都|钱就|钱也|钱没|水电|门卫|米店|纪委|纪检|封了|储户|武警|秋天|秋收|夏天|冬天|车间|车库|班长|班组|宗旨|席位|危险|强烈|幸好|初步|商量"
)
_TITLE = "师傅|先生|女士|小姐|经理|主任|书记|医生|大夫|老师|阿姨|大爷|大妈|大叔|大姐|大哥|工程师|科长|所长|局长|队长|工"
_RELATIVE = (
    "爸|妈|爸爸|妈妈|父亲|母亲|老公|老婆|爱人|老伴|老头子?|儿子|女儿|闺女|孙子|孙女|哥|哥哥|姐|姐姐|弟|弟弟|妹|妹妹|爷爷|奶奶|外公|外婆|姥姥|姥爷|"
    "公公|婆婆|岳父|岳母|媳妇|丈夫|太太|先生"
)
_KIN = f"{_RELATIVE}|邻居|房东|租客|同事|朋友|老板|孩子|小孩|户主|机主|业主|负责人|收件人|对方|本人|家人|他|她"
_FULL_AFTER = (
    rf"(?:(?:我|咱|本人|俺)\s?(?:就|名字)?\s?叫\s?(?:做|作)?|(?:{_KIN})\s?(?:的)?(?:名字)?\s?叫\s?(?:做|作)?|(?:名\s?字|姓\s?名|大名|全名)\s?(?:[叫是]|就是|:|填的?)?|"
    r"(?:户\s?名(?![单称字])|户\s?主|机\s?主|业\s?主|联\s?系\s?人|负责人|收件人|开户人)\s?(?:的)?(?:姓名|名字)?\s?(?:[叫是写]|就是|写的?是|叫做|登记的是|:)?|"
    r"(?:my\s+name\s+is|name\s*:|(?<![a-z])i\s*am|this\s+is)\s)"
)
_NAMED = re.compile(
    rf"{_FULL_AFTER}[\s,:]{{0,2}}(?:(?:嗯|呃|额|啊|那个|我爸|我妈|我老公|我爱人)[\s,]{{0,2}})?"
    rf"(?P<full>(?!{_WORDS}){_SURNAME}(?!\s?(?:{_TITLE})){_GIVEN}|[\u4e00-\u9fff]{{2,6}}[·•.][\u4e00-\u9fff]{{2,8}}|[小老]{_SURNAME}(?![\u4e00-\u9fff])"
    r"|(?!the|a|an|not|from|at|in|my|your|so|very|here|calling|about)[a-z]{2,20}(?:\s(?!and|my|phone|from|calling)[a-z]{2,20}){0,2})"
)
_SURNAMED = re.compile(
    rf"(?:(?:我|咱|俺|本人|免\s?贵|敝)\s?(?:就)?\s?姓|(?:户\s?名(?![单称字])|户\s?主|机\s?主|联\s?系\s?人|负责人)\s?(?:是|姓|:)?)[\s,:]{{0,2}}"
    rf"(?:(?:嗯|呃|额|啊)[\s,]{{0,2}})?(?P<one>{_SURNAME})(?=$|[^\u4e00-\u9fff]|[{_NEVER_GIVEN}]|{_TITLE}|叫|名|一?个)"
    rf"(?:[\s,，、]{{0,2}}(?:名字?|单名|全名)?(?:叫做?|是)?\s?(?P<given>(?<=[叫名字是做])(?:一个字)?{_GIVEN}|(?<=叫\s){_GIVEN}))?"
)
_I_AM = re.compile(
    rf"(?:我\s?就?是)[\s,]?(?P<full>(?!{_WORDS}){_SURNAME}(?!{_TITLE})(?:\s?(?![{_NEVER_GIVEN}区县市省镇乡村街路园庭院楼店厂里口桥湾河山湖东西南北中边员户工长主客商民人号岁])[\u4e00-\u9fff]){{2}})"
    r"(?=$|[,，。\s!]|身份|户号|户名|电话|手机|家住|住在|住)"
)
_KIN_OF = re.compile(
    rf"(?:我\s?就?是|帮|替)[\s,]?(?P<full>(?!{_WORDS}){_SURNAME}(?!{_TITLE}){_GIVEN})\s?的\s?(?:{_RELATIVE})"
)
"""我是李秀英的儿子: whose relative somebody is."""
_WHOLE = re.compile(
    r"[\s,，。]{0,2}(?:(?P<spelled>[\u4e00-\u9fff]{3,6})[\s,，。]{1,2})?"
    rf"(?P<full>(?!{_WORDS}){_SURNAME}{_GIVEN})(?=$|[,，。、;\s])"
)
"""The whole name between two pauses, right after its surname: 我姓张，弓长张，张伟."""
_SPELLED = re.compile(
    r"弓长张|立早章|木子李|双木林|耳东陈|口天吴|古月胡|草头黄|言午许|三横王|三横一竖王|干钩于|人可何|走肖赵|禾呈程|美女姜|余未徐|双人徐|耳东陈|文刀刘|卯金刀刘"
    r"|(?P<two>[\u4e00-\u9fff]{2,4})的(?P<one>[\u4e00-\u9fff])"
)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand: after 我叫, 户名是, 联系人 …, the surname after 我姓, and how they are spelled out."""
    spelled: set[str] = set()
    for match in (*_NAMED.finditer(text), *_I_AM.finditer(text), *_KIN_OF.finditer(text)):
        yield match.span("full")
        spelled |= set(match["full"]) - set(" ")
    for match in _SURNAMED.finditer(text):
        for part in ("one", "given"):
            if match[part]:
                yield match.span(part)
                spelled |= set(match[part]) - set(" ")
        for said in re.finditer(rf"{match['one']}(?=\s?(?:先生|女士|小姐|师傅|阿姨|大爷|大妈|老师|叔|姐|哥))", text):
            yield said.span()
        whole = _WHOLE.match(text, match.end())
        if (
            whole
            and whole["full"].startswith(match["one"])
            and (whole["spelled"] or match["one"]).endswith(match["one"])
        ):
            yield whole.span("full")
    if spelled:
        for match in _SPELLED.finditer(text):
            one = match["one"] or match[0][-1]
            if one in spelled and (match["two"] is None or one in match["two"]):
                yield match.span()
