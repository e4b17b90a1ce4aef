"""Announcing, sending and settling from the command line, against Practice and a Telegram over real HTTP."""

import json
from pathlib import Path

import pytest

from helpers.cli import Cli
from helpers.telegram_server import Answer, Fault, TelegramServer

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)


def deliveries(cli: Cli, *options: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(cli("deliveries", "list", "--format", "json", *options).out)
    return found


def states(cli: Cli) -> dict[str, str]:
    return {row["Channel"]: row["State"] for row in deliveries(cli)}


@pytest.fixture
def bot(choir: Cli, telegram: TelegramServer) -> Cli:
    """With a Telegram bot in one group, secrets in a locked file, and no grace time."""
    group = telegram.add_group("Choir")
    choir("set", "--grace", "0")
    choir("--vault", "file", "connections", "add", "telegram", "Bot", "--set", f"server={telegram.url}", stdin=telegram.token + "\n")
    choir("channels", "add", "Bot", "Choir group", "--target", str(group.id))
    return choir


class TestAnnouncing:
    def test_given_now_then_it_goes_out_with_the_next_send_and_waits_where_a_person_posts(self, posting: Cli) -> None:
        said = posting("announce", "**Hello** there", "--to", "Choir group", "--to", "WhatsApp")
        assert "→ Choir group" in said.out
        assert "belfry send" in said.out

        sent = posting("send", "--once")

        assert states(posting) == {"Choir group": "sent", "WhatsApp": "waiting"}
        assert "1 sent, 1 waiting." in sent.out
        (waiting,) = deliveries(posting, "--state", "waiting")
        assert "*Hello* there" in posting("deliveries", "show", waiting["Id"][:8]).out
        posting("deliveries", "settle", waiting["Id"][:8], "--sent")
        assert states(posting) == {"Choir group": "sent", "WhatsApp": "sent"}

    def test_given_a_wall_time_in_a_zone_then_that_instant_is_told_in_the_communitys_time(self, posting: Cli) -> None:
        said = posting("announce", "New year!", "--to", "Choir group", "--at", "2098-12-31 23:00", "--zone", "Asia/Tokyo")

        assert "2098-12-31 14:00 WET" in said.out

    def test_given_the_text_on_standard_input_then_it_is_taken_whole(self, posting: Cli) -> None:
        posting("announce", "-", "--to", "Choir group", stdin="Første linje\n\n- én\n- to\n")
        posting("send", "--once")

        (sent,) = deliveries(posting)
        assert "én" in posting("deliveries", "show", sent["Id"]).out

    def test_given_standard_input_that_is_not_utf_8_then_it_says_so(self, posting: Cli) -> None:
        assert "UTF-8" in posting("announce", "-", "--to", "Choir group", stdin="é".encode("latin-1"), status=1).err
        assert deliveries(posting) == []

    def test_given_it_is_undone_in_time_then_nothing_goes_out(self, posting: Cli) -> None:
        posting("announce", "Oops", "--to", "Choir group", "--at", "2099-01-01 10:00")
        posting("undo")

        assert posting("send", "--once").out == "0 sent.\n"
        assert "cancelled" in states(posting).values()

    def test_given_it_has_gone_out_when_it_is_undone_then_it_says_what_can_t_be_taken_back(self, posting: Cli) -> None:
        posting("announce", "Oops", "--to", "Choir group")
        posting("send", "--once")

        assert "Choir group" in posting("undo").err

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            (["--to", "Nobody"], "Nobody"),
            (["--to", "Choir group", "--at", "2020-01-01 10:00"], "has passed"),
            (["--to", "Choir group", "--event", "Nothing", "--before", "1d"], "Nothing"),
            (["--to", "Choir group", "--photo", "notes.txt"], "photo"),
            (["--to", "Choir group", "--photo", "lies.png"], "photo"),
            (["--to", "Choir group", "--document", "empty.pdf"], "empty"),
        ],
        ids=lambda value: " ".join(value[2:]) if isinstance(value, list) else "",
    )
    def test_given_something_would_stop_it_then_it_is_said_now_and_nothing_is_kept(
        self, posting: Cli, options: list[str], says: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        posting.write("notes.txt", "notes")
        posting.write("lies.png", "no picture")
        posting.write("empty.pdf", "")
        monkeypatch.chdir(posting.home)

        said = posting("announce", "Hi", *options, status=1)

        assert says in said.err
        assert deliveries(posting) == []

    def test_given_a_text_too_long_for_one_of_the_channels_then_it_says_which_and_keeps_nothing(self, posting: Cli) -> None:
        assert "Choir group" in posting("announce", "x" * 5000, "--to", "WhatsApp", "--to", "Choir group", status=1).err
        assert deliveries(posting) == []

    def test_given_two_events_of_one_title_then_it_asks_for_the_id(self, posting: Cli) -> None:
        card = "BEGIN:VEVENT\r\nUID:{0}\r\nDTSTART:2099120{0}T180000Z\r\nDTEND:2099120{0}T190000Z\r\nSUMMARY:Rehearsal\r\nEND:VEVENT\r\n"
        path = posting.write("c.ics", f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{card.format(1)}{card.format(2)}END:VCALENDAR\r\n")
        posting("events", "import", path)

        assert "2 events" in posting("announce", "Hi", "--to", "Choir group", "--event", "Rehearsal", "--before", "1d", status=1).err

        rows = json.loads(posting("events", "list", "--from", "2099-12-01", "--to", "2099-12-31", "--format", "json").out)
        posting("announce", "Hi", "--to", "Choir group", "--event", rows[0]["Event"][-8:], "--before", "1d")


class TestWhatItComesTo:
    @pytest.mark.parametrize(
        ("answer", "state", "status"),
        [
            ("ok", "sent", 0),
            ("rejected", "rejected", 1),
            ("silence", "unsure", 1),
            ("lost", "unsure", 1),
            ("rate-limit", "queued", 0),
            ("moved", "sent", 0),
        ],
    )
    def test_the_exit_status_says_whether_all_went_out(self, posting: Cli, answer: str, state: str, status: int) -> None:
        posting("channels", "add", "Try out", "Odd group", "--target", "odd", "--set", f"answer={answer}")
        posting("announce", "Hello", "--to", "Odd group")

        said = posting("send", "--once", status=status)

        assert states(posting)["Odd group"] == state
        if status:
            (one,) = deliveries(posting)
            assert one["Id"][:8] in said.err

    def test_given_it_is_unsure_when_a_person_settles_it_then_it_is_at_its_end(self, posting: Cli) -> None:
        posting("channels", "add", "Try out", "Odd group", "--target", "odd", "--set", "answer=silence")
        posting("announce", "Hello", "--to", "Odd group")
        posting("send", "--once", status=1)
        (one,) = deliveries(posting)

        posting("deliveries", "settle", one["Id"][:8], "--sent")

        assert states(posting)["Odd group"] == "sent"
        assert "can't be taken back" in posting("deliveries", "settle", one["Id"][:8], "--again", status=1).err

    def test_given_an_id_that_nothing_has_then_it_says_so(self, posting: Cli) -> None:
        for words in (("deliveries", "show", "12345678"), ("deliveries", "cancel", "12345678"), ("deliveries", "settle", "12345678", "--sent")):
            assert "12345678" in posting(*words, status=1).err


class TestTelegram:
    def test_given_a_photo_and_a_document_then_both_arrive_the_second_without_a_sound(self, bot: Cli, telegram: TelegramServer) -> None:
        photo, document = bot.write("poster.png", PNG), bot.write("programme.pdf", b"%PDF-1.4 programme")

        bot("announce", "Our *poster*", "--to", "Choir group", "--photo", photo)
        bot("announce", "The programme", "--to", "Choir group", "--document", document, "--silent")
        bot("send", "--until-idle")

        first, second = telegram.posted()
        assert (first.kind, first.text, first.silent) == ("photo", "Our poster", False)
        assert (second.kind, second.text, second.silent) == ("document", "The programme", True)
        assert second.file is not None
        assert (second.file.name, second.file.content) == ("programme.pdf", b"%PDF-1.4 programme")

    def test_given_a_token_that_can_t_be_one_then_it_is_refused_before_anything_is_kept(self, choir: Cli) -> None:
        said = choir("--vault", "file", "connections", "add", "telegram", "Bot", stdin="12345\n", status=1)

        assert "BotFather" in said.err
        assert "12345\n" not in said.err
        assert json.loads(choir("connections", "list", "--format", "json").out) == []

    def test_given_a_wrong_token_then_nothing_is_lost_and_a_new_one_sets_it_right(self, bot: Cli, telegram: TelegramServer) -> None:
        wrong = "987654321:" + "w" * 35
        bot("connections", "renew", "Bot", stdin=wrong + "\n")
        assert bot("connections", "check", "Bot", status=1).err
        bot("announce", "Hello", "--to", "Choir group")

        said = bot("send", "--once", status=1)

        assert 'belfry connections renew "Bot"' in said.err
        assert "1 waits for a paused connection" in said.out
        assert states(bot) == {"Choir group": "queued"}
        assert "paused" in bot("connections", "list").out
        assert wrong not in said.err + said.out
        bot("connections", "renew", "Bot", stdin=telegram.token + "\n")
        assert "works" in bot("connections", "check", "Bot").out
        bot("send", "--once")
        assert [posted.text for posted in telegram.posted()] == ["Hello"]

    def test_given_the_bot_was_removed_from_the_group_then_it_is_rejected_with_what_to_do(self, bot: Cli, telegram: TelegramServer) -> None:
        telegram.script(Fault(Answer.FORBIDDEN, text="Forbidden: bot was kicked from the supergroup chat"))
        bot("announce", "Hello", "--to", "Choir group")

        said = bot("send", "--once", status=1)

        assert states(bot) == {"Choir group": "rejected"}
        assert "Choir group" in said.err
        (one,) = deliveries(bot)
        assert one["Why"]
        assert telegram.posted() == []
        bot("deliveries", "settle", one["Id"][:8], "--again")
        bot("send", "--once")
        assert [posted.text for posted in telegram.posted()] == ["Hello"]

    def test_given_nothing_answers_at_the_server_then_it_stays_queued_and_check_says_so(self, bot: Cli, telegram: TelegramServer) -> None:
        bot("announce", "Hello", "--to", "Choir group")
        with telegram.refusing():
            assert bot("connections", "check", "Bot", status=1).err
            assert bot("connections", "targets", "Bot", status=1).err
            bot("send", "--once", status=None)
        assert states(bot) == {"Choir group": "queued"}

    def test_the_groups_that_the_bot_is_in_are_listed_with_the_number_that_channels_add_wants(self, bot: Cli, telegram: TelegramServer) -> None:
        rows = json.loads(bot("connections", "targets", "Bot", "--format", "json").out)

        assert [(row["Target"], row["Group"]) for row in rows] == [("-1001234567890", "Choir")]

    def test_no_secret_is_in_the_file_the_log_or_what_was_said(self, bot: Cli, telegram: TelegramServer) -> None:
        bot("announce", "Hello", "--to", "Choir group")
        telegram.script(Answer.NOT_JSON)
        told = [bot("send", "--once", status=None), bot("deliveries", "list"), bot("connections", "list"), bot("history")]

        secret = telegram.token.partition(":")[2]
        kept = [path for path in bot.home.rglob("*") if path.is_file()]
        assert len(kept) > 3
        assert not [path for path in kept if secret.encode() in path.read_bytes()]
        assert secret not in "".join(one.out + one.err for one in told)


class TestSecrets:
    def test_given_a_secret_on_the_command_line_then_it_is_refused(self, choir: Cli) -> None:
        said = choir("--vault", "run", "connections", "add", "telegram", "Bot", "--set", "token=1:x", status=1)

        assert "never write it on the command line" in said.err

    def test_given_nothing_on_standard_input_then_it_says_what_is_needed(self, choir: Cli) -> None:
        assert "token" in choir("--vault", "run", "connections", "add", "telegram", "Bot", status=1).err

    def test_given_no_keyring_then_it_offers_the_two_other_places(self, choir: Cli) -> None:
        choir.more["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
        said = choir("connections", "add", "telegram", "Bot", stdin="123456789:" + "a" * 35 + "\n", status=1)

        assert "--vault file" in said.err
        assert "--vault run" in said.err
        assert json.loads(choir("connections", "list", "--format", "json").out) == []

    def test_given_the_environment_of_one_run_then_it_says_the_variable_and_takes_the_secret_from_it(
        self, choir: Cli, telegram: TelegramServer
    ) -> None:
        added = choir("--vault", "run", "connections", "add", "telegram", "Bot", "--set", f"server={telegram.url}", stdin=telegram.token + "\n")
        (variable,) = (word for word in added.err.split() if word.startswith("BELFRY_SECRET_"))

        assert 'belfry connections renew "Bot"' in choir("--vault", "run", "connections", "check", "Bot", status=1).err
        choir.more[variable] = telegram.token
        assert "works" in choir("connections", "check", "Bot", "--vault", "run").out

    def test_given_the_wrong_passphrase_then_it_says_so_and_nothing_is_lost(self, bot: Cli) -> None:
        bot.more["BELFRY_PASSPHRASE"] = "wrong"
        assert "not the passphrase" in bot("connections", "check", "Bot", status=1).err
        del bot.more["BELFRY_PASSPHRASE"]
        assert "works" in bot("connections", "check", "Bot").out


class TestOneComputerSends:
    def test_given_a_copy_then_nothing_goes_out_from_it_until_somebody_takes_over(self, posting: Cli, tmp_path: Path) -> None:
        posting("announce", "Hello", "--to", "Choir group")
        copy = tmp_path / "copy.belfry"
        posting("backup", copy)

        assert "belfry take-over" in posting("send", "--once", "--community", copy, status=1).err
        posting("take-over", "--community", copy)
        assert "unsure" in posting("deliveries", "list", "--community", copy).out
        assert "already" in posting("take-over", "--community", copy).out

    def test_given_the_community_of_another_computer_then_it_says_which_one_sends(self, posting: Cli, tmp_path: Path) -> None:
        there = Cli(tmp_path / "there")
        there.home.mkdir()

        assert "belfry take-over" in there("send", "--once", "--community", posting.community, status=1).err

    def test_given_a_backup_is_restored_then_what_was_there_is_kept_and_nothing_goes_out_of_itself(self, posting: Cli, tmp_path: Path) -> None:
        posting("backup", tmp_path / "b.belfry")
        posting("members", "import", posting.write("m.csv", "Name\nAna\n"))

        said = posting("restore", tmp_path / "b.belfry")

        assert "belfry take-over" in said.out
        assert json.loads(posting("members", "list", "--format", "json").out) == []
        (aside,) = posting.community.parent.glob("*before-restore*.belfry")
        assert "Ana" in posting("members", "list", "--community", aside).out
        posting("send", "--once", status=1)
        assert "exists already" in posting("backup", tmp_path / "b.belfry", status=1).err
        assert "All is well" in posting("check").out
