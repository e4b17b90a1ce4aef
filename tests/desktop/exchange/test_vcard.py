"""vCards in as phones and programs export them, and our own out and back."""

import base64
import resource
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.community.errors import Refused
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, PostalAddress
from desktop.exchange.vcard import BadRow, ImportedCard, cards
from desktop.exchange.vcard_write import write_cards
from helpers.people import COUNTRY, members

FILES = Path(__file__).parents[2] / "files" / "cards"
JPEG = b"\xff\xd8\xff\xe0"


def sample(name: str, country: str = "PT") -> list[ImportedCard]:
    return [card for card in cards(FILES / name, country) if isinstance(card, ImportedCard)]


def read(tmp_path: Path, text: str | bytes) -> list[ImportedCard | BadRow]:
    path = tmp_path / "cards.vcf"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(cards(path, "PT"))


def one(tmp_path: Path, *lines: str, version: str = "3.0") -> Member:
    (card,) = read(tmp_path, "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]))
    assert isinstance(card, ImportedCard), card.reason
    return card.member


def test_given_an_iphones_cards_when_imported_then_labels_groups_and_years_are_understood() -> None:
    ana, bakery, rui = sample("iphone.vcf")

    home = PostalAddress(street="Rua da Graça 12, 2.º Esq", city="Lisboa", code="1170-165", country="Portugal")
    assert ana.member == Member(
        name="Dr. Ana Maria Silva",
        prefix="Dr.",
        given="Ana",
        additional="Maria",
        family="Silva",
        nickname="Anita",
        organization="Coro da Graça",
        title="Maestrina",
        birthday=Birthday(12, 10),
        notes="Alergia a nozes, chega cedo\nTraz bolo; às vezes",
        fields={"Department": "Direção", "Anniversary": "2005-06-18", "Spouse": "Rui", "Twitter": "anas"},
        contact_points=(
            ContactPoint(ContactKind.EMAIL, "Ana.Silva@example.org", "home", preferred=True),
            ContactPoint(ContactKind.EMAIL, "ana@coro.example.com", "Coro"),
            ContactPoint(ContactKind.PHONE, "+351912345678", "mobile", preferred=True),
            ContactPoint(ContactKind.PHONE, "+351213467890", "home fax"),
            ContactPoint(ContactKind.POSTAL, home.formatted(), "home", preferred=True, postal=home),
            ContactPoint(ContactKind.TELEGRAM, "@anasilva", preferred=True),
            ContactPoint(ContactKind.WHATSAPP, "+351912345678", preferred=True),
        ),
    )
    assert ana.photo is not None
    assert ana.photo.startswith(JPEG)
    assert (bakery.member.name, bakery.member.kind, bakery.member.organization) == ("Padaria São João", MemberKind.ORGANIZATION, "")
    assert (rui.member.birthday, rui.photo, rui.line) == (Birthday(2, 29), None, 40)


def test_given_google_cards_when_imported_then_its_labels_escapes_and_groups_are_understood() -> None:
    evi, nobody = sample("google.vcf", "DE")

    member = evi.member
    assert (member.name, member.nickname, member.organization, member.title) == ("Evi Müller", "Evchen", "Chor e.V.", "Kassenwart")
    assert (member.birthday, member.tags, member.notes) == (Birthday(12, 10), ("Chor", "Vorstand"), "Singt Alt\nT-Shirt: M")
    assert [(way.value, way.label, way.preferred) for way in member.contact_points] == [
        ("evi@example.de", "home", False),
        ("evi.mueller@example.de", "", True),
        ("+491711234567", "mobile", False),
        ("+4930901821", "work fax", False),
        ("+4930901820", "Probenraum", False),
        ("Königstraße 1\n50667 Köln\nDeutschland", "home", False),
        ("http://www.example.org/evi", "PROFILE", False),
    ]
    assert member.fields["Photo"] == "https://lh3.googleusercontent.com/contacts/abc"
    assert nobody.member.name == "nobody@example.net"


def test_given_an_androids_cards_when_imported_then_quoted_printable_and_photos_are_read() -> None:
    eva, rui = sample("android.vcf")

    assert (eva.member.name, eva.member.given, eva.member.nickname) == ("Éva", "Éva", "Evi")
    assert eva.member.notes == "Tem chave do salão\nVive longe"
    assert eva.member.fields == {"Anniversary": "2005-06-18"}
    assert eva.member.contact_points[-1].postal == PostalAddress(street="Rua da Graça 1", city="Lisboa", code="1170", country="Portugal")
    assert [(way.label, way.preferred) for way in eva.member.contact_points] == [
        ("mobile", False),
        ("home fax", False),
        ("Salao", False),
        ("home", False),
        ("work", True),
        ("home", False),
    ]
    assert eva.photo == sample("iphone.vcf")[0].photo
    assert rui.member.fields == {"Relation": "Éva"}


def test_given_an_outlook_card_when_imported_then_its_code_page_and_soft_line_breaks_are_read() -> None:
    (juergen,) = sample("outlook.vcf", "DE")

    member = juergen.member
    assert (member.name, member.organization, member.title) == ("Jürgen Müßig", "Müßig & Söhne GmbH", "Geschäftsführer")
    assert (member.notes, member.birthday) == ("Spielt Geige\nund singt", Birthday(12, 24, 1961))
    assert member.fields == {"Department": "Leitung", "Manager": "Käthe"}
    assert [way.value for way in member.contact_points if way.kind is ContactKind.WEBSITE] == ["http://www.example.de"]


def test_given_cards_of_version_4_when_imported_then_uris_lists_and_kinds_are_read() -> None:
    zoe, club = sample("vcard4.vcf", "IT")
    group = [card for card in cards(FILES / "vcard4.vcf") if isinstance(card, BadRow)]

    member = zoe.member
    assert (member.additional, member.language, member.birthday) == ("Anna Lea", "it", Birthday(12, 10))
    assert member.tags == ("Coro", "Alti, seconde")
    assert member.fields == {"Gender": "F", "Anniversary": "20050618", "Department": "Alti", "Role": "Segretaria"}
    assert [(str(way.kind), way.value, way.label, way.preferred) for way in member.contact_points] == [
        ("email", "zoe@example.com", "home", True),
        ("email", "zoe@work.example.com", "work", False),
        ("phone", "+393331234567", "mobile", True),
        ("postal", "Via Roma 1\nTorino", "home", False),
        ("matrix", "@zoe:example.org", "", False),
        ("telegram", "@zoe_angelo", "", False),
        ("discord", "zoe#1234", "", False),
    ]
    assert zoe.photo == sample("iphone.vcf")[0].photo
    assert club.member.kind is MemberKind.ORGANIZATION
    assert [(row.line, str(row.reason)) for row in group] == [(29, "This card is a list of other cards, not a person or an organization.")]


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("name", ["iphone.vcf", "google.vcf", "android.vcf", "outlook.vcf", "vcard4.vcf"])
def test_given_any_line_ends_when_imported_then_the_cards_are_the_same(tmp_path: Path, name: str, end: bytes) -> None:
    path = tmp_path / name
    path.write_bytes((FILES / name).read_bytes().replace(b"\r\n", end))

    assert list(cards(path, "PT")) == list(cards(FILES / name, "PT"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_given_a_file_with_a_mark_when_imported_then_it_is_read(tmp_path: Path, encoding: str) -> None:
    (card,) = read(tmp_path, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:João\r\nEND:VCARD\r\n".encode(encoding))

    assert isinstance(card, ImportedCard)
    assert card.member.name == "João"


@pytest.mark.parametrize(
    ("written", "born"),
    [
        ("BDAY:1980-12-10", Birthday(12, 10, 1980)),
        ("BDAY:19801210", Birthday(12, 10, 1980)),
        ("BDAY;VALUE=date:1980-12-10", Birthday(12, 10, 1980)),
        ("BDAY:1980-12-10T00:00:00Z", Birthday(12, 10, 1980)),
        ("BDAY:--12-10", Birthday(12, 10)),
        ("BDAY:--1210", Birthday(12, 10)),
        ("BDAY:0000-12-10", Birthday(12, 10)),
        ("BDAY:1604-12-10", Birthday(12, 10)),
        ("BDAY;X-APPLE-OMIT-YEAR=1900:1900-12-10", Birthday(12, 10)),
        ("BDAY:", None),
    ],
)
def test_given_a_birthday_when_imported_then_it_has_a_year_only_where_one_is_known(tmp_path: Path, written: str, born: Birthday | None) -> None:
    assert one(tmp_path, "FN:Ana", written).birthday == born


def test_given_what_cannot_be_read_when_imported_then_it_is_kept_as_a_field(tmp_path: Path) -> None:
    member = one(tmp_path, "FN:Ana", "BDAY:some day in May", "EMAIL:ana@", "X-SOCIALPROFILE;type=mastodon:x-apple:%40ana")

    assert member == Member("Ana", fields={"Birthday": "some day in May", "E-mail": "ana@", "Mastodon": "@ana"})


def test_given_a_fold_within_a_letter_when_imported_then_the_letter_is_whole(tmp_path: Path) -> None:
    line = "NOTE:" + "x" * 60 + "ção"
    data = line.encode()
    at = data.index("ç".encode()) + 1

    (card,) = read(tmp_path, b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\n" + data[:at] + b"\r\n " + data[at:] + b"\r\nEND:VCARD\r\n")

    assert isinstance(card, ImportedCard)
    assert card.member.notes == line.removeprefix("NOTE:")


def test_given_a_note_with_bare_line_ends_when_imported_then_its_lines_are_kept(tmp_path: Path) -> None:
    assert one(tmp_path, "FN:Ana", "NOTE:first", "second line", "TEL:+351912345678").notes == "first\nsecond line"


def test_given_a_card_within_a_card_when_imported_then_the_outer_one_is_whole(tmp_path: Path) -> None:
    member = one(tmp_path, "FN:Ana", "AGENT:", "BEGIN:VCARD", "FN:Secretary", "END:VCARD", "NOTE:still Ana", version="2.1")

    assert member == Member("Ana", notes="still Ana")


GOOD = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD\r\n"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:who?\r\nEND:VCARD\r\n", "There is no name here, and nothing that could stand for one."),
        (
            "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut\r\n",
            "The card that begins in line 5 has no end. The file seems to be cut off there: export it again.",
        ),
    ],
)
@pytest.mark.parametrize("after", ["", GOOD])
def test_given_a_bad_card_when_imported_then_it_is_listed_with_its_line_and_the_others_are_read(
    tmp_path: Path, bad: str, reason: str, after: str
) -> None:
    found = read(tmp_path, GOOD + bad + after)

    assert [(row.line, str(row.reason)) for row in found if isinstance(row, BadRow)] == [(5, reason)]
    assert [card.member.name for card in found if isinstance(card, ImportedCard)] == ["Ana"] * (2 if after else 1)


def test_given_a_damaged_photo_when_imported_then_the_member_comes_without_it_and_it_is_said(tmp_path: Path) -> None:
    (card,) = read(tmp_path, "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nPHOTO;ENCODING=b:A\r\nEND:VCARD\r\n")

    assert isinstance(card, ImportedCard)
    assert (card.member, card.photo) == (Member("Ana"), None)
    assert [str(remark) for remark in card.remarks] == ["The picture in line 4 is damaged and was left out."]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "cards.vcf is empty."),
        (b"Name,Email\nAna,a@example.org\n", "cards.vcf holds no vCards."),
        (b"%PDF-1.7", "This is a PDF."),
        (bytes(range(256)), "cards.vcf holds no vCards."),
    ],
)
def test_given_a_file_without_cards_when_imported_then_a_sentence_says_so(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(tmp_path, content)

    assert str(refusal.value).startswith(sentence)


def test_given_no_file_when_imported_then_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        list(cards(tmp_path / "gone.vcf"))


_MEASURED = """
import sys
from pathlib import Path
from desktop.exchange.vcard import cards
found = list(cards(Path(sys.argv[1])))
# Not ru_maxrss: that keeps the size of the process that started this one.
peak = next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(len(found), len(getattr(found[0], "photo", None) or b""), int(peak) // 1024)
"""


@pytest.mark.parametrize("form", ["folded", "one line", "2.1", "data"])
def test_given_a_photo_of_20_mb_when_imported_then_it_takes_seconds_and_little_memory(tmp_path: Path, form: str) -> None:
    photo = JPEG + bytes(20_000_000)
    text = base64.b64encode(photo).decode()
    folded = "\r\n ".join(text[at : at + 74] for at in range(0, len(text), 74))
    head = {
        "folded": f"VERSION:3.0\r\nFN:Ana\r\nPHOTO;ENCODING=b;TYPE=JPEG:{folded}",
        "one line": f"VERSION:3.0\r\nFN:Ana\r\nPHOTO;ENCODING=b;TYPE=JPEG:{text}",
        "2.1": f"VERSION:2.1\r\nFN:Ana\r\nPHOTO;ENCODING=BASE64;JPEG:\r\n {folded}\r\n",
        "data": f"VERSION:4.0\r\nFN:Ana\r\nPHOTO:data:image/jpeg;base64,{folded}",
    }[form]
    path = tmp_path / "cards.vcf"
    path.write_text(f"BEGIN:VCARD\r\n{head}\r\nEND:VCARD\r\n", newline="")

    began = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
    told = subprocess.run([sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    took = time.process_time() + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - began

    found, size, megabytes = map(int, told.stdout.split())
    assert (found, size) == (1, len(photo))
    assert megabytes <= 300
    assert took <= 5


@pytest.mark.parametrize("folded", [True, False])
def test_given_a_property_beyond_all_measure_when_imported_then_only_that_card_is_bad(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folded: bool
) -> None:
    monkeypatch.setattr("desktop.exchange.content_lines.MAX_VALUE", 10_000)
    value = "A" * 40_000
    if folded:
        value = "\r\n ".join(value[at : at + 74] for at in range(0, len(value), 74))

    found = read(tmp_path, f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Big\r\nNOTE:{value}\r\nEND:VCARD\r\n{GOOD}")

    assert [type(item) for item in found] == [BadRow, ImportedCard]
    assert isinstance(found[0], BadRow)
    assert str(found[0].reason).startswith("Line 4 holds more than")


def plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def with_plain_ends(member: Member) -> Member:
    """vCard has one kind of line end."""
    fields: dict[str, str] = {}
    for name, value in member.fields.items():
        fields[plain_ends(name)] = plain_ends(value)
    return replace(member, notes=plain_ends(member.notes), fields=fields)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.tuples(members(), st.none() | st.binary(min_size=1, max_size=300)), min_size=1, max_size=3))
def test_given_any_members_when_written_and_read_then_they_are_the_same(tmp_path: Path, people: list[tuple[Member, bytes | None]]) -> None:
    path = tmp_path / "members.vcf"

    write_cards(path, people)

    found = list(cards(path, COUNTRY))
    assert [(card.member, card.photo) if isinstance(card, ImportedCard) else card for card in found] == [
        (with_plain_ends(member), photo) for member, photo in people
    ]
    assert all(len(line) <= 75 for line in path.read_bytes().split(b"\r\n"))


def test_given_a_member_when_written_then_phones_find_what_they_know(tmp_path: Path) -> None:
    path = tmp_path / "members.vcf"
    member = Member(
        "Ana Silva",
        given="Ana",
        family="Silva",
        birthday=Birthday(12, 10),
        tags=("Choir", "a,b"),
        contact_points=(
            ContactPoint(ContactKind.PHONE, "+351912345678", "mobile", preferred=True),
            ContactPoint(ContactKind.EMAIL, "ana@example.org", "Choir"),
            ContactPoint(ContactKind.TELEGRAM, "@ana_silva"),
        ),
    )

    write_cards(path, [(member, JPEG + b"picture")])

    assert path.read_text(encoding="utf-8").splitlines() == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "PRODID:-//Belfry//Belfry//EN",
        "FN:Ana Silva",
        "N:Silva;Ana;;;",
        "BDAY:--12-10",
        "CATEGORIES:Choir,a\\,b",
        "item1.TEL;TYPE=CELL;TYPE=PREF:+351912345678",
        "item2.EMAIL:ana@example.org",
        "item2.X-ABLabel:Choir",
        "item3.IMPP;X-SERVICE-TYPE=Telegram:telegram:@ana_silva",
        "PHOTO;ENCODING=b;TYPE=JPEG:",
        " /9j/4HBpY3R1cmU=",
        "END:VCARD",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["FN:Ana", "N;CHARSET=klingon:;", "TEL;CELL:1", "PHOTO;ENCODING=b:A=", "NOTE;QUOTED-PRINTABLE:=", " fold", "", "junk", "END:VCARD"]
        )
        | st.sampled_from(
            ["BEGIN:VCARD", 'TEL;TYPE="x:1', "ORG:;;", "ADR:;", "IMPP:x", "X-BELFRY-FIELD:", "X-ANDROID-CUSTOM:", "BDAY:9999-99-99", "=3D="]
        )
        | st.text(max_size=20),
        max_size=12,
    )
)
def test_given_any_lines_when_imported_then_there_are_members_or_bad_cards(tmp_path: Path, lines: list[str]) -> None:
    found = read(tmp_path, "\r\n".join(["BEGIN:VCARD", "VERSION:2.1", *lines, "END:VCARD", ""]).encode("utf-8", "replace"))

    assert all(str(card.reason) if isinstance(card, BadRow) else card.member.name for card in found)
