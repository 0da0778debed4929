"""How times and lengths are written on the pages."""

from datetime import date, datetime, timedelta

from web.text import Phrase, Text

WEEKDAYS = "一二三四五六日"
TYPED = "%Y-%m-%dT%H:%M"
"""How a browser writes a day and a time (HTML, local date and time)."""
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def clock(moment: datetime) -> str:
    """Hours and minutes of a moment that is in the utility's zone already: '14:33'."""
    return f"{moment:%H:%M}"


def clock_seconds(moment: datetime) -> str:
    """The same with seconds: '14:33:07'."""
    return f"{moment:%H:%M:%S}"


def calendar_day(day: date) -> str:
    """A day as it is read: '2026年1月15日 周四'."""
    return f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}"


def near_day(day: date, today: date, text: Text) -> str:
    """'今天' or '昨天' where it is one of them, else nothing."""
    names = {today: "list.today", today - timedelta(days=1): "list.yesterday"}
    return text.zh(names[day]) if day in names else ""


def length(seconds: float | None) -> str:
    """Seconds as minutes and seconds, '1:05'; hours only where there are any; '—' for None."""
    if seconds is None:
        return "—"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def short(moment: datetime) -> str:
    """Day and time without the year, for a column: '1月15日 14:33'."""
    return f"{moment.month}月{moment.day}日 {moment:%H:%M}"


def told(moment: datetime) -> Phrase:
    """The same for a sentence, which is said in two languages: '1月15日 14:33' and '15 Jan 14:33'."""
    return Phrase(short(moment), f"{moment.day} {MONTHS[moment.month - 1]} {moment:%H:%M}")


def short_day(day: date) -> str:
    """A day without the year: '1月15日'."""
    return f"{day.month}月{day.day}日"


def span(length: timedelta) -> Phrase:
    """A length of time, ahead or past, rounded down: '1小时05分' and '1 h 05 min', '2天3小时' and '2 d 3 h'."""
    minutes = int(abs(length).total_seconds()) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days:
        return Phrase(f"{days}天{hours}小时", f"{days} d {hours} h")
    if hours:
        return Phrase(f"{hours}小时{minutes % 60:02}分", f"{hours} h {minutes % 60:02} min")
    return Phrase(f"{minutes}分", f"{minutes} min")
