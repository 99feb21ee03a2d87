"""One language at a time: helps, wrong usage and errors are in the one that was asked for (U1)."""

import re

import pytest

import cli
from commands import arguments, main, usage
from graph.errors import ConfigError

JAPANESE = re.compile(r"[ぁ-んァ-ヶ]")


def helps(parser):
    """Give every help and description of a parser and its commands."""
    yield parser.description
    for action in parser._actions:
        yield action.help
        for command in getattr(action, "choices", None) or () if isinstance(action.choices, dict) else ():
            yield from helps(action.choices[command])


def test_every_help_has_its_japanese():
    usage.speak("en")  # an earlier command may have left argparse with Japanese words
    told = {text for text in helps(arguments.parser(main.COMMANDS, main.OPTIONS)) if text and text != "==SUPPRESS=="}
    assert len(told) > 40
    assert sorted(told - set(usage.JA)) == []


def test_wrong_usage_speaks_japanese_and_english(enkan, capsys):
    for lang, word in (("ja", "選べません"), ("en", "invalid choice")):
        with pytest.raises(SystemExit):
            cli.main(["report", "--preset", "9", "--lang", lang])
        assert word in capsys.readouterr().err


def test_a_help_is_in_one_language(capsys):
    for lang in ("ja", "en"):
        with pytest.raises(SystemExit):
            cli.main(["report", "--help", "--lang", lang])
        told = capsys.readouterr().out
        assert bool(JAPANESE.search(told)) == (lang == "ja")


@pytest.mark.parametrize(("lang", "word"), [("ja", "公開されたデータがありません"), ("en", "nothing is published")])
def test_an_error_is_in_the_language_asked_for(lang, word, enkan, tmp_path):
    done = enkan("report", "--workspace", tmp_path, "--lang", lang)
    assert done.status == 1
    assert word in done.err
    assert bool(JAPANESE.search(done.err)) == (lang == "ja")


def test_what_was_not_foreseen_is_told_in_the_language_too():
    from commands.common import sentence

    assert JAPANESE.search(sentence(ValueError("x"), "ja"))
    assert not JAPANESE.search(sentence(ValueError("x"), "en"))
    assert sentence(ConfigError("one", "一"), "ja") == "一"
