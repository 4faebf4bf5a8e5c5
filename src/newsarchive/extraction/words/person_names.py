"""Names in bylines: parted from each other, and freed from "By", roles, places, dates and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsarchive.base.scripts import UNSPACED
from newsarchive.extraction.dates.month_names import MONTHS, fold
from newsarchive.extraction.words.strings import distinct, plain

Names = tuple[str, ...]

_MAX_NAME = 70
_MAX_VALUE = 480
_MAX_NAMES = 30
_NOT_A_NAME = re.compile(
    r"^(https?:|www\.|@|\()|^[\W\d_]*$|\.(com|org|net|html?)\b|\bimage:|"
    r"^(admin|administrator|null|undefined|none|n/a|unknown|(?:no\s)?author|autor|auteur|anonymous|guest|user|name|"
    r"webmaster|https?|image|profile|by|von|par|por)\b.{0,3}$",
    re.IGNORECASE,
)
_PREPOSITION = (
    "γράφει\\s(?:ο|η)|by|von|vom|par|por|di|da|av|af|door|van|od|przez|oleh|автор|автори?|текст|від|от|بقلم|كتب|كتبت|تحرير|"
    "लेखक|द्वारा|haber|yazan|yazar|muhabir|tác giả|bài|tekst|teksti|autorė|autorius|írta|szerző|"
    "מאת|נכתב על ידי|penulis|από|του|της|γράφει|نویسنده|نوشته|โดย|작성자"
)
# What is written, or that it is: these stand before "by", and never before the "von" of a name.
_WORK = (
    r"written|story|text|words|reported|report|posted|published|analysis|guide|review|insights|reviewed|"
    r"article|opinion|comment|post|eingestellt|veröffentlicht|geschrieben|erstellt|verfasst|artikel|beitrag|"
    r"bericht|kommentar|analyse|interview|reportage|gastbeitrag|pressemitteilung|ein|eine|"
    r"publié|écrit|rédigé|article|escrito|publicado|artículo|texto|redactado|scritto|pubblicato|articolo|"
    r"testo|geschreven|skrevet|skriven|napisane"
)
_PHOTOS = r"(?:\s(?:&|und|and)\s(?:fotos?|photos?|bilder))?"
_LEAD = re.compile(
    rf"^\s*(?:{_WORK}){_PHOTOS}\s?:\s*|"
    rf"^\s*(?:(?:{_WORK})\s{{1,3}}){{0,2}}"
    rf"(?:{_PREPOSITION}|autor(?:in|en|es|a)?|autore|autrice|auteure?s?|authors?|text|texte|texto|testo|"
    r"reporter|redaktion|quelle|source|fuente|fonte|with|mit)"
    r"\b\s*[:：]?\s+|"
    r"^.{3,60}\b(?:by|insights from|beiträge von|par|przez|від)\s+(?=(?-i:[^\W\d_a-z]))|"
    r"^\W*(?:文|撰文|取材・文|記者・|本报记者|记者|記者|作者|責任編輯|责任编辑|责编|編輯|编辑|執筆|取材|文責|글)\s*[:：/／｜|]\s*|^文・|^글\s(?=[가-힣]{2,4}$)|^记者\s?|^記者\s?(?=\S{2,4}$)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^\s*(?:https?:|www\.|//)", re.IGNORECASE)
_EMAIL = re.compile(r"[(<\[]?\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}[)>\]]?")
_ROLE = (
    r"(?:(?:senior|chief|deputy|staff|foreign|political|economics?|sports?|science|special|managing|guest|"
    r"associate|assistant|national|business|technology|health|world|local|investigative|freelance|lead|"
    r"contributing|environment|education|diplomatic|home|legal|security|defen[cs]e)\s)*"
    r"(?:writer|reporter|correspondent|editor|journalist|columnist|contributor|producer|photographer|"
    r"author|redakteur(?:in)?|korrespondent(?:in)?|journaliste?|reporterin|autor(?:in)?|redactora?|"
    r"corresponsal|periodista|giornalista|inviat[oa]|correspondante?|envoyée? spéciale?|dziennikarz|"
    r"verslaggever|redacteur)"
)
# A post and its department, in capitals or not: "Transport Correspondent", "Head of Growth".
_POST = re.compile(
    r"(?:^|.*\s)(?:correspondents?|reporters?|editors?|writers?|journalists?|columnists?|contributors?|"
    r"producers?|photographers?|critics?|analysts?|directors?|managers?|coordinators?|consultants?|officers?|"
    r"founders?|chiefs?|staff|desk|team|ceo|cto|cfo|presidents?|professors?|specialists?|experts?|dietitians?|redakteur(?:in)?|"
    r"reporterin|korrespondent(?:in)?|leiter(?:in)?|chefredakteur(?:in)?|journaliste?|correspondante?|"
    r"corresponsal|redactora?|periodista|giornalista|inviat[oa]|dziennikarka?|verslaggever|redacteur|journalist|"
    r"muhabiri?|корреспондент|редактор|журналист)$|"
    r"^(?:head|chief|director|editor|professor|vice president|vp)\sof\b",
    re.IGNORECASE,
)
_TAIL_ROLE = re.compile(
    rf"\s*[,|–—(-]\s*{_ROLE}\b.{{0,60}}$|\s+{_ROLE}$|"
    # What a bracket adds is a post, a handle or a place.
    r"\s*[(（\[].{1,60}$|"
    r"\s?(?:기자|특파원|논설위원|記者|记者)$|"
    # Where somebody writes from: "Jane Doe in Berlin".
    r"\s+(?:in|aus)\s+(?-i:[^\W\d_a-z][\w.-]+(?:\s[^\W\d_a-z][\w.-]+)?)$",
    re.IGNORECASE,
)
# Where "Jane Doe Marketing Director" ends.
_POSITION = re.compile(
    r"(?:director|manager|coordinator|consultant|officer|founder|ceo|cto|president|professor|specialist|"
    r"expert|analyst|editor|writer|leiter(?:in)?|geschäftsführer(?:in)?|direktor(?:in)?)$",
    re.IGNORECASE,
)
# Not names, but who wrote it where nobody is named.
_BARE_ROLE = re.compile(
    rf"^(?:the\s)?(?:{_ROLE}s?\b|(?:editorial\s)?(?:staff|team|desk|board)\b|redaktion\b|la rédaction\b|"
    r"redacción\b|redazione\b|redação\b|redactie\b|redakcja\b|редакция\b)",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:afp|reuters|dpa\w*|apa|ap|ansa|efe|sid|sda|kna|epd|pti|ani|tass|xinhua|jiji|kyodo|anadolu|"
    r"agenc(?:y|ies)|agentur(?:en)?|agences?|agencia|agenzia|press|presse-agentur|bloomberg|upi)\b|통신$|通信$|社$",
    re.IGNORECASE,
)
# Words that only organizations have in their names.
_HOUSE = re.compile(
    r"\b(?:news\w*|media|zeitung|nachrichten|newspaper|magazine?|magazin|redaktion\w*|team|staff|desk|"
    r"editors?|editorial|redacción|rédaction|redazione|redação|redakcja|редакция|gmbh|inc|ltd|llc|corp|"
    r"cent(?:er|re)|office|council|committee|bureau|academy|hospital|society|network|"
    r"company|group|verlag|institut\w*|university|universität|verein|verband|\w*anstalt|ministerium|"
    r"ministry|department|association|foundation|stiftung|e\.v|online|tv|radio|rights|reserved|welle)\b|"
    r"\w-(?:redaktion|team)\b",
    re.IGNORECASE,
)
_DEGREE = re.compile(
    r"^(?:ph\.?d|dphil|m\.?d|j\.?d|m\.?a|mba|msc|rn|jr|sr|ii|iii|esq|dds|dvm|lcsw)\.?$", re.I
)
_AND = re.compile(
    r"\s*(?:;|\||／|、|，)\s*|\s/\s|"
    r"\s+(?:&|and|und|et|och|og|en|и|та|і|y|e|i|ve|với|và|και|dan|im Gespräch mit|in conversation with|with|"
    r"mit|avec)\s+"
)
# Words of a name: with a capital (in scripts that have them), or a particle.
# Vowel signs of Indic and Thai letters, and accents that stand alone, are no letters to Python.
_SIGNS = (
    "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
    "\u0a00-\u0dff\u0e31-\u0e4e\u200c\u200d"
)
_NAME_WORD = rf"[^\W\d_a-zß-öø-ÿ][\w.'’ʼ{_SIGNS}-]*"
_PARTICLE = (
    r"(?:de|del|della|der|den|di|da|do|dos|das|du|la|le|van|von|vom|zu|zur|ten|ter|bin|ibn|al|el|y|e|af|av)"
)
_PERSON = re.compile(rf"^{_NAME_WORD}(?:\s(?:{_PARTICLE}\s)*{_NAME_WORD}){{1,4}}(?:,\s[\w.]{{2,6}})?$")
_UNSPACED_PERSON = re.compile(f"^[{UNSPACED}\uac00-\ud7a3·・]{{2,12}}$")
# A login, or the address of a profile, made a name: "jane-doe", "jdoe7".
_HANDLE = re.compile(r"^[a-z0-9]+(?:[-_.][a-z0-9]+)*$")
_INITIALS = re.compile(r"^[A-ZÀ-Ž]{1,3}$")
_TRAILING = re.compile(
    r"\s+(?:am|on|le|el|il|um|vom|den|at|updated|published|posted|veröffentlicht|aktualisiert|publié|"
    r"publicado)$",
    re.IGNORECASE,
)
# Capitals whose small letters are known without the word's language.
_CASED = re.compile(r"[\sA-ZÀ-ÖØ-ÞŠŽČĆĐŁŃŚŹŻĘĄŘĚŮŐŰ.,'’&-]*$")
_EDGES = " \t,;:|·•-–—*→»>/&©[]【】《》"
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag "
    "mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi "
    "dimanche lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì "
    "sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
)


def clean(values: Iterable[str]) -> Names:
    """Make names of bylines: one each, without "By", roles, places, addresses and what is none."""
    parts = (
        part
        for value in values
        if len(value) <= _MAX_VALUE and not _ADDRESS.match(value)
        for part in split(without_lead(_EMAIL.sub("", value)))
    )
    found = distinct(name for part in parts if (name := _bare(part)))[:_MAX_NAMES]
    return tuple(name for name in found if not _BARE_ROLE.match(name)) or found


def split(byline: str) -> list[str]:
    """Split a byline into its names; "Doe, Jane" and an organization's name stay whole."""
    parts = _AND.split(_without_departments(byline))
    if (
        len(parts) > 1
        and is_organization(byline)
        and not any(is_person(part.split(",")[0].strip()) for part in parts)
    ):
        parts = [byline]
    return [name for part in parts for name in _split_at_commas(part)]


def _without_departments(byline: str) -> str:
    """Drop from behind a name a post that "and" parts: "Jane Doe, Crime and Courts Reporter"."""
    first, *rest = byline.split(",")
    kept = [piece for piece in rest if not (_AND.search(piece) and is_role(_AND.split(piece)[-1]))]
    return ",".join((first, *kept))


def _split_at_commas(text: str) -> list[str]:
    """Split "Jane Doe, John Roe"; what follows a whole name is a role, a place, or an agency."""
    pieces = [piece.strip() for piece in text.split(",") if piece.strip()]
    if len(pieces) < 2 or not is_person(pieces[0]):
        return [text]
    names: list[str] = []
    after_role = False
    for at, piece in enumerate(pieces):
        if _DEGREE.match(piece):
            names[-1] = f"{names[-1]}, {piece}"
        elif is_role(piece):
            after_role = True
        elif _is_named_beside(piece, pieces[at + 1 : at + 2], after_role=after_role):
            names.append(piece)
    return [name for name in names if not _BARE_ROLE.match(name)]


def _is_named_beside(piece: str, following: list[str], *, after_role: bool) -> bool:
    """Whether a piece between commas is a name; behind a post it is the employer's, unless one follows it."""
    if after_role and not is_agency(piece):
        return is_person(piece) and any(map(is_role, following))
    return is_person(piece) or is_organization(piece)


def is_name(text: str) -> bool:
    """Whether a text can be a name at all."""
    if not text or len(text) > _MAX_NAME or _NOT_A_NAME.search(text):
        return False
    return not is_calendar(text)


def is_person(text: str) -> bool:
    """Whether a text reads as a person's full name: two words or more with a capital, no organization's."""
    if _UNSPACED_PERSON.match(text):
        return True
    return _PERSON.match(text) is not None and not is_organization(text)


def is_organization(text: str) -> bool:
    """Whether a name is an agency's, a newsroom's or another organization's, by its words."""
    return is_agency(text) or _HOUSE.search(text) is not None


def is_agency(text: str) -> bool:
    """Whether a name is a news agency's."""
    return _AGENCY.search(text) is not None


def is_stub(name: str) -> bool:
    """Whether a name is a login or initials: it stands for a person, and is no name to quote."""
    return bool(_HANDLE.match(name) or _INITIALS.match(name))


def is_role(text: str) -> bool:
    """Whether a text is a post that somebody holds, rather than a name."""
    return _POST.match(text) is not None


def is_calendar(text: str) -> bool:
    """Whether a text is a month or a weekday: bylines and dates share their boxes."""
    word = fold(text).rstrip(".")
    return word in MONTHS or word in _CALENDAR


def without_lead(text: str) -> str:
    """Drop what stands before the names: "By", "Text:", "Published on … by"."""
    return _LEAD.sub("", plain(text) or "", count=1)


def _bare(text: str) -> str | None:
    line = _LEAD.sub("", text, count=1).strip(_EDGES)
    if not is_name(line):
        return None
    name = _without_date(_without_role(line if "(" in line or "（" in line else line.rstrip(")）")))
    if name.isupper() and " " in name and _CASED.match(name):
        name = name.title()
    return name if is_name(name) else None


def _without_role(name: str) -> str:
    """Drop a role from behind a name; "Ledger staff reporter" is not "Ledger"."""
    bare = _TAIL_ROLE.sub("", name).strip(_EDGES)
    if bare != name:
        return bare if is_person(bare) or not is_organization(name) else name
    words = name.split()
    return " ".join(words[:2]) if len(words) > 3 and _POSITION.match(words[-1]) else name


def _without_date(name: str) -> str:
    """Drop the beginning of a date that a cut left behind the name."""
    name = _TRAILING.sub("", name).strip(_EDGES)
    head, _, last = name.rpartition(" ")
    return head.strip(_EDGES) if head and is_calendar(last) and is_person(head) else name
