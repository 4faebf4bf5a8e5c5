"""The language of a text by itself: its script, its telling letters, its commonest short words."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, repeat

# The share of a text's letters that decides for a script: foreign names and quotes are fewer.
_SHARE = 0.5
_SAMPLE = 5_000
_PLAIN_SHARE = 0.95
_SCRIPTS = {
    "latin": "A-Za-z\u00c0-\u024f\u1e00-\u1eff",
    "cyrillic": "\u0400-\u052f",
    "greek": "\u0370-\u03ff\u1f00-\u1fff",
    "arabic": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "hebrew": "\u0590-\u05ff",
    "devanagari": "\u0900-\u097f",
    "bengali": "\u0980-\u09ff",
    "gurmukhi": "\u0a00-\u0a7f",
    "gujarati": "\u0a80-\u0aff",
    "tamil": "\u0b80-\u0bff",
    "telugu": "\u0c00-\u0c7f",
    "kannada": "\u0c80-\u0cff",
    "malayalam": "\u0d00-\u0d7f",
    "sinhala": "\u0d80-\u0dff",
    "thai": "\u0e00-\u0e7f",
    "georgian": "\u10a0-\u10ff",
    "armenian": "\u0530-\u058f",
    "ethiopic": "\u1200-\u137f",
    "khmer": "\u1780-\u17ff",
    "myanmar": "\u1000-\u109f",
    "kana": "\u3040-\u30ff",
    "hangul": "\uac00-\ud7af\u1100-\u11ff",
    "han": "\u3400-\u4dbf\u4e00-\u9fff",
}
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = {name: re.compile(f"[{ranges}]") for name, ranges in _SCRIPTS.items()}
# Which script a language's news is written in; a language not named here is written in Latin.
_WRITTEN_IN = {
    "cyrillic": "ru uk be bg mk kk ky tg mn sr tt ba cv os".split(),
    "greek": ["el"],
    "arabic": "ar fa ur ps ug sd ku ckb pnb".split(),
    "hebrew": ["he", "yi"],
    "devanagari": "hi mr ne sa mai bho kok".split(),
    "bengali": ["bn", "as"],
    "gurmukhi": ["pa"],
    "gujarati": ["gu"],
    "tamil": ["ta"],
    "telugu": ["te"],
    "kannada": ["kn"],
    "malayalam": ["ml"],
    "sinhala": ["si"],
    "thai": ["th"],
    "georgian": ["ka"],
    "armenian": ["hy"],
    "ethiopic": ["am", "ti"],
    "khmer": ["km"],
    "myanmar": ["my"],
    "kana": ["ja"],
    "hangul": ["ko"],
    "han": ["zh", "ja", "yue"],
}
# Languages whose press uses more than one script.
_SEVERAL_SCRIPTS = frozenset("sr kk uz az ku pa ks sd bs mn tg".split())
# Letters that tell languages of one script apart, the rarest language first.
_TELLING = {
    "cyrillic": (("uk", "їєґ"), ("be", "ў"), ("kk", "қңғұ"), ("mk", "ѓќѕ"), ("sr", "ђћџ"), ("bg", "ъ")),
    "hebrew": (("yi", "װײױ\u05b7\u05b8"),),
    "arabic": (("ur", "ٹڈڑے"), ("ps", "ښځټ"), ("ug", "ۆۈې"), ("fa", "پچگژ")),
}
# Letters that a language never writes, though its sisters write its telling ones.
_NEVER = {"bg": "ыэё"}
# Words that tell languages of one script apart where no letter does: the commonest decide.
_TELLING_WORDS = {
    "devanagari": {
        "hi": ("है", "में", "और", "नहीं", "था"),
        "ne": ("छ।", "छन्", "गरेको", "भएको", "हुने", "पनि", "गर्ने"),
        "mr": ("आहे", "आणि", "नाही", "होते", "केला", "झाले"),
    },
}
# Persian letters stand in Arabic names: a share of letters decides.
_TELLING_SHARE = 0.004
# The dozen commonest short words of a language, as few as possible of them shared with others.
_STOP_WORDS = {
    "en": "the of and to in that is for was with on as by at from are it his this".split(),
    "de": "der die und das den von ist nicht mit dem des eine ein auf sich im auch für".split(),
    "fr": "le la les des et est une dans pour qui que du sur au par pas ne aux avec".split(),
    "es": "el la los las del que en una por con para se su más como pero fue al y".split(),
    "pt": "o a os as do da que em um uma para com não no na por dos mais ao foi".split(),
    "it": "il di che la per un una del della con non sono dei nel gli alla è anche le".split(),
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook door".split(),
    "sv": "och att det som en på är av för med den till inte har om ett från var".split(),
    "da": "og at det er en af på til den med for ikke der som har et de fra blev".split(),
    "no": "og det er en på til av som for med ikke har at den et fra om ble å".split(),
    "fi": "ja on ei että se oli hän mutta myös ovat kun tai joka mukaan sen ollut".split(),
    "pl": "i w na z do że się nie jest to o jak po za od przez oraz dla są ale".split(),
    "cs": "a v na se je že s z do o to i pro za by ale jako podle po jsou".split(),
    "ro": "și de la în cu pe să nu că din care este au mai pentru un o fost".split(),
    "hu": "a az és hogy nem is egy van meg ez azt volt csak még már de szerint".split(),
    "tr": "ve bir bu da de için ile olarak çok daha gibi olan kadar sonra ne ise".split(),
    "id": "yang dan di dengan untuk dari ini itu pada dalam tidak akan ke oleh juga".split(),
    "vi": "của và các là có cho không được với trong một người những này đã khi".split(),
    "et": "ja on ei et ning oli see ka kui mis aga oma ta seda pole mida või kes nii pärast".split(),
    "lt": "ir kad iš yra bet tai su kaip buvo nuo dėl apie jis per prie taip arba tačiau pagal".split(),
    "lv": "un ir ar ka no par kas arī bet lai pēc vai tika kā viņš gan tas uz nav bija".split(),
    "sr": "je i u na se da su za od koji nije što kao ali sa bi će biti iz godine".split(),
    "sl": "je in da na se za so ki pa kot ne bo tudi po ali še od bil leta pri zaradi".split(),
    "sk": "je sa na že do za sú aj pri podľa ako od pre bol jeho alebo ktorý však ich už".split(),
    "eu": "eta da ez dute du dira zuen izan baina hori bat egin bere dituzte baino ere dela".split(),
    "ga": "agus an na ar is go sé bhí leis atá ag nach chun mar faoi dúirt siad le den tá".split(),
    "ca": "i el la els a les en per amb una del dels és no als també més".split(),
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _STOP_WORDS.items():
    for _word in _words:
        # Not single letters, though many languages have words of one: "U.S." and "F. Smith" are full of them.
        if len(_word) > 1:
            _LANGUAGES_OF.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[^\W\d_]{2,}")
_ASCII_LETTERS = bytes(c if chr(c).isalpha() and c < 128 else 32 for c in range(256))
_ENOUGH_STOP_WORDS = 5


def script_of(text: str) -> str | None:
    """The script of most letters of a text's beginning; kana decide for Japanese among Han."""
    sample = text[:_SAMPLE]
    # Most texts are Latin, and that is told without a look at each letter.
    if len(sample.encode("latin-1", "ignore")) > _PLAIN_SHARE * len(sample) and _LETTER.search(sample):
        return "latin"
    latin, letters = len(_LETTERS["latin"].findall(sample)), len(_LETTER.findall(sample))
    if letters and latin > 0.9 * letters:
        return "latin"
    counts = {name: len(pattern.findall(sample)) for name, pattern in _LETTERS.items()}
    total = sum(counts.values())
    if total == 0:
        return None
    if counts["kana"] * 10 > counts["han"] + counts["kana"] and counts["kana"] + counts["han"] > total / 2:
        return "kana"
    name = max(counts, key=lambda script: counts[script])
    return name if counts[name] >= _SHARE * total else None


def detect(text: str) -> str | None:
    """Tell the language from the script, its telling letters, or the commonest short words."""
    script = script_of(text)
    if script is None:
        return None
    if script == "latin":
        return _by_stop_words(text[:_SAMPLE])
    sample = text[:_SAMPLE].casefold()
    for language, letters in _TELLING.get(script, ()):
        if any(letter in sample for letter in _NEVER.get(language, "")):
            continue
        if sum(sample.count(letter) for letter in letters) > _TELLING_SHARE * len(sample):
            return language
    words = _TELLING_WORDS.get(script)
    if words is not None:
        return max(words, key=lambda language: sum(sample.count(word) for word in words[language]))
    return _WRITTEN_IN[script][0]


def fits(tag: str, script: str | None) -> bool:
    """Whether a language, as a BCP 47 tag, can be written in a script."""
    language, _, rest = tag.partition("-")
    if script is None or language in _SEVERAL_SCRIPTS or len(rest) == 4:
        return True
    expected = next((name for name, codes in _WRITTEN_IN.items() if language in codes), "latin")
    return script == expected or (script == "han" and language in _WRITTEN_IN["han"])


def _by_stop_words(text: str) -> str | None:
    known = map(_LANGUAGES_OF.get, _words_of(text.lower()), repeat(()))
    scores = Counter(chain.from_iterable(known))
    (best, count), (_, second) = (*scores.most_common(2), ("", 0), ("", 0))[:2]
    return None if count < _ENOUGH_STOP_WORDS or count == second else best


def _words_of(text: str) -> list[str]:
    """The words of a text; in ASCII without a regular expression, in a fifth of the time."""
    if text.isascii():
        return text.encode().translate(_ASCII_LETTERS).decode().split()
    return _WORD.findall(text)
