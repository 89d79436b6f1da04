"""Numbers in words, compared with examples and with each other."""

import pytest

from utils.number_words import HIGHEST, english_words, german_words


@pytest.mark.parametrize(
    ("number", "german", "english"),
    [
        (1, "ein", "one"),
        (10, "zehn", "ten"),
        (12, "zwölf", "twelve"),
        (20, "zwanzig", "twenty"),
        (21, "ein und zwanzig", "twenty one"),
        (100, "ein hundert", "one hundred"),
        (117, "ein hundert siebzehn", "one hundred seventeen"),
        (365, "drei hundert fünf und sechzig", "three hundred sixty five"),
        (1000, "ein tausend", "one thousand"),
        (
            54_321,
            "vier und fünfzig tausend drei hundert ein und zwanzig",
            "fifty four thousand three hundred twenty one",
        ),
    ],
)
def test_examples(number: int, german: str, english: str) -> None:
    assert " ".join(german_words(number)) == german
    assert " ".join(english_words(number)) == english


@pytest.mark.parametrize("words", [german_words, english_words])
def test_every_number_has_words_of_its_own(words: object) -> None:
    assert callable(words)
    everything = {" ".join(words(number)) for number in range(1, HIGHEST + 1)}
    assert len(everything) == HIGHEST
    assert all(text and "  " not in text for text in everything)


@pytest.mark.parametrize("number", [0, -3, HIGHEST + 1])
def test_other_numbers_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        german_words(number)
    with pytest.raises(ValueError, match="must be one of"):
        english_words(number)
