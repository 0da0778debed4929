"""Personal data known by how it is written: number plates and email addresses."""

import re

_HAN_D = "零〇一二两三四五六七八九幺"
_D = "0-9" + _HAN_D

EMAIL = re.compile(
    rf"(?<![a-z0-9])[a-z0-9](?:[a-z0-9._+-]|\s?(?:下划线|减号|杠|点)\s?(?=[a-z0-9])|[{_HAN_D}]){{0,63}}\s?(?:@|艾特|爱特|圈a|小老鼠|\sat\s)\s?"
    rf"[a-z0-9{_HAN_D}-]{{1,62}}(?:\s?(?:\.|点|\sdot\s)\s?[a-z]{{2,10}}){{1,3}}"
)
"""name@place, with the sign and the dots as they are said."""

PLATE = re.compile(
    rf"(?:[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]\s?[a-hj-np-z][\s·.•-]{{0,2}}"
    rf"(?=(?:[a-z]\s?){{0,5}}[{_D}])(?:[a-hj-np-z{_D}]\s?){{4,5}}[a-hj-np-z{_D}学警挂港澳使领]|使\s?[{_D}]{{6}})(?![a-z0-9])"
)
"""A plate of GA 36: province, letter, five signs, or six for electric cars; no I and no O."""
