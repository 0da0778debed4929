"""What the composition would tell the console of the rest of the hotline, of a small hotline that never changes."""

from web.errors import NothingToRestore
from web.system.insight import MenuPlace, MenuShown, ModelShown, Notice, Overview, RuleShown

PERSON = MenuPlace("", "person", "answer", "", outside=True)
REPAIR = MenuPlace(
    "1", "repair", "message", "请说哪里停电", limit=90, then="会有人来", hours="office (08:30-17:30)",
    when_closed="现在下班了", branches=(PERSON,),
)  # fmt: skip
MAIN = MenuPlace("", "main", "menu", "报修请按一", branches=(REPAIR, MenuPlace("9", "again", "again", "")))


class KnownInsight:
    """A hotline with one lesson learnt, a rule of each kind and something wrong with its disk."""

    def __init__(self, *, lessons: int = 1) -> None:
        self.lessons = lessons

    def overview(self) -> Overview:
        return Overview(
            settings_file="/etc/lianxin.toml",
            models=[
                ModelShown("lianxin-trial", "lianxin-trial-2.1", True, False, True, 16000),
                ModelShown("vosk-model-cn-0.22", "vosk-model-cn-0.22", False, False, False, 16000),
            ],
            model="lianxin-trial",
            second_model="",
            model_trouble="",
            labels=12,
            card="# The classifier in use",
            can_restore=self.lessons > 0,
            rules_folder="/srv/rules",
            rules=[
                RuleShown("opening.greeting", "开头问候", "Greets, and says in whose name", "opening", -5, False),
                RuleShown("forbidden.insult", "=辱骂", "Insults", "wording", -100, True),
            ],
            rules_trouble="",
            days=180,
            days_by_category={"complaint": 730},
        )  # fmt: skip

    def menu(self, text: str | None = None) -> MenuShown:
        said = 'first = "main"\n' if text is None else text
        if "wrong" in said:
            return MenuShown("/srv/menu.toml", said, "", None, (), "the menu of the console:1: wrong is no menu")
        return MenuShown("/srv/menu.toml", said, "本次通话会录音", MAIN, ["flow tariffs: no key leads there"])

    def health(self) -> list[Notice]:
        return [
            Notice("asterisk", "well", "Asterisk 22.10.1"),
            Notice("model", "note", "lianxin-trial is for TRIAL only"),
            Notice("disk", "wrong", "0 GB free; make room"),
        ]

    def restore_classifier(self) -> int:
        if not self.lessons:
            raise NothingToRestore("nothing was learnt yet")
        self.lessons -= 1
        return 7
