"""X5: files that are made to exhaust a program: repeat rules without end, a 20 MB photo in a vCard. Each is imported in a process of its own."""

import base64
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.figure import Figure, Held, Options

from desktop.community.ids import new_id
from desktop.engine.clock import SystemClock
from desktop.store import database

SECONDS, MEGABYTES = 5.0, 300.0
PHOTO = 20_000_000
_CHILD = Path(__file__).with_name("bomb_child.py")
RULES = (
    "FREQ=SECONDLY",
    "FREQ=SECONDLY;COUNT=1000000000",
    "FREQ=MINUTELY;BYSECOND=0,1,2,3,4,5,6,7,8,9",
    "FREQ=DAILY;COUNT=2000000000",
    "FREQ=DAILY;UNTIL=99991231T235959Z;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11;BYMINUTE=0,5,10,15,20,25,30,35,40,45,50,55",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31;COUNT=10",
    "FREQ=MONTHLY;INTERVAL=999999999",
    "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-366",
    "FREQ=WEEKLY;INTERVAL=0",
)


def figures(options: Options) -> list[Figure]:
    """Time and memory of each, and how much of it came in that should not have."""
    with tempfile.TemporaryDirectory(prefix="belfry-x5-") as name:
        folder = Path(name)
        (folder / "rules.ics").write_text(_calendar(), encoding="utf-8", newline="\r\n")
        _card(folder / "photo.vcf", round(PHOTO * min(1.0, options.scale)), options.seed)
        _cut_off(folder)
        found = {source.name: _imported(folder, source) for source in sorted(folder.glob("*.[iv]c*"))}
    return [figure for name, seen in found.items() for figure in _shown(name, seen)]


def _shown(name: str, seen: Mapping[str, float]) -> list[Figure]:
    figures = [
        Figure(f"X5 {name}: time", seen["seconds"], "s", target=SECONDS, held=Held.VALUE),
        Figure(f"X5 {name}: memory", seen["megabytes"], "MB", target=MEGABYTES, held=Held.VALUE, note=f"{seen['rows']:.0f} rows came in"),
    ]
    if "cut" in name:
        figures.append(Figure(f"X5 {name}: rows of half a card", seen["rows"], "", target=0, held=Held.VALUE))
    return figures


def _imported(folder: Path, source: Path) -> Mapping[str, float]:
    community = folder / f"{source.name}.belfry"
    database.create(community, clock=SystemClock(), device=new_id(), settings={"zone": "Europe/Lisbon", "country": "PT"}).close()
    ended = subprocess.run([sys.executable, str(_CHILD), str(community), str(source)], capture_output=True, text=True, check=True, timeout=600)
    return dict(zip(("seconds", "megabytes", "rows"), map(float, ended.stdout.split()), strict=True))


def _calendar() -> str:
    events = (
        f"BEGIN:VEVENT\nUID:{number}@bomb.example\nDTSTAMP:20260101T000000Z\nDTSTART:20260101T090000Z\nDTEND:20260101T100000Z\n"
        f"SUMMARY:Number {number}\nRRULE:{rule}\nEND:VEVENT\n"
        for number, rule in enumerate(RULES)
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//bombs//EN\n{''.join(events)}END:VCALENDAR\n"


def _card(path: Path, size: int, seed: int) -> None:
    photo = base64.b64encode(b"\xff\xd8\xff\xe0" + random.Random(seed).randbytes(size)).decode()
    folded = "\r\n ".join(photo[start : start + 74] for start in range(0, len(photo), 74))
    path.write_text(
        f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana Silva\r\nPHOTO;ENCODING=b;TYPE=JPEG:{folded}\r\nEND:VCARD\r\n", encoding="utf-8", newline=""
    )


def _cut_off(folder: Path) -> None:
    whole = (folder / "photo.vcf").read_bytes()
    (folder / "photo-cut.vcf").write_bytes(whole[: len(whole) // 2])
