"""Lines that are no part of an article, told by their words: calls to read on, credits, bylines, notices.

Every rule is of a shape that holds across sites: a label and a colon, a credit
mark, a notice's set phrase. None names a site.
"""

from __future__ import annotations

import re

from newsarchive.extraction.words.consent import asks_for_consent

# Labels before a link to another story. Followed by a colon they make the whole line
# one; alone on a line they head a list of links.
_RELATED = (
    "read more|read also|also read|read next|read the full|read on|see also|see more|more on|more from|"
    "more stories|more|related(?: articles?| stories| story| posts?| content| coverage| news)?|recommended|"
    "up next|watch(?: also| now| more)?|listen(?: now| to)?|don.t miss|must read|in pictures|in video|"
    "you (?:may|might) (?:also )?like|most read|trending|further reading|editor.s picks?|top stories|"
    "lesen sie (?:auch|mehr|hier|dazu)|mehr zum thema|mehr dazu|auch interessant|lesetipps?|weiterlesen|"
    "lire aussi|à lire(?: aussi| également)?|lire (?:la suite|également|plus)|sur le même sujet|voir aussi|"
    "en savoir plus|lee (?:también|más)|leer (?:más|también)|lea (?:también|además|más)|también lee|"
    "te puede interesar|puede interesarle|ver también|ver más|relacionad[oa]s?|le puede interesar|"
    "leia (?:também|mais)|veja (?:também|mais)|saiba mais|ler mais|leggi (?:anche|tutto)|"
    "per approfondire|vedi anche|guarda anche|lees (?:ook|verder|meer)|bekijk ook|läs (?:också|mer|även)|"
    "les (?:også|mer)|læs (?:også|mere)|lue (?:myös|lisää)|czytaj (?:też|także|również|więcej|dalej)|"
    "zobacz (?:też|także|również)|polecamy|čtěte (?:také|více)|přečtěte si|čítajte (?:aj|viac)|"
    "olvassa el|citește și|citeşte şi|ayrıca okuyun|ilgili haber(?:ler)?|devamını oku|baca juga|baca|"
    "simak juga|lihat juga|xem thêm|đọc thêm|читайте (?:также|ещё|еще|далее)|читать (?:далее|также)|"
    "смотрите также|по теме|подробнее|читайте також|дивіться також|по темі|прочетете още|"
    "διαβάστε (?:επίσης|ακόμη|ακόμα|περισσότερα)|δείτε (?:επίσης|ακόμη)|اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|"
    "إقرأ أيضا|شاهد أيضا|طالع أيضا|المزيد|بیشتر بخوانید|مطالب مرتبط|یہ بھی پڑھیں|مزید پڑھیں|"
    "קראו (?:גם|עוד)|קרא עוד|כתבות נוספות|यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|इसे भी पढ़ें|आणखी वाचा|"
    "আরও পড়ুন|மேலும் படிக்க|อ่านเพิ่มเติม|อ่านต่อ|ข่าวที่เกี่ยวข้อง|延伸閱讀|延伸阅读|相关阅读|相關閱讀|"
    "相关报道|相關報導|相关新闻|相關新聞|更多新闻|更多閱讀|看更多|閱讀更多|阅读更多|推荐阅读|推薦閱讀|"
    "関連記事|あわせて読みたい|続きを読む|こちらもおすすめ|"
    "관련\\s?기사|관련\\s?뉴스|더\\s?읽기|함께\\s?읽기|더 보기"
)
_RELATED_LINE = re.compile(rf"^\W*(?:{_RELATED})\s*(?:[:：»>|→–—]|\s-\s|】|$)")
_SECTION_LABEL = re.compile(
    r"^\W*(?:advertisement|advert|ad|article content|story continues(?: below)?(?: advertisement)?|"
    r"skip (?:past )?(?:the )?(?:newsletter|ad)[\w ]{0,30}|sign up(?: here| now)?|"
    r"subscribe(?: now| here| to)?|newsletter|comments?|share(?: this(?: article)?)?|follow us|tags?|"
    r"topics?|filed under|anzeige|werbung|"
    r"publicité|publicidad|publicidade|pubblicità|реклама|reklama|reklam|advertentie|annonse?|iklan|إعلان|"
    r"廣告|广告|広告|광고|kommentare?|teilen|mehr|video|themen|schlagwörter|partager|compartir|compartilhar|"
    r"condividi|поделиться|теги|metki|etiquetas|mots[- ]clés)\s*(?:[:：»>|]|$)"
)
_NOTICE = re.compile(
    r"^(?:fehler gefunden|sign up (?:to|for)|get the (?:day|latest|best)|subscribe to|join our|follow us on|"
    r"follow .{0,30} on (?:twitter|facebook|x|instagram|whatsapp|google)|click here to|"
    r"download (?:the|our) .{0,20}app|have a story|(?:have|do) you (?:got|have) a (?:story|tip)|"
    r"get in touch (?:with|at)|if you (?:enjoyed|liked) this|copyright\s?(?:©|\d{4})|©|\(c\) ?\d{4}|"
    r"all rights reserved|alle rechte vorbehalten|todos los derechos|tous droits réservés|ihre meinung ist|"
    r"kommentar abgeben|il vous reste \d|this article (?:is|was) (?:originally|first) (?:published|appeared)|"
    r"the views expressed|thank you for visiting|this site uses cookies|we use cookies|enable javascript|"
    r"please enable|loading\.\.\.|\d+ (?:comments?|shares?|kommentare)$|terms of (?:use|service)|"
    r"support our journalism|already a subscriber|log ?in (?:to|or)|continue reading|"
    r"suscríbete|abonnez-vous|iscriviti|abonnieren sie|подписывайтесь|підписуйтесь|abone ol)"
)
_CREDIT = re.compile(
    r"^\W*(?:photo|image|picture|foto|bild|fotos|photograph|imagen|crédit photo|credit|source photo|"
    r"quelle|bildquelle|video|illustration|symbolbild|pictured|file photo|getty images|reuters/|afp/|"
    r"ap photo|imago|фото|фотография|图片来源|圖片來源|資料圖片|写真|사진|صورة|फोटो)\b.{0,3}[:：©(/|]"
)
_STAMP = re.compile(
    r"^\W*(?:last )?(?:updated|published|posted|modified|veröffentlicht|aktualisiert|stand|publié le|"
    r"mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|gepubliceerd|opublikowano|"
    r"aktualizacja|опубликовано|обновлено|опубліковано|оновлено)\b.{0,60}\d{4}.{0,20}$"
)
# Case matters in names, so this one is matched with the line as it stands.
_BYLINE = re.compile(
    r"^\W*(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or|[Dd]i|Text|Autor|Redaktion|Author|Words|Bericht)\b:?\s+"
    r"[A-ZÀ-Ž][\w.'-]+(?:\s+[A-ZÀ-Žvdl][\w.'-]+){0,4}(?:\s*(?:,|und|and|&|et|y)\s*[\w .'-]{3,60})?$"
)
_WITH_AGENCY = re.compile(r"^\W*(?:mit|with) (?:dpa|afp|reuters|ap|material)[\w ,/]*$")
# Matched with the line in lower case: ignoring case in the pattern takes twice as long.
_RULES = (_RELATED_LINE, _SECTION_LABEL, _NOTICE, _CREDIT, _STAMP, _WITH_AGENCY)
_MAX_LINE = 300
_MAX_CONSENT = 600
_BULLET = re.compile(r"^[-•*·>]\s+")


def is_related(line: str) -> bool:
    """Whether a line only points to another story."""
    return len(line) <= _MAX_LINE and _RELATED_LINE.match(without_bullet(line).lower()) is not None


def is_boilerplate(line: str) -> bool:
    """Whether a line is no part of the article, by its words alone."""
    if len(line) > _MAX_CONSENT:
        return False
    bare = without_bullet(line)
    lower = bare.lower()
    if asks_for_consent(lower):
        return True
    if len(line) > _MAX_LINE:
        return False
    for rule in _RULES:
        if rule.match(lower):
            return True
    return _BYLINE.match(bare) is not None


def without_bullet(line: str) -> str:
    """A list item's text."""
    return _BULLET.sub("", line, count=1)
