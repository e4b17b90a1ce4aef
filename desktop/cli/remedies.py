"""The commands that do what a refusal advises. The sentence itself is right everywhere; only here does it name a command."""

from desktop.community.errors import BelfryError, Remedy
from desktop.community.ports import KeyringFailed
from resources.translations import Phrase, _

TAKE_OVER = "belfry take-over"
COMMANDS = {
    Remedy.CHOOSE_CHANNELS: "--to CHANNEL",
    Remedy.CHOOSE_EVENT: "--event ID, belfry events list",
    Remedy.CHOOSE_GROUP: '--target, belfry connections targets "{name}"',
    Remedy.FIND_CHANNEL: "belfry channels list",
    Remedy.FIND_CONNECTION: "belfry connections list",
    Remedy.FIND_DELIVERY: "belfry deliveries list",
    Remedy.FIND_EVENT: "belfry events list",
    Remedy.FIND_MEMBER: "belfry members list",
    Remedy.FIND_STEP: "belfry history",
    Remedy.GIVE_ADDRESS: "--target",
    Remedy.LOOK_AT_DELIVERY: "belfry deliveries show {id}",
    Remedy.MAKE_COMMUNITY: "belfry new {file}",
    Remedy.MAKE_OR_NAME_COMMUNITY: "belfry new, --community FILE",
    Remedy.MAKE_SAMPLE: "belfry new FILE --sample",
    Remedy.NAME_COLUMNS: "--map HEADER=FIELD",
    Remedy.RENEW_SECRET: 'belfry connections renew "{name}"',
    Remedy.RESTORE: "belfry restore FILE",
    Remedy.SAY_SENT: "belfry deliveries settle {id} --sent",
    Remedy.SEND_AFTER_ALL: "belfry deliveries settle {id} --again",
    Remedy.SEND_NOW: "--at",
    Remedy.TAKE_BACK: "belfry deliveries cancel {id}",
}
OTHER_PLACES = "--vault file, --vault run"


def explained(error: Exception) -> str:
    """The sentence of an error that has one, with the command for what it advises."""
    match error:
        case BelfryError(remedy=Remedy() as remedy):
            return advised(error.phrase, remedy)
        case KeyringFailed():
            return with_command(str(error), OTHER_PLACES)
        case _:
            return str(error)


def advised(sentence: Phrase, remedy: Remedy | None) -> str:
    """A sentence, with the command for what it advises where there is one."""
    return str(sentence) if remedy is None else with_command(sentence, COMMANDS[remedy].format(**sentence.params))


def with_command(sentence: object, command: str) -> str:
    """A sentence, and the command for what it advises."""
    return _("{sentence} Here: {command}").format(sentence=sentence, command=command)
