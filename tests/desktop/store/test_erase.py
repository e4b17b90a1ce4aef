import random
import zlib
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from desktop.community.errors import Refused
from desktop.community.members import Birthday, ContactKind, ContactPoint, Member, PostalAddress
from desktop.store import bulk, check, connections, erase, files, members, restore, undo
from desktop.store.database import Store
from desktop.store.driver import connect
from desktop.store.journal import operation
from helpers.communities import SETTINGS, fill, make, reopen, rows
from resources.translations import phrase

CANARIES = (
    "Quirinus",
    "Zweistein",
    "Quirl",
    "Bäckerei Quirz",
    "Quirmeister",
    "quirinus@zweistein.example",
    "+351999888777",
    "quirky notes",
    "QuirkField",
)
OLD = ("Quirinus Oldname", "oldquirinus@zweistein.example")


def quirinus(photo: str = "", number: int = 0) -> Member:
    name = f"Quirinus Zweistein {number or ''}".strip()
    return Member(
        name,
        given="Quirinus",
        family="Zweistein",
        nickname="Quirl",
        organization="Bäckerei Quirz",
        title="Quirmeister",
        birthday=Birthday(4, 13, 1931),
        joined=date(2020, 1, 1),
        notes="quirky notes",
        photo=photo,
        fields={"QuirkField": "QuirkField"},
        contact_points=(
            ContactPoint(ContactKind.EMAIL, "quirinus@zweistein.example"),
            ContactPoint(ContactKind.PHONE, "+351999888777"),
            ContactPoint(ContactKind.POSTAL, "Quirinus Str. 1", postal=PostalAddress(street="Quirinus Str. 1")),
        ),
        tags=("Quirl-Freunde",),
    )


def crowd(store: Store, count: int = 300) -> None:
    """Many others, loaded in bulk, changed and deleted at random, so that pages split, merge and are used again."""
    chance = random.Random(5)
    with bulk.staging(store) as staged:
        for number in range(count):
            way = ContactPoint(ContactKind.EMAIL, f"m{number}@example.org")
            members.stage(staged, Member(f"Member {number}", notes="x" * chance.randrange(400), contact_points=(way,), tags=("all",)))
        bulk.load(store, staged, phrase("Imported {file}", file="all.csv"))
    for member in list(members.every(store))[: count // 4]:
        with operation(store, phrase("Edited {name}", name=member.name)) as op:
            op.put("member", member.id, notes="y" * chance.randrange(900))


def traces(path: Path) -> list[str]:
    """Which canaries are to be seen in the file or beside it: in its bytes, in the words of the search index, in the packed journal of imports."""
    content = b"".join(one.read_bytes() for one in path.parent.iterdir() if one.name.startswith(path.name))
    with closing(connect(f"file:{path}?mode=ro", uri=True)) as conn:
        content += b"".join(zlib.decompress(row[0]) for row in conn.execute("SELECT rows FROM journal_bulk"))
    lower = content.lower()
    return [word for word in (*CANARIES, *OLD, "zweistein", "oldname") if word.encode() in content or word.lower().encode() in lower]


@pytest.mark.parametrize("imported", [True, False], ids=["imported", "typed"])
def test_given_a_member_with_a_past_when_erased_then_no_byte_of_it_is_left(store: Store, path: Path, imported: bool) -> None:
    fill(store)
    crowd(store)
    photo_content = b"\xff\xd8\xff Quirinus photo" * 50
    if imported:
        with bulk.staging(store) as staged:
            name = files.sha256(photo_content)
            staged.add_file(name, "image/jpeg", photo_content)
            for number in range(5):
                members.stage(staged, Member(f"Before {number}"))
            members.stage(staged, quirinus(name))
            bulk.load(store, staged, phrase("Imported {file}", file="Quirinus Zweistein.vcf"))
        row_id = next(member.id for member in members.every(store, "quirinus"))
    else:
        with operation(store, phrase("Added {name}", name="Quirinus Zweistein")) as op:
            row_id = members.add(op, quirinus(files.keep(op.conn, photo_content, "image/jpeg")))
    with operation(store, phrase("Edited {name}", name="Quirinus Zweistein")) as op:
        op.put("member", row_id, name=OLD[0])
        op.new("contact_point", member_id=row_id, kind="email", value=OLD[1])
    undo.undo(store)
    undo.redo(store)
    with operation(store, phrase("Edited {name}", name=OLD[0])) as op:
        op.put("member", row_id, name="Quirinus Zweistein")
    shelf = connections.StoreShelf(store, "practice")
    shelf.append({"text": "Hello Quirinus Zweistein, write to quirinus@zweistein.example"})
    with store.write() as conn:
        text = "Ask Quirinus Zweistein (Quirinus@Zweistein.example, +351999888777) or Ana Lima."
        conn.execute(
            "INSERT INTO delivery (id, announcement_id, occurrence, channel_id, target, state, due_at, late_until, next_attempt_at, sent_text)"
            " VALUES ('d', 'a', '', 'c', 't', 'sent', '', '', '', ?)",
            (text,),
        )
    crowd(store, 50)
    others = {member_id: row for member_id, row in rows(store, "member")["member"].items() if member_id != row_id}
    assert set(traces(path)) == {*CANARIES, *OLD, "zweistein", "oldname"}

    erased = erase.erase(store, row_id)

    assert erased == erase.Erased((), finished=True)
    assert traces(path) == []
    assert b"Quirinus photo" not in path.read_bytes()
    assert store.value("SELECT sent_text FROM delivery WHERE id = 'd'") == "Ask […] ([…], […]) or Ana Lima."
    assert shelf.read() == [{"text": "Hello […], write to […]"}]
    assert rows(store, "member")["member"] == others
    assert erase.erased_ids(store) == [row_id]
    assert check.check(store) == []
    assert members.pks(store, "quirinus") == []
    assert len(members.pks(store, "member")) == 350
    store.close()
    assert traces(path) == []


def test_given_an_erasure_then_undo_goes_on_with_what_was_done_to_others(store: Store) -> None:
    ana_id = fill(store)
    with operation(store, phrase("Edited {name}", name="Ana Lima")) as op:
        op.put("member", ana_id, notes="New")
    erase.erase(store, ana_id)
    assert str(undo.history(store)[0].name) == "Erased a member"
    assert str(undo.history(store)[1].name) == "Edited […]"
    last = undo.last_done(store)
    assert last is not None
    assert str(last.name) == "Announced"
    while undo.last_done(store):
        assert undo.undo(store).kept == 0
    assert rows(store, "member", "contact_point", "member_tag", "event") == {"member": {}, "contact_point": {}, "member_tag": {}, "event": {}}
    with pytest.raises(Refused):
        undo.undo(store)
    assert check.check(store) == []


def test_given_an_import_that_is_undone_before_or_after_then_the_erased_one_never_comes_back(store: Store) -> None:
    with bulk.staging(store) as staged:
        for number in range(3):
            members.stage(staged, quirinus(number=number + 1))
        bulk.load(store, staged, phrase("Imported"))
    one = next(member.id for member in members.every(store, "zweistein 2"))
    undo.undo(store)
    erase.erase(store, one)  # a deleted one, too
    with pytest.raises(Refused):
        undo.redo(store)  # something has happened since
    assert members.count(store) == 0
    assert store.value("SELECT count(*) FROM member") == 2


def test_given_a_photo_that_another_needs_then_it_stays(store: Store) -> None:
    photo = b"\xff\xd8\xff both"
    with operation(store, phrase("Added")) as op:
        name = files.keep(op.conn, photo, "image/jpeg")
        first, second = (members.add(op, Member(text, photo=name)) for text in ("One", "Two"))
    erase.erase(store, first)
    assert files.content(store, name) == photo
    with operation(store, phrase("Edited")) as op:
        op.put("member", second, photo="")
    third = fill(store)
    erase.erase(store, third)
    assert files.content(store, name) == photo  # undo could bring it back
    erase.erase(store, second)
    assert files.content(store, name) is None


def test_given_a_name_that_is_also_a_word_then_only_the_name_is_blanked(store: Store) -> None:
    with operation(store, phrase("Added")) as op:
        will = members.add(op, Member("Will"))
    shelf = connections.StoreShelf(store, "practice")
    shelf.append({"text": "Will will sing. Willing?"})
    erase.erase(store, will)
    assert shelf.read() == [{"text": "[…] will sing. Willing?"}]


def test_given_nobody_with_this_id_then_it_is_refused(store: Store) -> None:
    with pytest.raises(Refused):
        erase.erase(store, "nobody")


def test_given_another_program_reads_then_it_says_so_and_finishes_later(store: Store, path: Path) -> None:
    ana_id = fill(store)
    with reopen(path) as reader, reopen(path) as own:
        reader.conn.execute("BEGIN")
        reader.conn.execute("SELECT * FROM member").fetchall()
        assert not erase.erase(own, ana_id).finished
        reader.conn.execute("ROLLBACK")
        assert erase.finish(own)
    assert b"Ana Lima" not in path.read_bytes()


def test_the_copies_that_hold_the_person_are_listed_and_can_be_cleansed(store: Store, tmp_path: Path) -> None:
    backups = tmp_path / "backups"
    store.copy_to(backups / "before.belfry")
    ana_id = fill(store)
    store.copy_to(backups / "with.belfry")
    store.copy_to(backups / "gone.belfry")
    store.copy_to(backups / "damaged.belfry")
    (backups / "gone.belfry").unlink()
    (backups / "damaged.belfry").write_bytes(b"nothing")

    erased = erase.erase(store, ana_id)

    assert {(copy.path.name, copy.readable) for copy in erased.copies} == {("with.belfry", True), ("damaged.belfry", False)}
    before = (backups / "with.belfry").stat().st_mode
    assert restore.cleanse(store, backups / "with.belfry") == 1
    content = (backups / "with.belfry").read_bytes()
    assert b"Ana Lima" not in content
    assert b"ana@example.org" not in content
    assert (backups / "with.belfry").stat().st_mode == before
    assert [copy.path.name for copy in erase.copies_with(store, ana_id)] == ["damaged.belfry"]
    with reopen(backups / "with.belfry") as copy:
        assert check.check(copy) == []
        assert [member.name for member in members.every(copy)] == ["Łukasz Żak"]
        assert copy.setting("name") == SETTINGS["name"]


def test_erasing_an_unknown_person_from_a_file_only_remembers_them(path: Path) -> None:
    with make(path) as store:
        fill(store)
        before = rows(store)
        assert erase.erase_again(store, ["somebody"]) == 0
        assert (rows(store), erase.erased_ids(store)) == (before, ["somebody"])
