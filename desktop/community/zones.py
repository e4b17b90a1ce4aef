"""Wall time and instants: from the clock on the wall of a place, as its IANA zone rules it, to UTC and back.

Zone rules come from the pinned package tzdata alone, so that every computer that opens a community works out the same moments.
"""

import bisect
import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

import tzdata  # type: ignore[import-untyped]

from desktop.community.errors import Refused
from resources.translations import phrase


def pin_tzdata() -> None:
    """Take zone rules from the package tzdata and from nowhere else. Called once, at the start of the program."""
    zoneinfo.reset_tzpath(())
    zoneinfo.ZoneInfo.clear_cache()
    zone.cache_clear()
    to_utc.cache_clear()


def tzdata_version() -> str:
    """The IANA release that the zone rules come from, e.g. `2026f`. Where it changes, future moments are worked out again."""
    return str(tzdata.IANA_VERSION)


@cache
def zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone with this IANA name, e.g. `Europe/Lisbon`. Raises Refused where there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: a name that is a folder, such as "Europe"
        raise Refused(phrase("“{name}” is not a time zone. Write it as in Europe/Lisbon or America/Sao_Paulo.", name=name)) from error


def is_zone(name: str) -> bool:
    """Whether there is a zone with this IANA name."""
    try:
        zone(name)
    except Refused:
        return False
    return True


@lru_cache(maxsize=8192)  # a community meets again and again at the same few times of its days
def to_utc(wall: datetime, name: str) -> datetime:
    """The instant (aware, UTC) at which the wall clock of a zone first shows `wall` (naive) or, where it jumps over it, a later time.

    So in the gap of a DST change it is the next valid moment, and in the fold the first of the two. Raises Refused for an unknown zone.
    """
    rules = zone(name)
    # Not by arithmetic on aware times: within a zone, Python's takes no notice of offsets and forgets the fold.
    first, second = (wall.replace(fold=fold, tzinfo=rules).utcoffset() or timedelta(0) for fold in (0, 1))
    early = wall.replace(fold=0, tzinfo=UTC) - first
    if second <= first:  # no change near (both are one), or a fold: fold 0 comes first
        return early
    late = early + first - second
    # A gap. The offset of before the change gives a moment after it and the other way round (PEP 495): the change lies between them.
    seconds = range(int((early - late).total_seconds()) + 1)
    reached = bisect.bisect_left(seconds, True, key=lambda after: _wall(late + timedelta(seconds=after), rules) >= wall)
    return late + timedelta(seconds=reached)


def to_wall(instant: datetime, name: str) -> datetime:
    """What the wall clock of a zone shows at an instant (aware): naive. Raises Refused for an unknown zone."""
    return _wall(instant, zone(name))


def _wall(instant: datetime, rules: zoneinfo.ZoneInfo) -> datetime:
    return instant.astimezone(rules).replace(tzinfo=None, fold=0)
