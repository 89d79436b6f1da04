"""Numbers in German and English words: a translation task in which the order crosses.

German puts the units before the tens: 21 is "ein und zwanzig", in English "twenty one".
German compounds are given in their parts.
"""

from collections.abc import Callable, Sequence

HIGHEST = 99_999

_ENGLISH_TO_19 = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_GERMAN_TO_19 = (
    "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn "
    "fünfzehn sechzehn siebzehn achtzehn neunzehn"
)
_ENGLISH_TENS_FROM_20 = "twenty thirty forty fifty sixty seventy eighty ninety"
_GERMAN_TENS_FROM_20 = "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig"
_ENGLISH, _ENGLISH_TENS = _ENGLISH_TO_19.split(), _ENGLISH_TENS_FROM_20.split()
_GERMAN, _GERMAN_TENS = _GERMAN_TO_19.split(), _GERMAN_TENS_FROM_20.split()


def english_words(number: int) -> list[str]:
    """The words of a number: 321 → three, hundred, twenty, one.

    Raises:
        ValueError: the number is not one of 1 … 99,999.
    """
    words = _large_parts(number, english_words, _ENGLISH, "hundred", "thousand")
    rest = number % 100
    if rest >= 20:
        words.append(_ENGLISH_TENS[rest // 10 - 2])
        rest %= 10
    return words + _ENGLISH[rest - 1 : rest] if rest else words


def german_words(number: int) -> list[str]:
    """The parts of a German number: 321 → drei, hundert, ein, und, zwanzig.

    The final "s" of "eins" is left out, as inside compounds.

    Raises:
        ValueError: the number is not one of 1 … 99,999.
    """
    words = _large_parts(number, german_words, _GERMAN, "hundert", "tausend")
    rest = number % 100
    if rest < 20:
        return words + _GERMAN[rest - 1 : rest] if rest else words
    if rest % 10:
        words += [_GERMAN[rest % 10 - 1], "und"]
    return [*words, _GERMAN_TENS[rest // 10 - 2]]


def _large_parts(
    number: int,
    in_words: Callable[[int], list[str]],
    names: Sequence[str],
    hundred: str,
    thousand: str,
) -> list[str]:
    """Thousands and hundreds."""
    if not 1 <= number <= HIGHEST:
        raise ValueError(f"the number must be one of 1 … {HIGHEST}, not {number}")
    words: list[str] = []
    if number >= 1000:
        words += [*in_words(number // 1000), thousand]
    if number % 1000 >= 100:
        words += [names[number % 1000 // 100 - 1], hundred]
    return words
