"""Service keys in what people paste."""

import pytest

from crossconnections.service_keys import find_service_keys

ONE, OTHER = "5b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610", "a4c123b1-612d-4272-8137-1c17149d4395"


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{OTHER}",
        f"{ONE} {OTHER}",
        f"{ONE.upper()};{OTHER}",
        f"{{{ONE}}},{{{OTHER.upper()}}}",
        f"er-contoso\t{ONE}\tAmsterdam\r\ner-fabrikam\t{OTHER}\tDublin\r\n",
        f"Dear colleagues, please provision {ONE} (Amsterdam) and\n{OTHER}. Kind regards, Jonas",
        f'"{ONE}"\n<{OTHER}>\n  {ONE}  \n{ONE.upper()}',
    ],
)
def test_every_key_of_a_text_is_found_once_in_the_order_of_the_text(text: str):
    assert find_service_keys(text) == ((ONE, OTHER), ())


@pytest.mark.parametrize("word", ["xyz", ONE[:-1], ONE + "0", ONE.replace("-", "")[:-1], "5b2f0c1e-7d94"])
def test_a_line_of_one_word_that_is_no_key_is_told(word: str):
    assert find_service_keys(f"{ONE}\n {word},\n") == ((ONE,), (word,))


@pytest.mark.parametrize("hyphen", ["", "\u2010", "\u2011", "\u2013", "\u2014", "\u2212"])
def test_a_key_is_one_whatever_became_of_its_hyphens(hyphen: str):
    assert find_service_keys(f"Key {ONE.replace('-', hyphen)}, and {OTHER}") == ((ONE, OTHER), ())


@pytest.mark.parametrize("word", [ONE[:-1], ONE + "0", f"{ONE}-2"])
def test_what_begins_like_a_key_and_is_none_is_told_wherever_it_stands(word: str):
    assert find_service_keys(f"Please provision {word} and {OTHER} today") == ((OTHER,), (word,))


def test_words_of_a_sentence_are_no_keys():
    assert find_service_keys("Order 4711 of 2026-11-26, see port AMS-06GMR") == ((), ())


def test_a_long_word_is_told_in_part():
    assert find_service_keys("x" * 500).others == ("x" * 60,)
