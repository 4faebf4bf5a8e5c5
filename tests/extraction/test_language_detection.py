"""Languages by the words of a text: each that has a stemmer is told from its neighbours."""

from __future__ import annotations

import pytest

from newsarchive.extraction.words.language_detection import detect
from newsarchive.search.text import stemming

SENTENCES = {
    "ar": ("قرر المجلس يوم الثلاثاء الإبقاء على العبارة القديمة، وقال مدير الميناء إنه سيطليها بنفسه."),
    "ca": (
        "El consell va decidir dimarts que els vells transbordadors es queden, i el capità del port "
        "va dir que el pintarà ell mateix amb una brotxa. És a la línia des de fa cent anys, però no "
        "per als dies de més vent, i també és del port."
    ),
    "cs": (
        "Městské zastupitelstvo v úterý rozhodlo, že starý přívoz zůstane, a přístavní kapitán řekl, "
        "že ho natře sám. Přívoz je na lince už sto let, ale minulou zimu byl podle něj v opravě. Jak "
        "se dalo čekat, jsou i hlasy proti, které by ho zrušily."
    ),
    "da": (
        "Byrådet besluttede tirsdag at den gamle færge bliver, og havnefogeden sagde at han selv vil "
        "male den. Det er fordi den har sejlet i hundrede år og ikke er gået i stykker, blev det sagt "
        "af de ansatte."
    ),
    "de": (
        "Der Stadtrat hat am Dienstag entschieden, dass die alte Fähre bleibt, und der Hafenmeister "
        "sagte, er werde sie selbst streichen. Sie ist seit hundert Jahren auf der Linie und nicht "
        "kaputt."
    ),
    "el": (
        "Το συμβούλιο αποφάσισε την Τρίτη να μείνει το παλιό φέρι, και ο λιμενάρχης είπε ότι θα το "
        "βάψει ο ίδιος."
    ),
    "en": (
        "The council voted on Tuesday to keep the old ferry, and the harbour master said that he "
        "would paint it himself. It was on the line for a hundred years."
    ),
    "es": (
        "El consejo decidió el martes que se queda el viejo transbordador, y el capitán del puerto "
        "dijo que lo pintará él mismo. Está en la línea por cien años, pero no en invierno."
    ),
    "et": (
        "Linnavolikogu otsustas teisipäeval, et vana praam jääb alles, ja sadamakapten ütles, et ta "
        "värvib selle ise. Praam on olnud liinil juba sada aastat, aga viimasel talvel oli see ka "
        "kolm kuud remondis."
    ),
    "eu": (
        "Udalak asteartean erabaki zuen ferry zaharra mantentzea, eta portuko kapitainak esan zuen "
        "berak margotuko duela. Ferrya duela ehun urte dabil, baina joan den neguan hiru hilabetez "
        "konpontzen egon da. Hori ez da ona izan eta askok kexatu dira."
    ),
    "fi": (
        "Kaupunginvaltuusto päätti tiistaina, että vanha lautta jää, ja satamakapteeni sanoi, että "
        "hän maalaa sen itse. Lautta on ollut linjalla sata vuotta, mutta viime talvena se oli myös "
        "korjattavana, kun se ei kulkenut."
    ),
    "fr": (
        "Le conseil a décidé mardi de garder le vieux bac, et le capitaine du port a dit qu’il le "
        "peindrait lui-même. Il est sur la ligne depuis cent ans, mais pas dans la nuit."
    ),
    "ga": (
        "Chinn an chomhairle Dé Máirt go bhfanfadh an seanbhád farantóireachta, agus dúirt máistir an "
        "chuain go mbeadh sé ag péinteáil an bháid é féin. Tá an bád ar an líne le céad bliain, ach "
        "bhí sé faoi dheisiú an geimhreadh seo caite agus níor thaitin sé leis na daoine atá ag "
        "obair."
    ),
    "hi": (
        "नगर परिषद ने मंगलवार को फैसला किया कि पुरानी नाव बनी रहेगी और बंदरगाह के कप्तान ने कहा कि वह "
        "इसे खुद रंगेंगे। यह नाव सौ साल से चल रही है, लेकिन पिछली सर्दियों में नहीं चली।"
    ),
    "hu": (
        "A tanács kedden úgy döntött, hogy a régi komp marad, és a kikötő kapitánya azt mondta, hogy "
        "maga festi le. Ez már száz éve van a vonalon, de nem volt csak egy napig sem zárva, még "
        "télen sem."
    ),
    "hy": (
        "Խորհուրդը երեքշաբթի որոշեց, որ հին լաստանավը մնում է, և նավահանգստի պետն ասաց, որ ինքը կներկի այն։"
    ),
    "id": (
        "Dewan memutuskan pada hari Selasa bahwa kapal tua itu tetap ada, dan kepala pelabuhan "
        "mengatakan akan mengecatnya sendiri. Kapal ini sudah seratus tahun di jalur itu, tidak "
        "dengan mesin yang baru untuk dari."
    ),
    "it": (
        "Il consiglio ha votato martedì per mantenere il vecchio traghetto, e il capitano del porto "
        "ha detto che lo dipingerà da solo. È sulla linea da cento anni, ma non ha navigato nella "
        "stagione."
    ),
    "lt": (
        "Miesto taryba antradienį nusprendė, kad senasis keltas lieka, o uosto kapitonas sakė, kad jį "
        "nudažys pats. Keltas plaukioja jau šimtą metų, bet praėjusią žiemą jis buvo remontuojamas, "
        "nes buvo pažeistas. Taip pat yra planų dėl naujo tilto ir kelio prie uosto."
    ),
    "lv": (
        "Pilsētas dome otrdien nolēma, ka vecais prāmis paliek, un ostas kapteinis teica, ka viņš to "
        "krāsos pats. Prāmis ir kursējis simts gadus, bet pagājušajā ziemā tas bija remontā. Par to "
        "arī tika runāts pēc sanāksmes."
    ),
    "ne": (
        "नगर परिषद्ले मंगलबार पुरानो डुङ्गा राख्ने निर्णय गरेको छ। बन्दरगाहका कप्तानले आफैं रङ लगाउने "
        "बताएका छन्। डुङ्गा सय वर्षदेखि चलिरहेको छ तर गत जाडोमा पनि मर्मत भएको थियो।"
    ),
    "nl": (
        "De raad heeft dinsdag besloten dat het oude veer blijft, en de havenmeester zei dat hij het "
        "zelf zal verven. Het is al honderd jaar op de lijn, maar niet in de winter, en er is ook een "
        "brug."
    ),
    "no": (
        "Byrådet vedtok tirsdag at den gamle ferja blir, og havnesjefen sa at han vil male den selv. "
        "Det er fordi den har gått i hundre år og ikke er ødelagt, og som om det var nok til å gå."
    ),
    "pl": (
        "Rada zdecydowała we wtorek, że stary prom zostaje, a kapitan portu powiedział, że sam go "
        "pomaluje. Jest na linii od stu lat, ale nie pływa w zimie, bo jak mówi, to jest za drogie "
        "dla miasta oraz ludzi."
    ),
    "pt": (
        "O conselho decidiu na terça-feira que a velha balsa fica, e o capitão do porto disse que não "
        "a vai deixar. Ela está na linha há cem anos, mas não foi para o mar com o vento."
    ),
    "ro": (
        "Consiliul a votat marți pentru a păstra vechiul feribot, iar căpitanul portului a spus că îl "
        "va vopsi singur. Este pe linie de o sută de ani, dar nu a mers în iarna trecută din cauza "
        "reparației și a vântului."
    ),
    "ru": (
        "Совет решил во вторник, что старый паром остаётся, и капитан порта сказал, что покрасит его "
        "сам. Он ходит сто лет, но не зимой."
    ),
    "sk": (
        "Mestské zastupiteľstvo v utorok rozhodlo, že starý trajekt zostane, a prístavný kapitán "
        "povedal, že ho natrie sám. Trajekt je na linke už sto rokov, ale minulú zimu bol podľa neho "
        "v oprave. Ako sa dalo čakať, sú aj hlasy proti."
    ),
    "sl": (
        "Mestni svet je v torek odločil, da stari trajekt ostane, in pristaniški kapitan je dejal, da "
        "ga bo pobarval sam. Trajekt je na progi že sto let, vendar so ga pozimi popravljali, ker je "
        "bil tudi poškodovan. Za to so krivi motorji, ki so stari."
    ),
    "sr": (
        "Gradsko veće je u utorak odlučilo da stari trajekt ostane, a lučki kapetan je rekao da će ga "
        "sam ofarbati. Trajekt je na liniji već sto godina, ali je prošle zime bio na popravci i nije "
        "plovio. Za to su krivi motori koji su stari."
    ),
    "sv": (
        "Rådet beslutade på tisdagen att den gamla färjan ska vara kvar, och hamnkaptenen sade att "
        "han målar den själv. Det är för att den har gått i hundra år och inte är trasig."
    ),
    "ta": (
        "பழைய படகு தொடரும் என்று நகர சபை செவ்வாய்க்கிழமை முடிவு செய்தது, அதை தானே வண்ணம் பூசுவதாக துறைமுகத் தலைவர் கூறினார்."
    ),
    "tr": (
        "Meclis salı günü eski vapurun kalmasına karar verdi ve liman başkanı onu kendisinin "
        "boyayacağını söyledi. Bu vapur yüz yıldır hatta, ama kışın çok daha az sefer yapıyor ve bu "
        "da halk için zor olarak görülüyor."
    ),
}


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_a_few_sentences_tell_their_language(language: str) -> None:
    """A text whose page states no language is searched in its own forms."""
    assert detect(SENTENCES[language]) == language


def test_every_language_with_a_stemmer_is_detected() -> None:
    """Stems that no article is ever given to would serve nobody."""
    # Both written norms of Norwegian are detected as what they have in common.
    assert set(stemming._SNOWBALL) - {"nb", "nn"} <= set(SENTENCES)
