"""Every sentence has words in every language, with the same placeholders; what is compiled is what is written."""

import gettext
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from develop.translations import LANGUAGES, catalogue, compiled, extracted, po, untranslated
from resources import translations
from resources.translations import phrase, phrases


@pytest.fixture
def portuguese() -> Iterator[None]:
    translations.use("pt_PT")
    yield
    translations.use("en")


def placeholders(text: str) -> set[str]:
    """The names in braces."""
    return {name.partition(".")[0] for _literal, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def both(message: Message) -> list[tuple[str, str]]:
    """The sentences of a message beside their translations."""
    ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
    words = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return [(ids[min(place, len(ids) - 1)], one) for place, one in enumerate(words) if one]


@pytest.mark.parametrize("language", LANGUAGES)
def test_given_the_code_when_its_sentences_are_looked_up_then_each_has_words(language: str) -> None:
    kept = catalogue(language)
    missing = [message.id for message in extracted() if message.id and message.id not in kept]
    assert not missing, "run dev.py translations, then translate them"
    assert not [message.id for message in untranslated(kept)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_given_a_translation_when_it_is_filled_in_then_it_has_the_placeholders_of_the_sentence(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            for sentence, words in both(message):
                assert placeholders(words) <= placeholders(sentence) | {"n"}, words
                assert placeholders(words) >= placeholders(sentence) - {"n"}, words


@pytest.mark.parametrize("language", LANGUAGES)
def test_given_a_translation_when_it_is_shown_then_it_stands_as_its_sentence_does(language: str) -> None:
    for message in catalogue(language):
        if message.id:
            for sentence, words in both(message):
                assert (words[0].isspace(), words[-1].isspace()) == (sentence[0].isspace(), sentence[-1].isspace()), words
                assert words.endswith("…") == sentence.endswith("…"), words


@pytest.mark.parametrize("language", LANGUAGES)
def test_given_a_number_when_it_is_translated_then_there_are_as_many_forms_as_the_language_has(language: str) -> None:
    kept = catalogue(language)
    for message in kept:
        if message.pluralizable:
            assert isinstance(message.string, tuple | list)
            assert len(message.string) == kept.num_plurals, message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_given_a_catalogue_when_the_code_no_more_says_a_sentence_then_it_is_gone(language: str) -> None:
    said = extracted()
    assert not [message.id for message in catalogue(language) if message.id and message.id not in said], "run dev.py translations"


@pytest.mark.parametrize("language", LANGUAGES)
def test_given_the_compiled_catalogue_when_it_is_read_then_it_says_what_the_written_one_says(language: str) -> None:
    path = po(language).with_suffix(".mo")
    assert path.read_bytes() == compiled(language), "run dev.py translations"
    with path.open("rb") as file:
        gettext.GNUTranslations(file)


def test_given_the_code_when_sentences_are_extracted_then_those_of_all_kinds_are_found() -> None:
    found = extracted()
    assert "Members" in found  # mark()
    assert "Added {name}" in found  # phrase()
    assert "Search names, addresses, tags, notes" in found  # _()
    plural = found.get("{n} member")
    assert plural is not None
    assert plural.id == ("{n} member", "{n} members")  # ngettext()


@pytest.mark.usefixtures("portuguese")
def test_given_portuguese_when_phrases_are_shown_then_the_words_and_the_plural_are_portuguese() -> None:
    assert str(phrase("Added {name}", name="Ana")) == "Adicionado: Ana"
    assert [str(phrases("{n} member", "{n} members", n=n)) for n in (0, 1, 2)] == ["0 membros", "1 membro", "2 membros"]
    assert translations.known("pt_PT")
    assert not translations.known("fr_FR")


@pytest.mark.usefixtures("portuguese")
def test_given_portuguese_when_nothing_is_said_then_nothing_is_shown() -> None:
    assert str(phrase("")) == ""
