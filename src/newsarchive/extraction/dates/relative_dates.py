"""Dates that count from the moment a page was shown: "2 hours ago", "vor 2 Stunden", "昨天 14:05".

They mean something only together with the time of the capture, which is an
argument: nothing here reads a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from newsarchive.base.dates import PartialDate
from newsarchive.extraction.dates.month_names import fold
from newsarchive.extraction.dates.times_of_day import time_beside
from newsarchive.extraction.dates.written_dates import ascii_digits
from newsarchive.model import Confidence

# ruff: noqa: E501 -- a language a line is what makes the table readable

# What evidence says behind the string that was found.
NOTE = "relative to the capture"
_MAX_TEXT = 60
_UNITS = ("minute", "hour", "day", "week", "month", "year")
# A line a language, its columns parted by ";": what stands before the number, what stands after
# the unit (one of them suffices), words for one (where there are none, the number may be left
# out), then minutes, hours, days, weeks, months and years. "2:" marks a dual.
PHRASES = {
    "en": ";ago;a|an|one;minute|minutes|min|mins|m;hour|hours|hr|hrs|h;day|days|d;week|weeks|wk|wks|w;month|months|mo;year|years|yr|yrs|y",
    "de": "vor;;ein|eine|einem|einer;minute|minuten|min;stunde|stunden|std;tag|tagen;woche|wochen;monat|monaten;jahr|jahren",
    "fr": "il y a;;un|une;minute|minutes|min|mn;heure|heures|h;jour|jours|j;semaine|semaines;mois;an|ans",
    "es": "hace;atrás;un|una;minuto|minutos|min;hora|horas|h;día|días;semana|semanas;mes|meses;año|años",
    "pt": "há;atrás;um|uma;minuto|minutos|min;hora|horas|h;dia|dias;semana|semanas;mês|meses;ano|anos",
    "it": ";fa;un|una|un';minuto|minuti|min;ora|ore;giorno|giorni;settimana|settimane;mese|mesi;anno|anni",
    "ca": "fa;;un|una;minut|minuts|min;hora|hores|h;dia|dies;setmana|setmanes;mes|mesos;any|anys",
    "ro": "acum;în urmă;un|o;minut|minute|min|de minute;oră|ore|de ore;zi|zile|de zile;săptămână|săptămâni;lună|luni;an|ani",
    "nl": ";geleden;een;minuut|minuten|min;uur|uren;dag|dagen;week|weken;maand|maanden;jaar|jaren",
    "sv": ";sedan|sen;en|ett;minut|minuter|min;timme|timmar|tim;dag|dagar;vecka|veckor;månad|månader;år",
    "da": ";siden;en|et;minut|minutter|min;time|timer;dag|dage;uge|uger;måned|måneder;år",
    "nb": ";siden;en|et|ett;minutt|minutter|min;time|timer;dag|dager|døgn;uke|uker;måned|måneder;år",
    "fi": ";sitten;;minuutti|minuuttia|min;tunti|tuntia|t;päivä|päivää|pv;viikko|viikkoa;kuukausi|kuukautta;vuosi|vuotta",
    "et": ";tagasi;;minut|minutit|min;tund|tundi;päev|päeva;nädal|nädalat;kuu|kuud;aasta|aastat",
    "lv": "pirms;;;minūtes|minūtēm;stundas|stundām;dienas|dienām;nedēļas|nedēļām;mēneša|mēnešiem;gada|gadiem",
    "lt": "prieš;;;minutę|minutes|minučių|min;valandą|valandas|valandų|val;dieną|dienas|dienų;savaitę|savaites|savaičių;mėnesį|mėnesius|mėnesių;metus|metų",
    "pl": ";temu;;minutę|minuty|minut|min;godzinę|godziny|godzin|godz;dzień|dni;tydzień|tygodnie|tygodni;miesiąc|miesiące|miesięcy;rok|lata|lat",
    "cs": "před;;;minutou|minutami|min;hodinou|hodinami|hod;dnem|dny;týdnem|týdny;měsícem|měsíci;rokem|lety",
    "sk": "pred;;;minútou|minútami|min;hodinou|hodinami;dňom|dňami;týždňom|týždňami;mesiacom|mesiacmi;rokom|rokmi",
    "sl": "pred;;;minuto|minutama|minutami|min;uro|urama|urami;dnevom|dnevoma|dnevi;tednom|tednoma|tedni;mesecem|mesecema|meseci;letom|letoma|leti",
    "hr": "prije|pre;;;minutu|minute|minuta|minut|min;sat|sata|sati;dan|dana;tjedan|tjedna|tjedana|nedelju|nedelje|nedelja;mjesec|mjeseca|mjeseci|mesec|meseca|meseci;godinu|godine|godina",
    "sr": "пре;;;минут|минута|мин;сат|сата|сати;дан|дана;недељу|недеље|недеља;месец|месеца|месеци;годину|године|година",
    "bg": "преди;;;минута|минути|мин;час|часа;ден|дни|дена;седмица|седмици;месец|месеца;година|години",
    "ru": ";назад;;минуту|минуты|минут|мин;час|часа|часов|ч;день|дня|дней;неделю|недели|недель;месяц|месяца|месяцев;год|года|лет",
    "uk": ";тому;;хвилину|хвилини|хвилин|хв;годину|години|годин|год;день|дні|днів;тиждень|тижні|тижнів;місяць|місяці|місяців;рік|роки|років",
    "hu": ";ezelőtt;;perccel;órával;nappal;héttel;hónappal;évvel",
    "el": "πριν από|πριν;;ένα|ένας|μία|μια;λεπτό|λεπτά;ώρα|ώρες;ημέρα|ημέρες|μέρα|μέρες;εβδομάδα|εβδομάδες;μήνα|μήνες;χρόνο|χρόνια",
    "sq": ";më parë;një;minutë|minuta;orë;ditë;javë;muaj;vit|vjet",
    "tr": ";önce;bir;dakika|dk;saat|sa;gün;hafta;ay;yıl",
    "ka": ";წინ;;წუთის;საათის;დღის;კვირის;თვის;წლის",
    "hy": ";առաջ;;րոպե;ժամ;օր;շաբաթ;ամիս;տարի",
    "ar": "منذ|قبل;مضت;;دقيقة|دقائق|2:دقيقتين;ساعة|ساعات|2:ساعتين;يوم|أيام|يوما|2:يومين;أسبوع|أسابيع|2:أسبوعين;شهر|أشهر|2:شهرين;سنة|سنوات|عام|أعوام|2:سنتين|2:عامين",
    "he": "לפני;;;דקה|דקות;שעה|שעות|2:שעתיים;יום|ימים|2:יומיים;שבוע|שבועות|2:שבועיים;חודש|חודשים|2:חודשיים;שנה|שנים|2:שנתיים",
    "fa": ";پیش|قبل;یک;دقیقه;ساعت;روز;هفته;ماه;سال",
    "ur": ";پہلے|قبل;ایک;منٹ;گھنٹہ|گھنٹے|گھنٹوں;دن;ہفتہ|ہفتے;ماہ|مہینہ|مہینے;سال",
    "hi": ";पहले|पूर्व;एक;मिनट;घंटा|घंटे|घण्टे;दिन;सप्ताह|हफ्ते|हफ़्ते;महीने|महीना|माह;साल|वर्ष",
    "bn": ";আগে|পূর্বে;এক;মিনিট;ঘণ্টা|ঘন্টা;দিন;সপ্তাহ;মাস;বছর",
    "ta": ";முன்பு|முன்;ஒரு;நிமிடம்|நிமிடங்கள்|நிமிடங்களுக்கு;மணி நேரம்|மணி நேரத்திற்கு|மணிநேரம்;நாள்|நாட்கள்|நாட்களுக்கு;வாரம்|வாரங்களுக்கு;மாதம்|மாதங்களுக்கு;ஆண்டு|ஆண்டுகளுக்கு",
    "th": ";ที่แล้ว|ที่ผ่านมา|ก่อน;;นาที;ชั่วโมง|ชม.;วัน;สัปดาห์;เดือน;ปี",
    "vi": ";trước;một;phút;giờ|tiếng;ngày;tuần;tháng;năm",
    "id": ";yang lalu|lalu;satu;menit|minit;jam;hari;minggu|pekan;bulan;tahun",
    "tl": ";ang nakalipas|ang nakararaan|nakaraan;isang;minuto;oras;araw;linggo;buwan;taon",
    "zh": ";前|以前|之前;;分钟|分鐘|分;小时|小時;天|日;周|週|星期;个月|個月;年",
    "ja": ";前;;分;時間;日;週間;か月|ヶ月|カ月|ヵ月;年",
    "ko": ";전;;분;시간;일;주|주일;개월|달;년",
}
# Today, then yesterday.
_DAY_WORDS = (
    "today heute hoy hoje oggi avui vandaag idag i_dag tänään dzisiaj dziś dnes danes danas данас сегодня "
    "сьогодні днес σήμερα azi astăzi ma bugün اليوم امروز היום आज আজ วันนี้ hôm_nay hari_ini 今天 今日 오늘 aujourd'hui",
    "yesterday gestern hier ayer ontem ieri ahir gisteren igår i_går eilen wczoraj včera včeraj jučer јуче вчера "
    "вчора χθες χτες tegnap dün أمس دیروز אתמול เมื่อวาน เมื่อวานนี้ hôm_qua kemarin 昨天 昨日 어제",
)
# In these scripts words touch.
_UNSPACED = ("zh", "ja", "ko", "th")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date counted back from a capture; the longer ago, the vaguer."""

    date: PartialDate
    confidence: Confidence


def resolve(text: str, *, captured_at: datetime) -> Resolved | None:
    """Count back from the capture as a short text says; None where it says nothing of that kind.

    Minutes give a minute, hours and days a day, in the capture's own offset;
    weeks and months give a month, years a year, and both are guesses.
    """
    if len(text) > _MAX_TEXT:
        return None
    line = fold(ascii_digits(" ".join(text.split())))
    return _day_word(line, captured_at) or _counted_back(line, captured_at)


def _counted_back(line: str, captured_at: datetime) -> Resolved | None:
    if _any_marker().search(line) is None:
        return None
    for pattern, units in _phrases():
        match = pattern.search(line)
        if match is not None and (match["before"] or match["after"]):
            number, unit = units[match["unit"]]
            count = int(match["count"]) if (match["count"] or "").isdecimal() else number
            # Nobody counts the age of news in centuries.
            return _back(count, unit, captured_at) if count < 100 or unit != "year" else None
    return None


def _back(count: int, unit: str, captured_at: datetime) -> Resolved:
    days = {"minute": 0, "hour": 0, "day": 1, "week": 7, "month": 30.44, "year": 365.25}[unit] * count
    hours = {"minute": 1 / 60, "hour": 1.0}.get(unit, 0.0) * count
    moment = captured_at - timedelta(days=days, hours=hours)
    day = PartialDate.from_datetime(moment)
    if unit == "minute":
        minute = PartialDate(day.year, day.month, day.day, day.hour, day.minute, None, day.offset)
        return Resolved(minute, Confidence.MEDIUM)
    if unit in ("hour", "day"):
        return Resolved(PartialDate.from_date(moment.date()), Confidence.MEDIUM)
    if unit == "year":
        return Resolved(PartialDate(day.year), Confidence.LOW)
    return Resolved(PartialDate(day.year, day.month), Confidence.LOW)


def _day_word(line: str, captured_at: datetime) -> Resolved | None:
    """Read "Today, 14:05" or a bare "yesterday"; in the middle of a text such a word is prose."""
    match = _day_words().match(line)
    if match is None:
        return None
    clock = time_beside(line, match.end(), match.end())
    if clock is None and match.end() < len(line):
        return None
    day = captured_at.date() - timedelta(days=_days_back()[match[0]])
    if clock is None:
        return Resolved(PartialDate.from_date(day), Confidence.MEDIUM)
    moment = PartialDate(day.year, day.month, day.day, clock.hour, clock.minute, clock.second, clock.offset)
    return Resolved(moment, Confidence.MEDIUM)


@cache
def _days_back() -> dict[str, int]:
    return {
        fold(word.replace("_", " ")): days for days, words in enumerate(_DAY_WORDS) for word in words.split()
    }


@cache
def _day_words() -> re.Pattern[str]:
    return re.compile(f"(?:{_either(_days_back())})(?![^\\W\\d_])")


@cache
def _any_marker() -> re.Pattern[str]:
    markers = {fold(word) for row in PHRASES.values() for word in "|".join(row.split(";")[:2]).split("|")}
    return re.compile(_either(markers - {""}))


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], dict[str, tuple[int, str]]], ...]:
    return tuple(_phrase(language, row.split(";")) for language, row in PHRASES.items())


def _phrase(language: str, columns: list[str]) -> tuple[re.Pattern[str], dict[str, tuple[int, str]]]:
    """Make the pattern of a language, and what its unit words mean."""
    before, after, one = (_words(column) for column in columns[:3])
    units: dict[str, tuple[int, str]] = {}
    for unit, column in zip(_UNITS, columns[3:], strict=True):
        for word in column.split("|"):
            number, _, name = word.rpartition(":")
            units.setdefault(fold(name), (int(number or 1), unit))
    # Not \b: the vowel signs that end words of India are no letters to it.
    left, right = ("", "") if language in _UNSPACED else (r"(?<!\w)", r"(?!\w)")
    count = rf"(?P<count>(?<!\d)\d{{1,3}}{'|' + _either(one) if one else ''}){'' if one or not left else '?'}"
    marks = rf"(?:{left}(?P<before>{_either(before)}){right}\s)?" if before else "(?P<before>)"
    closes = rf"(?:\.?\s?(?P<after>{_either(after)}){right})?" if after else "(?P<after>)"
    return re.compile(rf"{marks}{left}{count}\s?(?P<unit>{_either(units)}){right}{closes}"), units


def _words(column: str) -> list[str]:
    return [fold(word) for word in column.split("|") if word]


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
