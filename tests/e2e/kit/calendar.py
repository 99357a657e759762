"""The deadline of a work order, counted a second time and by other means than the suite does."""
import datetime
import pathlib

TABLES = pathlib.Path(__file__).resolve().parents[3] / "libs" / "calendar" / "data"
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def statutory():
    days = {}
    for table in TABLES.glob("cn-*.txt"):
        for line in table.read_text().splitlines():
            if line and not line.startswith("#"):
                day, kind = line.split()[:2]
                days[datetime.date.fromisoformat(day)] = kind
    return days


def due_date(created, working_days):
    """The UTC date and time, to the minute, of 17:30 in Shanghai on the n-th working day after `created` (RFC 3339)."""
    table = statutory()
    day = datetime.datetime.fromisoformat(created.replace("Z", "+00:00")).astimezone(SHANGHAI).date()
    while working_days:
        day += datetime.timedelta(days=1)
        if table.get(day, "off" if day.weekday() >= 5 else "work") == "work":
            working_days -= 1
    end = datetime.datetime.combine(day, datetime.time(17, 30), SHANGHAI)
    return end.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M")
