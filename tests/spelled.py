"""Numbers from 1 to 999,999 written out in words: what the reader's number words are held against."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


ENGLISH = _words("""
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
""")
ENGLISH_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
FRENCH = _words("""
    un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
    dix-neuf
""")
FRENCH_TENS = _words("vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt")
ARABIC = ["واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة", "أحد عشر", "اثنا عشر",
    "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر", "ثمانية عشر", "تسعة عشر"]  # fmt: skip
ARABIC_TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
ARABIC_HUNDREDS = ["مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
KURDISH = ["یەک", "دوو", "سێ", "چوار", "پێنج", "شەش", "حەوت", "هەشت", "نۆ", "دە", "یازدە", "دوازدە", "سێزدە", "چواردە",
    "پازدە", "شازدە", "حەڤدە", "هەژدە", "نۆزدە"]  # fmt: skip
KURDISH_TENS = ["بیست", "سی", "چل", "پەنجا", "شەست", "حەفتا", "هەشتا", "نەوەد"]


def english(number: int) -> str:
    """As in "two thousand three hundred and forty-five"."""
    if number < 20:
        return ENGLISH[number - 1]
    if number < 100:
        tens, rest = divmod(number, 10)
        return ENGLISH_TENS[tens - 2] + (f"-{english(rest)}" if rest else "")
    factor, word = (1000, "thousand") if number >= 1000 else (100, "hundred")
    count, rest = divmod(number, factor)
    link = " and " if rest < 100 else " "
    return f"{english(count)} {word}" + (link + english(rest) if rest else "")


def french(number: int) -> str:
    """As in "deux mille trois cent quarante-cinq", with the tens of France."""
    if number < 20:
        return FRENCH[number - 1]
    if number < 100:
        tens, rest = divmod(number, 10)
        if tens in (7, 9):
            tens, rest = tens - 1, rest + 10
        if not rest:
            return FRENCH_TENS[tens - 2] + ("s" if tens == 8 else "")
        link = " et " if rest in (1, 11) and tens != 8 else "-"
        return FRENCH_TENS[tens - 2] + link + french(rest)
    factor, word = (1000, "mille") if number >= 1000 else (100, "cent")
    count, rest = divmod(number, factor)
    several = "s" if factor == 100 and count > 1 and not rest else ""
    head = f"{french(count).removesuffix('s') if count == 80 else french(count)} {word}" if count > 1 else word
    return head + several + (f" {french(rest)}" if rest else "")


def arabic(number: int) -> str:
    """As in "ألفان وثلاثمئة وخمسة وأربعون": units before tens."""
    parts = []
    thousands, rest = divmod(number, 1000)
    if thousands:
        parts.append(_arabic_thousands(thousands))
    if rest >= 100:
        parts.append(ARABIC_HUNDREDS[rest // 100 - 1])
    rest %= 100
    if 0 < rest < 20:
        parts.append(ARABIC[rest - 1])
    elif rest:
        tens, units = divmod(rest, 10)
        parts += [ARABIC[units - 1]] * bool(units) + [ARABIC_TENS[tens - 2]]
    return " و".join(parts)


def _arabic_thousands(count: int) -> str:
    if count <= 2:
        return ("ألف", "ألفان")[count - 1]
    return arabic(count) + (" آلاف" if count <= 10 else " ألف")


def kurdish(number: int) -> str:
    """As in "دوو هەزار و سێ سەد و چل و پێنج"."""
    parts = []
    for factor, word in ((1000, "هەزار"), (100, "سەد")):
        count, number = divmod(number, factor)
        if count:
            parts.append(f"{kurdish(count)} {word}" if count > 1 else word)
    if 0 < number < 20:
        parts.append(KURDISH[number - 1])
    elif number:
        tens, units = divmod(number, 10)
        parts += [KURDISH_TENS[tens - 2]] + [KURDISH[units - 1]] * bool(units)
    return " و ".join(parts)
