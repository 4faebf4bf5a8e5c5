"""What stands in the place of an embedded post or video until a reader consents to it."""

from __future__ import annotations

import re

_PHRASES = (
    # German
    r"an dieser stelle (?:finden|findest|befindet|steht|ist|wird|würde|haben)\b.{0,120}"
    r"(?:extern|inhalt|tweet|video|instagram|youtube|facebook|twitter|podcast)",
    r"(?:empfohlene[rn]? )?(?:externe[rn]?|redaktionelle[rn]?) inhalte?\b.{0,80}"
    r"(?:$|[.!:]| von | aktivier| anzeig| lad)",
    r"ich bin (?:damit )?einverstanden, dass",
    r"mit (?:einem |dem )?klick auf .{0,60}(?:inhalt|einverstanden|daten)",
    r"(?:wir benötigen|wir brauchen) (?:ihre|deine|eure) (?:zustimmung|einwilligung)",
    r"(?:dieser|der) (?:externe )?inhalt (?:wird|stammt|kann|ist) .{0,120}"
    r"(?:cookie|datenschutz|drittanbieter|extern)",
    r"zum (?:anzeigen|laden|abspielen) .{0,60}(?:inhalt|video|zustimm|cookie)",
    r"damit werden personenbezogene daten an",
    # English
    r"this (?:content|article|video|post|page|element|embed|map) (?:is|contains|can ?not|can.t|may|comes)\b"
    r".{0,160}(?:cookies?|consent|permission|privacy|provided by|hosted by|third.part)",
    r"(?:we need|we ask for|we require) your (?:consent|permission)",
    r"allow .{0,30} content\?",
    r"(?:to|in order to) (?:view|see|watch|display|load|show|listen to) this "
    r"(?:content|post|video|tweet|embed|map)\b",
    r"(?:view|see) (?:this|more) (?:post|on|content)\b.{0,30}"
    r"(?:instagram|twitter|facebook|tiktok|youtube|threads|x$)",
    r"(?:by )?clicking .{0,60}(?:you agree|you consent)",
    r"recommended external content",
    # French, Spanish, Portuguese, Italian
    r"ce contenu (?:est bloqué|n.est pas|n.a pas|provient|est fourni|peut)\b",
    r"pour (?:voir|afficher) ce contenu",
    r"en cliquant sur .{0,60}(?:accept|cookies|contenu)",
    r"vous avez (?:choisi de )?refus(?:é|er) .{0,40}(?:cookie|traceur)",
    r"voir cette publication sur instagram",
    r"para (?:ver|visualizar) este (?:contenido|conteúdo)",
    r"este (?:contenido|conteúdo) (?:es|está|se|é|não)\b.{0,80}(?:cookie|tercero|terceiro|aloj|hosped)",
    r"ver (?:esta publicación en|essa foto no) instagram",
    r"per (?:vedere|visualizzare) questo contenuto",
    r"questo contenuto (?:è|non)\b.{0,80}(?:cookie|ospitat)",
    r"visualizza questo post su instagram",
    # Dutch, Nordic, Polish
    r"(?:om|voor) (?:dit|deze) (?:inhoud|video|bericht|content) te (?:zien|bekijken|tonen)",
    r"deze (?:inhoud|content) (?:kan|wordt|is)\b.{0,80}(?:cookie|toestemming)",
    r"bekijk dit bericht op instagram",
    r"(?:för att|for å|for at) (?:se|visa|vise) (?:det(?:ta|te)|dette) (?:innehåll|innhold|indhold)",
    r"(?:aby|żeby) (?:zobaczyć|wyświetlić) .{0,20}treść",
    r"wyświetl ten post na instagramie",
)
_PLACEHOLDER = re.compile(rf"^\W*(?:{'|'.join(_PHRASES)})")


def asks_for_consent(lower: str) -> bool:
    """Whether a line, in lower case, asks to let the content of another site be shown."""
    return _PLACEHOLDER.match(lower) is not None
