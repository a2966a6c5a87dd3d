"""Judges calendar files and messages: Python's own reader of messages, and the package `icalendar` where it is installed.

Usage: judge.py FOLDER. Every `.ics` and `.eml` in it is read; the first fault ends the program with exit code 1.
"""

import email
import email.policy
import pathlib
import sys
from datetime import datetime, timedelta

try:
    import icalendar
except ImportError:
    icalendar = None


def message(name, data):
    # A defect is an exception, also in a header that nobody asks for.
    strict = email.policy.SMTP.clone(raise_on_defect=True)
    read = email.message_from_bytes(data, policy=strict)
    for header, value in read.items():
        assert not value.defects, (name, header, value.defects)
        assert len(read.get_all(header)) == 1, (name, header, "is there twice")
    assert read["Date"] is None and read["Message-ID"] is None, (name, "a draft has neither")
    assert read["X-Unsent"] == "1", name
    for header in ("From", "To"):
        assert len(read[header].addresses) == 1, (name, read[header])
        assert read[header].addresses[0].addr_spec.isascii(), (name, read[header])
    assert read.get_content_type() == "multipart/mixed", name
    kinds = [part.get_content_type() for part in read.iter_parts()]
    assert kinds == ["text/plain", "application/pdf", "text/calendar"], (name, kinds)
    text, letter, entry = read.iter_parts()
    assert "Dear " in text.get_content(), name
    assert letter.get_content().startswith(b"%PDF-"), name
    assert letter.get_filename().endswith(".pdf"), name
    assert entry.get_filename() == "meeting.ics" and entry.get_param("method") == "REQUEST", name
    entry = entry.get_payload(decode=True)
    # What is read is written again as it was.
    again = email.message_from_bytes(read.as_bytes(), policy=strict)
    assert [part.get_content() for part in again.iter_parts()] == [part.get_content() for part in read.iter_parts()], name
    calendar(name, entry, "REQUEST")


def calendar(name, data, method):
    if icalendar is None:
        return
    every = icalendar.Calendar.from_ical(data, multiple=True)
    assert len(every) == 1, (name, "is more than one calendar")
    (read,) = every
    for component in read.walk():
        assert not component.errors, (name, component.name, component.errors)
        for required in component.required:
            assert required in component, (name, component.name, "lacks", required)
        for single in component.singletons:
            assert not isinstance(component.get(single), list), (name, component.name, "has twice", single)
    assert read["METHOD"] == method, name
    (event,) = read.walk("VEVENT")
    assert ("ATTENDEE" in event) == (method == "REQUEST"), name
    assert len(event.walk("VALARM")) == 1, name
    start, end = event.start, event.end
    assert start < end, name
    if isinstance(start, datetime):
        # The rules in the file give the time of the clocks in London.
        from zoneinfo import ZoneInfo

        (zone,) = read.walk("VTIMEZONE")
        ours = start.replace(tzinfo=zone.to_tz()).utcoffset()
        assert ours == start.replace(tzinfo=ZoneInfo("Europe/London")).utcoffset(), (name, ours)
    else:
        assert end - start == timedelta(days=1), name
    # What is read is written again as it was, but for the order of properties.
    assert sorted(icalendar.Calendar.from_ical(read.to_ical()).to_ical()) == sorted(read.to_ical()), name


def main():
    files = sorted(pathlib.Path(sys.argv[1]).iterdir())
    for file in files:
        if file.suffix == ".eml":
            message(file.name, file.read_bytes())
        else:
            calendar(file.name, file.read_bytes(), "PUBLISH")
    by = "Python" if icalendar is None else f"Python and icalendar {icalendar.__version__}"
    print(f"{len(files)} files judged by {by}")
    if icalendar is None:
        print("not judged by `icalendar`: it is not installed (`pip install icalendar`)")


main()
