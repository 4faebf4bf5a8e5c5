"""From text to terms."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsarchive.search.text.analysis import MAX_TERM, Analyzer, QueryTerms, fold, is_paired
from newsarchive.search.text.stemming import primary, stem

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
WORDS = st.text(
    st.sampled_from("aäÄzßñŁıİ'’.-_ 09٣éё Ййʼةन्दम़ँำﾄﾞ\u0301\u200d本東한국กำहि\u093fأىΣς\u00ad½ﬁ"), max_size=30
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("North Korea's 10,000 troops", "north korea s 10 000 troops"),
        ("Don't L’homme O'Neill", "don t l homme o neill"),
        ("COVID-19 long-term", "covid 19 long term"),
        ("The U.S. and U.N.-led talks, e.g. at 5 p.m.", "the us and un led talks eg at 5 pm"),
        ("J. Smith, J.R.R. Tolkien; www.example.com", "j smith jrr tolkien www example com"),
        ("J.R.R.Marlow J. R. R. Marlow JRR Marlow", "jrr marlow jrr marlow jrr marlow"),
        ("В.С.Орлов и В. С. Орлов; É. È. Roux", "вс орлов и вс орлов ee roux"),
        ("in the U.S. J. Smith of the U.S.Senate", "in the us j smith of the us senate"),
        ("vitamin C. A plan B.\nA. Smith", "vitamin c a plan b a smith"),
        ("ʿAbbās Saʿūd Beʾer ʾAbu Rokʻu", "abbas sa ud be er abu rok u"),
        ("120㎞ 5 ㎡ 20℃ №7", "120 km 5 m2 20 c no 7"),
        ("นํ้า", "น้ ้ํ ํา า"),
        ("Zürich Ørsted Łódź İstanbul ISPARTA Straße", "zurich orsted lodz istanbul isparta strasse"),
        ("Ёлка подъём мой Київ", "елка подъем мой київ"),
        ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
        ("مُحَمَّد أحمد كـتـاب", "محمد احمد كتاب"),
        ("שָׁלוֹם ירושלים", "שלומ ירושלימ"),
        ("हिन्दी समाचार বাংলা தமிழ்", "हिंदी समाचार বাংলা தமிழ்"),
        ("ज़मीन ज\u093cमीन चाँद मुम्बई पञ्जाब अन्न", "जमीन जमीन चांद मुंबई पंजाब अन्न"),
        ("مدرسة إلى ٱلقرآن ہے", "مدرسه الي القران هے"),
        ("Ѓорѓи Ќе за́мок", "ѓорѓи ќе замок"),
        ("п’ять п'ять пʼять", "п ять п ять п ять"),
        ("東京都", "東京 京都 都"),
        ("한국은 은", "한국 국은 은 은"),
        ("ไทย", "ไท ทย ย"),
        ("iPhone15発売", "iphone15 発売 売"),
        ("ｶﾀｶﾅ Ｆｕｌｌ", "カタ タカ カナ ナ full"),
        ("١٢٣ ५", "123 5"),
        ("می‌خواهم so\u00adft", "ميخواهم soft"),
        ("snake_case", "snake case"),
        ("ﬁne x²", "fine x2"),
        ("— … ¡! \u0301", ""),
    ],
)
def test_text_becomes_terms(text: str, terms: str) -> None:
    """One example a rule and a script."""
    assert Analyzer().tokens(text) == terms.split()


@given(TEXTS)
def test_composed_and_decomposed_text_give_the_same_terms(text: str) -> None:
    """Pages and keyboards differ in which they produce."""
    composed, decomposed = (Analyzer().tokens(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed == decomposed


@given(WORDS)
def test_fold_is_idempotent(text: str) -> None:
    """A term typed as a query is the same term."""
    assert fold(fold(text)) == fold(text)


@given(WORDS)
def test_case_makes_no_difference(text: str) -> None:
    """Headlines are often in capitals."""
    assert Analyzer().tokens(text.casefold()) == Analyzer().tokens(text.upper().casefold())


@given(TEXTS, TEXTS)
def test_terms_of_two_paragraphs_are_those_of_each(first: str, second: str) -> None:
    """Nothing reaches over a line break."""
    analyzer = Analyzer()
    assert analyzer.tokens(f"{first}\n{second}") == analyzer.tokens(first) + analyzer.tokens(second)


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_ascii_takes_a_shortcut_to_the_same_terms(text: str) -> None:
    """Most English text never sees the Unicode path; a curly quote elsewhere must change nothing."""
    analyzer = Analyzer()
    assert analyzer.tokens(text) == analyzer.tokens(f"{text} “")


@given(WORDS)
def test_spans_are_the_terms_with_their_places(text: str) -> None:
    """What is marked in a snippet is what was found."""
    spans = list(Analyzer().spans(text))
    assert [term for term, _, _ in spans] == Analyzer().tokens(text)
    assert all(0 <= start < end <= len(text) for _, start, end in spans)


@given(st.text("東京都知事한국ก", min_size=1, max_size=8), st.text("東京都知事한국ก", max_size=8))
def test_part_of_a_run_is_found_in_it(part: str, rest: str) -> None:
    """Scripts without spaces are searched by whatever piece a reader types."""
    for run in (part + rest, rest + part):
        terms, wanted = Analyzer().tokens(run), Analyzer().query_terms(part)
        *before, last = wanted.terms
        assert any(
            terms[at : at + len(before)] == before
            and (
                terms[at + len(before)].startswith(last)
                if wanted.is_open
                else terms[at + len(before)] == last
            )
            for at in range(len(terms) - len(before))
        )


@pytest.mark.parametrize(
    ("text", "term", "marked"),
    [
        ("น้ำท่วมใหญ่", "ท่", "ท่"),
        ("น้ำท่วมใหญ่", "น้", "น้ำ"),
        ("ﾆｭｰｽ速報ﾄﾞﾗﾏ", "ドラ", "ﾄﾞﾗ"),
        ("a.b.가", "가", "가"),
        ("ﬁne東", "東", "東"),
    ],
)
def test_characters_of_a_term_are_found_where_folding_changes_their_number(
    text: str, term: str, marked: str
) -> None:
    """Else a whole Thai sentence would be marked for one word in it."""
    found = {term: text[start:end] for term, start, end in Analyzer().spans(text)}
    assert found[term] == marked


def test_only_an_unpaired_query_can_be_opened_further() -> None:
    """A pair is found anywhere in a run already."""
    assert Analyzer().query_terms("東京").opened() == QueryTerms(("東京",), is_open=False)
    assert Analyzer().query_terms("penta").opened() == QueryTerms(("penta",), is_open=True)


@pytest.mark.parametrize(
    "text",
    ["a." * 200_000, "a.b" * 100_000, "\u0301" * 300_000, "_" * 300_000, "é" * 300_000, "東" * 200_000],
)
def test_hostile_text_is_analysed_in_linear_time(text: str) -> None:
    """With one step too many a character this would not end within the hour."""
    assert all(len(term) <= MAX_TERM for term in Analyzer().tokens(text))
    assert all(len(term) <= MAX_TERM for term, _, _ in Analyzer().spans(text))


def test_every_combining_mark_stands_inside_words() -> None:
    """A mark that splits words would make whole scripts unsearchable."""
    analyzer = Analyzer()
    for code in range(0x300, sys.maxunicode + 1):
        mark = chr(code)
        # Marks newer than the table are met only on newer Pythons.
        is_mark = all(table.category(mark).startswith("M") for table in (unicodedata, unicodedata.ucd_3_2_0))
        if is_mark and not is_paired(mark):
            assert len(list(analyzer.spans(f"क{mark}क"))) == 1, hex(code)


@pytest.mark.parametrize(
    ("word", "language", "expected"),
    [
        ("bridges", "en", "bridg"),
        ("hauser", "de", "haus"),
        ("prezydentow", "pl", "prezydent"),
        ("volbach", "cs", "volb"),
        ("bridges", None, "bridges"),
        ("bridges", "xx", "bridges"),
        ("東京", "ja", "東京"),
    ],
)
def test_stem_is_that_of_the_language(word: str, language: str | None, expected: str) -> None:
    """Languages without a stemmer keep the folded word."""
    assert stem(word, language) == expected


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ar", "مدرسة مدرسه المدرسة المدرسه والمدرسة بالمدرسة للمدرسة فالمدرسة"),
        ("ar", "الرئيس رئيس ورئيس للرئيس والرئيس"),
        ("ta", "தேர்தல் தேர்தலில் தேர்தலை தேர்தல்கள்"),
        ("ta", "மக்கள் மக்களின் மக்களுக்கு"),
        ("tr", "seçim seçimler seçimlerde seçimin SECIM"),
        ("tr", "kadın kadınlar kadının kadin"),
        ("hi", "समाचार समाचारों"),
        ("el", "εκλογές εκλογών ΕΚΛΟΓΕΣ"),
        ("ru", "выборы выборов выборах"),
        ("pl", "wybory wyborów wyborach"),
    ],
)
def test_forms_of_a_word_share_a_stem(language: str, forms: str) -> None:
    """Articles, cases and plurals are written as part of the word."""
    assert len({stem(fold(form), language) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("tag", "expected"), [("en-GB", "en"), ("pt_BR", "pt"), ("DE", "de"), (None, None), ("", None)]
)
def test_primary_subtag_names_the_language(tag: str | None, expected: str | None) -> None:
    """Regions share a stemmer."""
    assert primary(tag) == expected
