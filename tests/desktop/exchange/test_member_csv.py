"""Members from the tables of other programs, and from tables that are broken."""

import io
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.community.errors import Refused
from desktop.community.fold import words
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, MemberKind, MemberStatus, PostalAddress
from desktop.exchange import member_csv
from desktop.exchange.dates import is_none
from desktop.exchange.member_csv import BadRow, Preview, Untold, read_preview, write_bad_rows

FILES = Path(__file__).parents[2] / "files" / "members"
EMAIL, PHONE, WEBSITE, POSTAL = ContactKind.EMAIL, ContactKind.PHONE, ContactKind.WEBSITE, ContactKind.POSTAL


def imported(path: Path, country: str = "PT", mapping: dict[str, str] | None = None) -> list[Member | BadRow]:
    return [row if isinstance(row, BadRow) else row[1] for row in member_csv.members(read_preview(path, country, mapping))]


def sample(name: str, country: str = "PT") -> list[Member]:
    found = imported(FILES / name, country)
    return [member for member in found if isinstance(member, Member)]


def table(tmp_path: Path, text: str | bytes, name: str = "list.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def one(tmp_path: Path, text: str, country: str = "PT") -> Member:
    (member,) = imported(table(tmp_path, text), country)
    assert isinstance(member, Member), member.reason
    return member


def test_given_google_contacts_when_imported_then_everybody_is_whole() -> None:
    ana, evora, bakery, reader = sample("google-contacts.csv")

    home = PostalAddress(street="Rua da Graça 12, 2.º Esq", city="Lisboa", code="1170-165", country="Portugal")
    assert ana == Member(
        name="Ana Maria Silva",
        prefix="Dr.",
        given="Ana",
        additional="Maria",
        family="Silva",
        nickname="Anita",
        organization="Coro da Graça",
        title="Maestrina",
        birthday=Birthday(12, 10, 1980),
        notes="Alergia a nozes,\nchega cedo",
        fields={
            "Organization Department": "Direção",
            "Photo": "https://lh3.googleusercontent.com/contacts/abc",
            "Anniversary": "2005-06-18",
            "T-shirt": "M",
        },
        contact_points=(
            ContactPoint(EMAIL, "Ana.Silva@example.org", "home", preferred=True),
            ContactPoint(EMAIL, "ana@coro.example.com", "work"),
            ContactPoint(EMAIL, "direcao@coro.example.com", "work"),
            ContactPoint(PHONE, "+351912345678", "mobile"),
            ContactPoint(PHONE, "+351213467890", "Quinta"),
            ContactPoint(WEBSITE, "https://t.me/anasilva", "Profile"),
            ContactPoint(POSTAL, home.formatted(), "home", postal=home),
        ),
        tags=("Choir", "Sopranos"),
    )
    assert (evora.name, evora.birthday, evora.tags) == ("Évora", Birthday(2, 29), ("starred",))
    assert evora.contact_points == (ContactPoint(PHONE, "+4930901820", "mobile", preferred=True),)
    assert (bakery.name, bakery.kind, bakery.organization, bakery.tags) == ("Padaria São João", MemberKind.ORGANIZATION, "", ("Sponsors",))
    assert (reader.name, reader.tags) == ("newsletter.reader@example.net", ())


def test_given_google_contacts_of_old_when_imported_then_joined_cells_are_taken_apart() -> None:
    rui, ze = sample("google-contacts-old.csv")

    assert (rui.name, rui.organization, rui.title, rui.birthday) == ("Rui Costa", "Câmara Municipal", "Arquiteto", Birthday(3, 1, 1975))
    assert rui.fields == {"Yomi Name": "ルイ", "Hobby": "Xadrez"}
    assert rui.tags == ("Direção",)
    assert [(way.value, way.label) for way in rui.contact_points if way.kind is PHONE] == [("+351961234567", "mobile"), ("+351931234567", "mobile")]
    assert ze.reach(PHONE) == "+351914000111"


def test_given_classic_outlook_when_imported_then_its_code_page_blocks_and_empty_dates_are_understood() -> None:
    juergen, zoe = sample("outlook-classic.csv", "DE")

    assert (juergen.name, juergen.prefix, juergen.title, juergen.birthday) == ("Jürgen Müßig", "Herr", "Geschäftsführer", Birthday(12, 24, 1961))
    assert juergen.tags == ("Vorstand", "Tenöre")
    assert juergen.notes == "Spielt Geige\nund singt"
    assert [(way.label, way.postal) for way in juergen.contact_points if way.kind is POSTAL] == [
        ("work", PostalAddress(extended="3. OG", street="Königstraße 1", city="Köln", code="50667", country="Deutschland")),
        ("home", PostalAddress(street="Am Hügel 7", city="Brühl", code="50321")),
    ]
    assert [(way.value, way.label) for way in juergen.contact_points if way.kind is PHONE] == [("+49221123456", "work"), ("+491711234567", "mobile")]
    assert zoe.name == "Zoë D’Angelo"
    assert zoe.birthday is None
    assert zoe.fields == {}


def test_given_new_outlook_when_imported_then_the_order_of_dates_is_told_from_the_column() -> None:
    peggy, al = sample("outlook-new.csv", "GB")

    assert (peggy.name, peggy.prefix, peggy.title, peggy.nickname) == ("Peggy O'Brien", "Ms.", "Editor", "Peg")
    assert peggy.birthday == Birthday(7, 4, 1970)
    assert al.birthday == Birthday(12, 25, 1969)
    assert [(way.value, way.preferred) for way in sample("outlook-new.csv", "US")[0].contact_points if way.kind is PHONE] == [("+12065550123", True)]


def test_given_meetup_when_imported_then_tabs_and_quotes_and_american_dates_are_understood() -> None:
    ana, bo = sample("meetup-members.xls")

    assert (ana.name, ana.joined, ana.notes) == ('Ana "Nita" S.', date(2019, 3, 14), '"Board games" are life')
    assert ana.fields["Why did you join?"] == "To play"
    assert bo.joined == date(2020, 1, 2)


def test_given_wild_apricot_patreon_mailchimp_and_substack_when_imported_then_status_tags_and_joining_are_told() -> None:
    (kim,) = sample("wild-apricot.csv", "US")
    gil, hugo = sample("patreon.csv")
    (joana,) = sample("mailchimp.csv")
    (ines,) = sample("substack.csv")

    assert (kim.status, kim.joined, kim.tags, kim.organization) == (MemberStatus.FORMER, date(2018, 1, 31), ("Board", "Garden"), "Garden Club")
    assert (gil.status, gil.joined, gil.reach(ContactKind.DISCORD)) == (MemberStatus.ACTIVE, date(2023, 5, 6), "gil#1234")
    assert (hugo.status, hugo.fields["Patron Status"]) == (MemberStatus.ACTIVE, "Declined patron")
    assert (joana.joined, joana.tags, joana.reach(PHONE), joana.fields["REGION"]) == (date(2021, 2, 3), ("VIP", "Blog"), "+351913333444", "11")
    assert (ines.name, ines.joined) == ("ines@example.org", date(2024, 2, 3))


def test_given_luma_eventbrite_galette_and_admidio_when_imported_then_names_and_ways_are_told() -> None:
    (filipa,) = sample("luma.csv")
    (carla,) = sample("eventbrite.csv")
    (dora,) = sample("eventbrite-2023.csv")
    (helene,) = sample("galette.csv", "FR")
    (bjoern,) = sample("admidio.csv", "DE")

    assert (filipa.name, filipa.reach(PHONE), filipa.fields["What do you play?"]) == ("Filipa Nunes", "+351917654321", "Viola")
    assert filipa.joined is None
    assert carla.contact_points[-1].postal == PostalAddress(street="Av. Central 5", city="Braga", code="4700-001", country="PT")
    assert (dora.reach(EMAIL), dora.fields["Buyer Email"]) == ("dora@example.org", "elsa@example.org")
    assert (helene.name, helene.prefix, helene.birthday, helene.notes) == ("Hélène Lefèvre", "Madame", Birthday(7, 14, 1985), "Chorale; le mardi")
    assert [way.value for way in helene.contact_points[:2]] == ["+33472000000", "+33612345678"]
    assert (bjoern.name, bjoern.birthday) == ("Björn Schäfer", Birthday(5, 1, 1990))


_SAYS_NOTHING = {"mycontacts", "othercontacts", "smtp", "normal", "false", "unspecified"}


@pytest.mark.parametrize("path", sorted(FILES.iterdir()), ids=lambda path: path.name)
def test_given_any_sample_when_imported_then_no_word_of_it_is_lost(path: Path) -> None:
    preview = read_preview(path, "PT")
    read_otherwise = {use.header for use in preview.mapping if use.field in ("birthday", "joined", "status")}

    for member, cells in zip(imported(path), preview.sample, strict=True):
        assert isinstance(member, Member)
        there = set(words(repr(member).replace("\\n", " ")))
        digits = "".join(character for character in repr(member) if character.isdigit())
        for use, cell in zip(preview.mapping, cells, strict=True):
            if use.header not in read_otherwise and not is_none(cell):
                lost = [word for word in words(cell) if word not in there | _SAYS_NOTHING and word.lstrip("0") not in digits]
                assert lost == [], use


@pytest.mark.parametrize(
    ("encoding", "country", "name"),
    [
        ("utf-8", "PT", "João Gonçalves"),
        ("utf-8-sig", "PT", "João Gonçalves"),
        ("utf-16", "PT", "João Gonçalves"),
        ("utf-16-le", "PT", "João Gonçalves"),
        ("utf-16-be", "PT", "João Gonçalves"),
        ("cp1252", "PT", "João Gonçalves"),
        ("cp1252", "", "Zoë Müller"),
        ("cp1250", "PL", "Łukasz Żak"),
        ("cp1251", "", "Анна Иванова и Борис Петров"),
        ("cp1254", "TR", "İsmail Yılmaz"),
        ("cp932", "", "山田太郎と鈴木一郎"),
    ],
)
def test_given_a_table_in_any_encoding_when_imported_then_names_are_right(tmp_path: Path, encoding: str, country: str, name: str) -> None:
    path = table(tmp_path, f"Name;Email\r\n{name};a@example.org\r\n".encode(encoding))

    (member,) = imported(path, country)

    assert isinstance(member, Member)
    assert member.name == name


def test_given_utf8_with_a_few_bytes_of_another_page_when_imported_then_only_those_are_mended(tmp_path: Path) -> None:
    path = table(tmp_path, "Name\nJoão\nInês\nÉvora\n".encode() + "Zoë\n".encode("cp1252"))

    assert [member.name for member in imported(path) if isinstance(member, Member)] == ["João", "Inês", "Évora", "Zoë"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_given_any_delimiter_and_line_end_when_imported_then_rows_are_told(tmp_path: Path, delimiter: str, end: str) -> None:
    path = table(tmp_path, end.join([delimiter.join(["Name", "E-mail", "Notes"]), delimiter.join(["Ana", "ana@example.org", '"a, b; c"']), ""]))

    assert imported(path) == [Member("Ana", notes="a, b; c", contact_points=(ContactPoint(EMAIL, "ana@example.org"),))]


def test_given_excels_sep_line_when_imported_then_it_is_obeyed_and_lines_are_counted_with_it(tmp_path: Path) -> None:
    path = table(tmp_path, "sep=|\r\nName|Email\r\nAna, B|ana@example.org\r\nRui|rui@example.org|bass\r\n")

    ana, bad = imported(path)

    assert isinstance(ana, Member)
    assert ana.name == "Ana, B"
    assert isinstance(bad, BadRow)
    assert bad.line == 4


def test_given_no_headers_when_imported_then_columns_are_told_by_what_is_in_them(tmp_path: Path) -> None:
    path = table(tmp_path, "Ana Silva,ana@example.org,912 345 678,alto\nRui,rui@example.org,,bass\n")

    preview = read_preview(path, "PT")
    ana, rui = imported(path)

    assert preview.header_line == 0
    assert [str(remark) for remark in preview.remarks] == ["list.csv has no line of headers; what its columns are was told from what is in them."]
    assert ana == Member(
        "Ana Silva", fields={"Column 4": "alto"}, contact_points=(ContactPoint(EMAIL, "ana@example.org"), ContactPoint(PHONE, "+351912345678"))
    )
    assert isinstance(rui, Member)
    assert rui.name == "Rui"


def test_given_a_title_above_the_headers_when_imported_then_the_headers_are_found(tmp_path: Path) -> None:
    path = table(tmp_path, "Members of the choir,,\n,,\nName,Email,Voice\nAna,ana@example.org,alto\n")

    assert [member.name for member in imported(path) if isinstance(member, Member)] == ["Ana"]
    assert read_preview(path).header_line == 3


@pytest.mark.parametrize(
    ("header", "cells", "name", "given", "family"),
    [
        ("Name,Vorname", "Schäfer,Björn", "Björn Schäfer", "Björn", "Schäfer"),
        ("Nome,Apelido", "Ana,Silva", "Ana Silva", "Ana", "Silva"),
        ("Nom,Prénom", "Lefèvre,Hélène", "Hélène Lefèvre", "Hélène", "Lefèvre"),
        ("Nombre,Apellidos", "José,García López", "José García López", "José", "García López"),
        ("Nome completo,Telemóvel", "Ana Silva,", "Ana Silva", "", ""),
        ("Name,First name,Last name", "Ana S.,Ana,Silva", "Ana S.", "Ana", "Silva"),
        ("Nickname,Company", "Zé,Café", "Zé", "", ""),
    ],
)
def test_given_headers_in_some_language_when_imported_then_names_are_put_together(
    tmp_path: Path, header: str, cells: str, name: str, given: str, family: str
) -> None:
    member = one(tmp_path, f"{header}\n{cells}\n")

    assert (member.name, member.given, member.family) == (name, given, family)


@pytest.mark.parametrize(
    ("written", "country", "read"),
    [
        ("1980-12-10", "", Birthday(12, 10, 1980)),
        ("10/12/1980", "PT", Birthday(12, 10, 1980)),
        ("10/12/1980", "US", Birthday(10, 12, 1980)),
        ("13/12/1980", "US", Birthday(12, 13, 1980)),
        ("12/13/80", "PT", Birthday(12, 13, 1980)),
        ("10.12.1980", "US", Birthday(12, 10, 1980)),
        ("10.12.", "DE", Birthday(12, 10)),
        ("--12-10", "", Birthday(12, 10)),
        ("--1210", "", Birthday(12, 10)),
        ("0000-12-10", "", Birthday(12, 10)),
        ("1604-02-29", "", Birthday(2, 29)),
        ("10 de dezembro de 1980", "", Birthday(12, 10, 1980)),
        ("Dec 10, 1980", "", Birthday(12, 10, 1980)),
        ("10 December", "", Birthday(12, 10)),
        ("19801210", "", Birthday(12, 10, 1980)),
        ("0/0/00", "", None),
        ("n/a", "", None),
    ],
)
def test_given_a_birthday_as_people_write_it_when_imported_then_it_is_that_day(
    tmp_path: Path, written: str, country: str, read: Birthday | None
) -> None:
    assert one(tmp_path, f'Name,Birthday\nAna,"{written}"\n', country).birthday == read


def test_given_dates_whose_order_only_a_late_row_tells_when_imported_then_all_are_in_that_order(tmp_path: Path) -> None:
    path = table(tmp_path, "Name,Birthday\n" + "Ana,01/02/1980\n" * 300 + "Rui,12/31/1970\n")

    found = imported(path, "PT")

    assert [member.birthday for member in (found[0], found[-1]) if isinstance(member, Member)] == [Birthday(1, 2, 1980), Birthday(12, 31, 1970)]


def test_given_two_equal_headers_when_imported_then_neither_column_is_lost(tmp_path: Path) -> None:
    path = table(tmp_path, "Name,Name,Email,Email,Voice,Voice\nAna,Silva,a@example.org,b@example.org,alto,first\n")

    (member,) = imported(path)

    assert member == Member(
        "Ana",
        fields={"Name (2)": "Silva", "Voice": "alto", "Voice (2)": "first"},
        contact_points=(ContactPoint(EMAIL, "a@example.org"), ContactPoint(EMAIL, "b@example.org")),
    )
    assert [str(remark).partition(".")[0] for remark in read_preview(path).remarks] == [
        "There are two columns “Name”",
        "There are two columns “Voice”",
    ]


def test_given_a_mapping_when_imported_then_it_is_obeyed(tmp_path: Path) -> None:
    path = table(tmp_path, "Wer,Wo,Nummer,Interna,Name,Name\nAna,Lisboa,912345678,x,n1,n2\n")

    (member,) = imported(
        path, "PT", {"Wer": "name", "wo": "field:Town", "Nummer": "phone:work", "Interna": "ignore", "Name": "tags", "Name (2)": "notes"}
    )

    assert member == Member(
        "Ana", notes="n2", fields={"Town": "Lisboa"}, contact_points=(ContactPoint(PHONE, "+351912345678", "work"),), tags=("n1",)
    )


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"Wer": "nmae"}, "“nmae” is nothing that a column can be."),
        ({"Wem": "name"}, "There is no column “Wem”. The columns are: Wer, Email."),
        ({"Wer": "field:"}, "Say which field"),
        ({"Wer": "birthday:soon"}, "Of a date, say whether the day or the month comes first: birthday:day or birthday:month."),
    ],
)
def test_given_a_wrong_mapping_when_previewed_then_a_sentence_says_what_is_there(tmp_path: Path, mapping: dict[str, str], sentence: str) -> None:
    path = table(tmp_path, "Wer,Email\nAna,a@example.org\n")

    with pytest.raises(Refused) as refusal:
        read_preview(path, "", mapping)

    assert str(refusal.value).startswith(sentence)


def test_given_a_preview_when_looked_at_then_it_says_what_becomes_of_each_column(tmp_path: Path) -> None:
    preview = read_preview(table(tmp_path, "Name;Mobile;Voice\nAna;912;alto\n"), "PT")

    assert isinstance(preview, Preview)
    assert (preview.encoding, preview.delimiter, preview.header_line, preview.lines) == ("utf-8-sig", ";", 1, 2)
    assert [(use.header, use.field, use.sample) for use in preview.mapping] == [
        ("Name", "name", "Ana"),
        ("Mobile", "phone:mobile", "912"),
        ("Voice", None, "alto"),
    ]
    assert preview.sample == (("Ana", "912", "alto"),)


BAD = (
    "Name,Email,Birthday\nAna,ana@example.org,,alto\nRui,rui@example.org,,bass\n,,1980-01-01\n"
    'Eva,eva@example.org,31/02/1980\n\nJoão,"joao@example.org",\n'
)


def test_given_bad_rows_when_imported_then_each_is_listed_with_its_line_and_reason_and_the_others_are_read(tmp_path: Path) -> None:
    found = imported(table(tmp_path, BAD))

    assert [(row.line, str(row.reason)) for row in found if isinstance(row, BadRow)] == [
        (2, "This row has 4 cells where the table has 3 columns. Put a text with a comma in it in quotes."),
        (3, "This row has 4 cells where the table has 3 columns. Put a text with a comma in it in quotes."),
        (4, "There is no name here, and nothing that could stand for one."),
    ]
    assert [row.name for row in found if isinstance(row, Member)] == ["Eva", "João"]


def test_given_a_birthday_that_is_none_when_imported_then_the_person_is_in_without_it_it_is_kept_and_said(tmp_path: Path) -> None:
    [row] = member_csv.members(read_preview(table(tmp_path, "Name,Born\nEva,31/02/1980\n")))

    assert not isinstance(row, BadRow)
    line, eva, unread = row
    assert (line, eva) == (2, Member("Eva", fields={"Born": "31/02/1980"}))
    assert [str(one) for one in unread] == ["“31/02/1980” in the column “Born” is no date."]


@pytest.mark.parametrize(
    ("cells", "fields", "ways", "said"),
    [
        ("ze (arroba) sapo.pt,", {"Mail": "ze (arroba) sapo.pt"}, (), "“ze (arroba) sapo.pt” in the column “Mail” is no e-mail address."),
        (
            "ze@example.org; ze@exemple,",
            {"Mail": "ze@exemple"},
            (ContactPoint(EMAIL, "ze@example.org"),),
            "“ze@exemple” in the column “Mail” is no e-mail address.",
        ),
        (",no longer", {"Phone": "no longer"}, (), "“no longer” in the column “Phone” is no phone number."),
    ],
)
def test_given_a_way_to_reach_somebody_that_is_none_when_imported_then_the_person_is_in_without_it_it_is_kept_and_said(
    tmp_path: Path, cells: str, fields: dict[str, str], ways: tuple[ContactPoint, ...], said: str
) -> None:
    [row] = member_csv.members(read_preview(table(tmp_path, f"Name,Mail,Phone\nZé,{cells}\n"), "PT"))

    assert not isinstance(row, BadRow)
    assert row[:2] == (2, Member("Zé", fields=fields, contact_points=ways))
    assert [str(one) for one in row[2]] == [said]


def test_given_an_address_in_a_table_of_ours_that_somebody_spoilt_when_it_comes_back_then_the_person_is_in_and_it_is_said(tmp_path: Path) -> None:
    two = (ContactPoint(EMAIL, "ana@example.org"), ContactPoint(EMAIL, "ana@example.com"))
    member_csv.write_members(tmp_path / "out.csv", [Member("Ana", contact_points=two, fields={"Voice": "alto"})])
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "out.csv").write_text(text.replace("@example", ""), encoding="utf-8-sig")

    [row] = member_csv.members(read_preview(tmp_path / "out.csv"))

    assert not isinstance(row, BadRow)
    assert row[1].contact_points == ()
    assert row[1].fields == {"Voice": "alto", "E-mail": "ana.org; ana.com"}
    assert [str(one) for one in row[2]] == [f"“{spoilt}” is no e-mail address; it is kept as a field." for spoilt in ("ana.org", "ana.com")]


def test_given_headers_that_nobody_knows_below_a_title_when_previewed_then_the_columns_are_there_to_be_told(tmp_path: Path) -> None:
    path = table(tmp_path, "Dance of the city,,\n,,\nXpto,Blorp,Zonk\nAna,ana at example,2020\n")

    with pytest.raises(Untold) as refusal:
        read_preview(path)

    assert [(one.header, one.field, one.sample) for one in refusal.value.columns] == [
        ("Xpto", "ignore", "Ana"),
        ("Blorp", "ignore", "ana at example"),
        ("Zonk", "ignore", "2020"),
    ]
    assert imported(path, mapping={"Xpto": "name", "Blorp": "ignore", "Zonk": "ignore"}) == [Member("Ana")]


@pytest.mark.parametrize(
    ("rows", "country", "mapping", "birthday", "said"),
    [
        ("03/04/1990", "PT", {}, Birthday(4, 3, 1990), "They are read with the day first."),
        ("03/04/1990", "US", {}, Birthday(3, 4, 1990), "They are read with the month first."),
        ("03/04/1990\nRui,12/31/1970", "PT", {}, Birthday(3, 4, 1990), "have the month first, as 12/31/1970 shows."),
        ("03/04/1990\n" + "Zoe,05/05/1990\n" * 60 + "Rui,31/12/1970", "US", {}, Birthday(4, 3, 1990), "have the day first, as 31/12/1970 shows."),
        ("03/04/1990\nRui,31/02/1980", "US", {}, Birthday(3, 4, 1990), "They are read with the month first."),
        ("03/04/1990", "PT", {"Birthday": "birthday:month"}, Birthday(3, 4, 1990), ""),
        ("03/03/1990", "PT", {}, Birthday(3, 3, 1990), ""),
        ("1990-04-03", "PT", {}, Birthday(4, 3, 1990), ""),
    ],
)
def test_given_dates_that_can_be_read_in_two_ways_when_imported_then_the_whole_column_decides_or_the_person_and_it_is_said(
    tmp_path: Path, rows: str, country: str, mapping: dict[str, str], birthday: Birthday, said: str
) -> None:
    path = table(tmp_path, f"Name,Birthday\nAna,{rows}\n")

    first = imported(path, country, mapping)[0]

    assert isinstance(first, Member)
    assert first.birthday == birthday
    remarks = [str(one) for one in read_preview(path, country, mapping).remarks]
    assert len(remarks) == bool(said)
    assert all(said in one for one in remarks)


def test_given_misspelt_headers_when_previewed_then_they_are_taken_for_what_they_were_meant_to_be_and_that_is_said(tmp_path: Path) -> None:
    preview = read_preview(table(tmp_path, "Frist Name,Surnmae,Emial,Brithday\nAna,Silva,ana@example.org,1990-01-02\n"))

    assert [use.field for use in preview.mapping] == ["given", "family", "email", "birthday"]
    assert [str(one).partition(".")[0] for one in preview.remarks][:3] == [
        "The column “Frist Name” is taken for “first name”",
        "The column “Surnmae” is taken for “surname”",
        "The column “Emial” is taken for “email”",
    ]


def test_given_headers_that_only_look_alike_when_previewed_then_they_stay_fields_of_their_own(tmp_path: Path) -> None:
    preview = read_preview(table(tmp_path, "Name,Nmae,Idade,Stage,Emial,Voice\nAna,Anna,34,main,yes,alto\n"))

    assert [use.field for use in preview.mapping] == ["name", None, None, None, None, None]
    assert preview.remarks == ()


def test_given_the_file_of_bad_rows_when_mended_and_imported_then_they_are_in(tmp_path: Path) -> None:
    path = table(tmp_path, BAD + "=cmd,x@example.org,,y\n")
    preview = read_preview(path)
    bad = [row for row in member_csv.members(preview) if isinstance(row, BadRow)]

    write_bad_rows(tmp_path / "bad.csv", preview.headers, bad)
    text = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "bad.csv").write_text(text.replace(",bass", ""), encoding="utf-8")
    again = imported(tmp_path / "bad.csv")

    assert "'=cmd" in text
    assert Member("Rui", contact_points=(ContactPoint(EMAIL, "rui@example.org"),)) in again
    assert len([row for row in again if isinstance(row, BadRow)]) == 3


def test_given_more_cells_than_columns_when_imported_then_the_row_is_bad(tmp_path: Path) -> None:
    (bad,) = imported(table(tmp_path, "Name,Notes\nAna,likes tea, and cake\n"))

    assert isinstance(bad, BadRow)
    assert bad.cells == ("Ana", "likes tea", " and cake")


@pytest.mark.parametrize("rest", ["Rui,b\nEva,c\n", 'Rui,"b"\nEva,c\n', "Rui,b\n" * 40_000 + "Eva,c\n"])
def test_given_a_quote_that_never_closes_when_imported_then_the_line_where_it_opens_is_named_and_the_others_are_read(
    tmp_path: Path, rest: str
) -> None:
    found = imported(table(tmp_path, f'Name,Notes\nAna,a\nBo,"oops\n{rest}'))

    bad = [row for row in found if isinstance(row, BadRow)]
    assert [(row.line, row.cells) for row in bad] == [(3, ("Bo", '"oops'))]
    assert str(bad[0].reason) == 'A quotation mark (") opens in line 3 and is not closed where its cell ends.'
    names = [row.name for row in found if isinstance(row, Member)]
    assert (names[0], names[-1], len(names)) == ("Ana", "Eva", rest.count("\n") + 1)


def test_given_quotes_that_come_right_nowhere_when_imported_then_the_file_is_refused(tmp_path: Path) -> None:
    path = table(tmp_path, "Name,Notes\nAna,a\n" + 'Bo,"x" y\n' * 500)

    with pytest.raises(Refused, match="quotation marks"):
        imported(path)


def test_given_cells_over_several_lines_when_imported_then_lines_are_counted_right(tmp_path: Path) -> None:
    found = imported(table(tmp_path, 'Name,Notes,Email\nAna,"one\n\ntwo",\nRui,,rui@example.org,bass\n'))

    assert isinstance(found[0], Member)
    assert found[0].notes == "one\n\ntwo"
    assert isinstance(found[1], BadRow)
    assert found[1].line == 5


def _workbook() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "list.csv is empty."),
        (b"\xef\xbb\xbf\r\n\r\n", "list.csv is empty."),
        (b",,,\n,,,\n", "There are no rows in list.csv that could be read."),
        (bytes(range(256)) * 20, "list.csv is not a text file."),
        (_workbook(), "This is an Excel workbook (.xlsx)."),
        (b"PK\x03\x04rest", "This is a ZIP archive."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "This is an old Excel or Word file."),
        (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF."),
        (b"SQLite format 3\x00rest", "This is a database"),
        (b"<html><body><table>", "This is a web page"),
        (b'[{"name": "Ana"}]', "list.csv holds JSON"),
        (b"BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n", "list.csv holds vCards"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "list.csv is a calendar."),
        (b"Foo,Bar\n1,2\n", "No column of list.csv could be told to be a name, an e-mail address or a phone number. Its columns: Foo, Bar."),
        (b"Name," + b"x" * 6_000_000, "list.csv has a line of more than"),
    ],
)
def test_given_a_file_that_is_no_table_when_previewed_then_a_sentence_says_what_it_is(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_preview(table(tmp_path, content))

    assert str(refusal.value).startswith(sentence)


def test_given_no_file_or_a_folder_when_previewed_then_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no file"):
        read_preview(tmp_path / "gone.csv")
    with pytest.raises(Refused, match="is a folder"):
        read_preview(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.binary(max_size=300) | st.text(alphabet="Name,;\"\n\r\t'=é ", max_size=60).map(lambda text: ("Name,Email\n" + text).encode()))
def test_given_any_bytes_when_imported_then_there_are_members_bad_rows_or_a_sentence(tmp_path: Path, content: bytes) -> None:
    found: list[Member | BadRow] = []

    with suppress(Refused):
        found = imported(table(tmp_path, content))

    assert all(str(row.reason) if isinstance(row, BadRow) else row.name for row in found)


def test_given_the_same_rows_in_another_spelling_when_imported_then_ways_to_reach_them_are_equal(tmp_path: Path) -> None:
    first = one(tmp_path, "Name,Email,Phone\nAna,ana@EXAMPLE.org,912 345 678\n")
    second = one(tmp_path, "Name,Phone,Email\nAna,+351 912345678,ana@example.org\n")

    assert set(first.contact_points) == set(second.contact_points)
    assert replace(first, contact_points=()) == replace(second, contact_points=())
