#!/usr/bin/env python3
"""Compares the working days of the program with those of PyPI `holidays`, for the three tables of bank holidays.

    .ci/working_days.py target/release/convenor

The program counts them: a council with the steps "N working days after the meeting" and "N working days before the meeting"
is asked for its timetable, with a meeting on the first day that a table covers, in its middle and on its last day. So every
day of the table is counted from both sides. Each day that the program gives has to be the one that `holidays` gives.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
from datetime import date, timedelta

import holidays

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = {
    "england-and-wales": ("holidays.yaml", ["ENG", "WLS"]),
    "scotland": ("holidays-scotland.yaml", ["SCT"]),
    "northern-ireland": ("holidays-northern-ireland.yaml", ["NIR"]),
}
MOST = 520  # The most working days that a rule may have.


def covered(table):
    text = (ROOT / "templates/base" / table).read_text()
    day = lambda name: date.fromisoformat(re.search(rf"^{name}: (\S+)$", text, re.M)[1])
    return day("from"), day("until")


def timetable(program, nation, meeting):
    """The days that the program gives, by the number of working days after the meeting; before it, by negative numbers."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([program, "new", str(folder / "x")], check=True, stdout=subprocess.DEVNULL)
        borough = (folder / "x/borough.yaml").read_text()
        steps = [f"    calendar: {nation}", "    timetable:"]
        for n in range(1, MOST + 1):
            steps.append(f"      after-{n}: {{ title: After, by: {n} working days after the meeting }}")
            steps.append(f"      before-{n}: {{ title: Before, by: {n} working days before the meeting }}")
        settings = "settings:\n" + "\n".join(line[2:] for line in steps) + "\n"
        borough, put = re.subn(r"^settings:\n", settings, borough, flags=re.M)
        (folder / "x/borough.yaml").write_text(borough if put else borough + "\n" + settings)
        conference = folder / "x/conference.yaml"
        text = conference.read_text()
        # All days of the conference are the day of the meeting: counted from it, they would lie outside the table.
        days = f"date: {meeting}\n  reply_by: {meeting}"
        for field, said in (("# issued", f"issued: {meeting}"), ("  date", f"  {days}")):
            text, put = re.subn(rf"^{field}: \d{{4}}-\d\d-\d\d", said, text, count=1, flags=re.M)
            if not put:
                sys.exit(f"`convenor new` writes no line `{field}:` any more")
        conference.write_text(text)
        asked = [program, "timetable", str(conference), "--format", "json", "--today", str(meeting)]
        done = subprocess.run(asked, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{nation}, {meeting}: {done.stderr}")
        rows = {row["id"]: date.fromisoformat(row["due"]) for row in json.loads(done.stdout)["steps"]}
    sides = (("after", 1), ("before", -1))
    return {sign * n: rows[f"{side}-{n}"] for side, sign in sides for n in range(1, MOST + 1)}


def expected(subdivision, meeting, first, last):
    """The same by `holidays`, as far as the table reaches."""
    free = holidays.country_holidays("GB", subdiv=subdivision, years=range(first.year - 1, last.year + 2))
    days = {}
    for sign in (1, -1):
        day, n = meeting, 0
        while first <= (day := day + timedelta(sign)) <= last and n < MOST:
            if day.weekday() < 5 and day not in free:
                n += 1
                days[sign * n] = day
    return days


def main(program):
    faults = compared = 0
    for nation, (table, subdivisions) in TABLES.items():
        first, last = covered(table)
        seen = set()
        for meeting in (first, first + timedelta(40), first + (last - first) // 2, last - timedelta(40), last):
            ours = timetable(program, nation, meeting)
            for subdivision in subdivisions:
                for n, day in expected(subdivision, meeting, first, last).items():
                    compared += 1
                    seen.add(day)
                    if ours[n] != day:
                        faults += 1
                        print(f"{nation} ({subdivision}): {n} working days from {meeting} is {ours[n]}, not {day}")
        all_days = (first + timedelta(n) for n in range((last - first).days + 1))
        free = holidays.country_holidays("GB", subdiv=subdivisions[0], years=range(first.year, last.year + 1))
        missed = [str(day) for day in all_days if day.weekday() < 5 and day not in free and day not in seen]
        if missed:
            sys.exit(f"{nation}: never compared: {', '.join(missed)}")
    print(f"{compared} working days compared with holidays {holidays.__version__}, {faults} differ")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
