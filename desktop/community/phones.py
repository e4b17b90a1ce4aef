"""Phone numbers in one form, E.164 (`+351912345678`), so that the same number written twice is one.

phonenumbers knows every country's plan, but takes 50 µs for a number, which is 5 s for 100,000 members. What is plainly right is therefore told from
the same plan by one regular expression; everything else goes through phonenumbers whole.
"""

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonenumbers import PhoneMetadata  # imported late: a start that looks at no number need not pay for it

_SIGNS = "\u200b\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069\ufeff"  # what chat programs put around numbers
_INVISIBLE = dict.fromkeys(map(ord, _SIGNS))
_FORMATTING = dict.fromkeys(map(ord, _SIGNS + " -().\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013"))
_TRUNK = re.compile(r"\d{1,2}")


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is needed of a country's numbering plan to tell a plain number.

    Attributes:
        code: the calling code, such as `351`.
        trunk: digits dialled before a national number; empty where there are none.
        stripped: what phonenumbers may take off a national number; None where it takes nothing off.
        simple: `stripped` is just `trunk`.
        usual: matches the national numbers of fixed lines and mobiles.
        lengths: how many digits a national number may have.
    """

    code: str
    trunk: str
    stripped: re.Pattern[str] | None
    simple: bool
    usual: re.Pattern[str]
    lengths: frozenset[int]


def normalised(number: str, country: str = "") -> str:
    """A phone number as E.164 where it can be understood, else as it was written, without the spaces around it and invisible signs.

    `country` (ISO 3166-1 alpha-2) is where a number without `+` belongs; empty: such a number stays as it is. A number with an extension stays as it
    is, too, for E.164 has no place for one.
    """
    digits = number.translate(_FORMATTING)
    if digits[:1] == "+":
        plain = _international(digits)
    elif country and digits.isascii() and digits.isdigit():
        plain = _national(digits, country)
    else:
        plain = None
    return plain or _understood(number, country)


def _international(digits: str) -> str | None:
    """`+` and digits that need no more than the look of them; None where phonenumbers has to say."""
    national = digits[1:]
    if not (national.isascii() and national.isdigit()):
        return None
    for length in (1, 2, 3):
        plan = _plan_of_code(national[:length])
        if plan is not None:
            rest = national[length:]
            if len(rest) in plan.lengths and rest[0] != "0" and not (plan.stripped and plan.stripped.match(rest)):
                return digits
            return None
    return None


def _national(digits: str, country: str) -> str | None:
    """A number as dialled within its country; None where phonenumbers has to say."""
    plan = _plan(country)
    if plan is None:
        return None
    if plan.stripped and plan.stripped.match(digits):
        if not plan.simple:
            return None
        digits = digits[len(plan.trunk) :]
    if digits[:1] == "0" or digits.startswith(plan.code):
        return None  # a zero that belongs to the number, an international prefix, or a country's code without its plus
    return f"+{plan.code}{digits}" if plan.usual.fullmatch(digits) else None


@functools.lru_cache(maxsize=20_000)
def _understood(number: str, country: str) -> str:
    """By phonenumbers. With a plus a number has to be possible; without one, it has to be one that the country gives out."""
    import phonenumbers

    written = number.translate(_INVISIBLE).strip()
    try:
        parsed = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return written
    known = phonenumbers.is_possible_number(parsed) if written[:1] in "+\uff0b" else phonenumbers.is_valid_number(parsed)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164) if known and not parsed.extension else written


@functools.cache
def _plan(country: str) -> _Plan | None:
    from phonenumbers import PhoneMetadata

    data = PhoneMetadata.metadata_for_region(country)
    return None if data is None else _plan_from(data)


@functools.lru_cache(maxsize=1200)
def _plan_of_code(code: str) -> _Plan | None:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code)) if code else None
    if not regions or code[0] == "0":
        return None
    data = PhoneMetadata.metadata_for_nongeo_region(int(code)) if regions[0] == "001" else PhoneMetadata.metadata_for_region(regions[0])
    return None if data is None else _plan_from(data)


def _plan_from(data: "PhoneMetadata") -> _Plan:
    patterns = [kind.national_number_pattern for kind in (data.mobile, data.fixed_line) if kind and kind.national_number_pattern]
    trunk = data.national_prefix or ""
    stripped = data.national_prefix_for_parsing
    lengths = data.general_desc.possible_length if data.general_desc else ()
    return _Plan(
        code=str(data.country_code),
        trunk=trunk,
        stripped=re.compile(stripped) if stripped else None,
        simple=stripped == trunk and _TRUNK.fullmatch(trunk) is not None,
        usual=re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or r"(?!)"),
        lengths=frozenset(length for length in lengths or () if length > 0),
    )
