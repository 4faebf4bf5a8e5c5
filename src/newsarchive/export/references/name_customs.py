# ruff: noqa: E501  lists of names
"""What tells the parts of a person's name: by language, as people of that language order them.

Sources: IFLA, "Names of Persons", 4th edition; W3C, "Personal names around the world".
"""

from __future__ import annotations

# The family name comes first where a name is written in the language's own script without spaces.
CHINESE_TWO_CHARACTER_FAMILIES = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 皇甫 尉迟 尉遲 公孙 公孫 令狐 司徒 慕容 夏侯 东方 東方 独孤 獨孤 南宫 南宮".split()
)
KOREAN_TWO_SYLLABLE_FAMILIES = frozenset("남궁 황보 제갈 사공 선우 서문 독고 동방".split())
# As English and others write Korean names: family, then two syllables with a hyphen.
KOREAN_ROMAN_FAMILIES = frozenset(
    "kim lee yi rhee park pak choi choe jung chung jeong kang cho jo yoon yun jang chang lim im han oh seo suh shin "
    "sin kwon hwang ahn an song ryu yoo yu hong moon mun bae baek paik yang noh roh ha nam ri min son sohn".split()
)
VIETNAMESE_FAMILIES = frozenset(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh đoàn trịnh mai tô lương cao "
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dao dinh doan trinh luong".split()
)
HUNGARIAN_GIVEN = frozenset(
    "ádám ágnes ákos andrás andrea anikó anita anna annamária antal árpád attila balázs bálint barbara béla bence "
    "benedek bernadett boglárka botond csaba csilla dániel dávid dóra dorottya edit emese endre enikő erika erzsébet "
    "eszter éva fanni ferenc flóra gábor gergely gergő géza györgy gyula hajnalka ibolya ildikó ilona imre istván "
    "iván jános jenő józsef judit júlia julianna kálmán károly katalin kinga klára kornél kriszta krisztián krisztina "
    "lajos lászló levente lili lilla magdolna márk márta márton máté mátyás melinda mihály miklós mónika nándor "
    "natália nikolett nóra norbert orsolya ottó pál péter petra réka richárd rita róbert roland sándor sára szabolcs "
    "szilvia tamás teréz tibor tímea tünde viktor viktória vilmos virág zita zoltán zsófia zsolt zsuzsa zsuzsanna".split()
)
# Second given names, by which "José Luis Pérez" is told from "Gabriel García Márquez".
SPANISH_SECOND_GIVEN = frozenset(
    "alberto alejandro alfonso alfredo ángel antonio belén carlos carmen cristina daniel david dolores eduardo elena "
    "enrique esteban eugenia fernanda fernando francisco gabriel gerardo guadalupe guillermo ignacio inés isabel jaime "
    "javier jesús jorge josé juan julia laura leonardo lourdes lucía luis luisa luz manuel mar maría marta mercedes "
    "miguel nieves pablo paz pedro pilar rafael ramón ricardo roberto rocío rosa rosario sofía soledad teresa tomás "
    "vicente victoria xavier".split()
)
# Between the parts of one name, in small letters; they belong to the family name.
PARTICLES = frozenset(
    "van von der den de del della dello degli dei di da do dos das du des la le les los las y e i zu zum zur af av "
    "ten ter te 't op in bin ibn bint abu al el ul ad ed".split()
)
# Left out where a name is sorted: "Balzac, Honoré de", but "van den Berg, Jan".
DROPPED_PARTICLES = {"de": ("von", "zu"), "fr": ("de", "d'"), "af": (), "nl": ()}
SUFFIXES = frozenset("jr jr. sr sr. ii iii iv phd ph.d. md m.d. esq esq.".split())
PORTUGUESE_SUFFIXES = frozenset("filho júnior junior neto sobrinho segundo".split())
# Names that are no family names, or whose bearers are called by the first: cited as they stand.
WHOLE_LANGUAGES = frozenset("is my th id jv mn am ti dz bo lo km ta ml".split())
SLAVIC_PATRONYMIC_ENDINGS = (
    "ович", "евич", "ич", "овна", "евна", "ична", "инична", "йович", "івна", "ївна", "ович", "євич",
)  # fmt: skip

# Words of names that are nobody's: agencies, desks, papers.
BODY_WORDS = frozenset(
    "news agency agencies press wire staff editors editorial editor desk team reporters correspondent correspondents "
    "newsroom bureau office department ministry government committee council board commission association union "
    "university institute foundation society party magazine newspaper journal times post herald tribune gazette "
    "chronicle observer guardian telegraph mail independent standard review radio tv television broadcasting network "
    "media group company corporation corp inc ltd gmbh limited service services contributors writers channel online "
    "redaktion redaktionen nachrichtenagentur agentur agence presse rédaction redacción agencia agencias redação "
    "agência redazione agenzia redactie redakcja redakce agencja редакция агентство редакція".split()
)
BODIES = frozenset(
    "reuters ap afp dpa apa ansa efe tass interfax xinhua kyodo pti ani ians upi bbc cnn npr pbs abc cbs nbc aap "
    "lusa belga anp ritzau ntb tt stt ria unian ukrinform yonhap jiji antara bernama cp pa sid kna epd europapress "
    "associatedpress 新华社 新華社 中新社 中央社 共同社 共同通信 時事通信 朝日新聞 毎日新聞 読売新聞 연합뉴스 тасс риа интерфакс".split()
)
BODY_ENDINGS = (
    "社",
    "新聞",
    "新闻",
    "通信",
    "通讯",
    "编辑部",
    "編集部",
    "記者",
    "记者",
    "뉴스",
    "일보",
    "신문",
    "기자",
)
