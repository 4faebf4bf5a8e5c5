"""The page of a report: static, complete in itself, for screens and paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsarchive.answers.exports.report.charts import STYLE as CHART_STYLE
from newsarchive.answers.exports.report.charts import bar_table, column_chart
from newsarchive.answers.exports.report.report_facts import MOST_LISTED, ListedMatch, ReportFacts
from newsarchive.base.dates import utc_text
from newsarchive.base.periods import period_at, span
from newsarchive.export.clean_text import one_line, xml
from newsarchive.export.export_source import ExportedSearch
from newsarchive.export.feeds.feed_items import link
from newsarchive.export.reading.html_parts import PAGE_STYLE, STYLE, date_html, page_head
from newsarchive.model import Article

_MOST_VALUES = 15
_MOST_GAPS = 5


def report_page(search: ExportedSearch, facts: ReportFacts) -> Iterator[str]:
    """The page, in parts."""
    title = one_line(search.query) or "All articles"
    yield page_head(f"Report: {title}", style=f"<style>{STYLE}{PAGE_STYLE}{CHART_STYLE}</style>\n")
    yield f'<header>\n<p class="about">Report of a search</p>\n<h1 dir="auto">{xml(title)}</h1>\n</header>\n'
    yield f"<main>\n{_figures(search, facts)}"
    yield _section("Over time", _over_time(facts))
    for field, heading in (("publisher", "Publishers"), ("author", "Authors"), ("language", "Languages")):
        yield _section(heading, bar_table(field, facts.facets.get(field, {}), most=_MOST_VALUES))
    yield _section("Words that distinguish it", _terms(facts))
    yield _section("One story, several articles", _stories(facts.stories))
    yield _section("Edited after publication", _edited(facts.edited))
    yield _section("Method", _method(search, facts))
    yield '<section><h2>Articles</h2>\n<ol class="list">\n'
    yield from (_item(match.article) for match in facts.matches)
    yield "</ol></section>\n</main>\n</body>\n</html>\n"


def _figures(search: ExportedSearch, facts: ReportFacts) -> str:
    dated = list(facts.timeline.periods)
    figures = [
        (search.total, "articles"),
        (len(facts.facets.get("publisher", {})), "publishers"),
        (len(facts.edited), "edited"),
        (facts.guesses, "dates that are guesses"),
    ]
    if facts.stories is not None:
        figures.insert(1, (search.total - sum(len(story) - 1 for story in facts.stories), "stories"))
    items = "".join(f"<li><b>{number:,}</b> {words}</li>\n" for number, words in figures)
    between = f"<li><b>{dated[0]} – {dated[-1]}</b> published</li>\n" if dated else ""
    return f'<ul class="figures">\n{items}{between}</ul>\n'


def _over_time(facts: ReportFacts) -> str:
    timeline = facts.timeline
    periods = (
        [period_at(number, timeline.by) for number in span(timeline.periods)] if timeline.periods else []
    )
    chart = column_chart(f"Articles by {timeline.by}", periods, timeline.periods)
    unplaced = (
        f'<p class="about">{timeline.imprecise:,} have no date as precise as a {timeline.by}.</p>\n'
        if timeline.imprecise
        else ""
    )
    return (chart or "<p>No article has a date.</p>\n") + unplaced + _gaps(facts)


def _gaps(facts: ReportFacts) -> str:
    if not facts.gaps:
        return ""
    items = "".join(
        f"<li>{gap.days:,} days, {gap.first} to {gap.last}</li>\n" for gap in facts.gaps[:_MOST_GAPS]
    )
    return (
        "<h3>Longest gaps</h3>\n<p class='about'>Days without a match. Whether nothing was published or "
        f"nothing collected, the coverage of the archive tells.</p>\n<ul>\n{items}</ul>\n"
    )


def _terms(facts: ReportFacts) -> str:
    if not facts.terms.terms:
        return '<p class="about">None stands out against the rest of the archive.</p>\n'
    rows = "".join(
        f'<tr><td dir="auto">{xml(term.term)}</td><td class="number">{term.matches:,}</td>'
        f'<td class="number">{term.articles:,}</td></tr>\n'
        for term in facts.terms
    )
    return (
        f'<p class="about">More frequent in the {facts.terms.sample:,} best matches than elsewhere.</p>\n'
        '<table><thead><tr><th scope="col">word</th><th scope="col">in these</th>'
        f'<th scope="col">in the archive</th></tr></thead>\n<tbody>\n{rows}</tbody></table>\n'
    )


def _stories(stories: Sequence[Sequence[Article]] | None) -> str:
    if stories is None:
        return '<p class="about">Which articles are copies could not be told: no file can be written.</p>\n'
    if not stories:
        return '<p class="about">None of them is a copy of another.</p>\n'
    items = "".join(_story(story) for story in stories[:MOST_LISTED])
    return f'<ul class="list">\n{items}</ul>\n{_rest(len(stories))}'


def _story(story: Sequence[Article]) -> str:
    names = ", ".join(sorted({one_line(article.publisher) or "(not stated)" for article in story}))
    return (
        f'<li><span dir="auto">{_headline(story[0])}</span><br>'
        f'<span class="about">{len(story):,} articles · {xml(names)}</span></li>\n'
    )


def _edited(edited: Sequence[ListedMatch]) -> str:
    if not edited:
        return '<p class="about">No page was found changed between its captures.</p>\n'
    items = "".join(
        f'<li><span dir="auto">{_headline(match.article)}</span> '
        f'<span class="about">{match.revisions:,} states</span></li>\n'
        for match in edited[:MOST_LISTED]
    )
    return f'<ul class="list">\n{items}</ul>\n{_rest(len(edited))}'


def _method(search: ExportedSearch, facts: ReportFacts) -> str:
    lines = "".join(f"<li>{xml(line)}</li>\n" for line in facts.explanation.splitlines() if line.strip())
    query = f"<code>{xml(one_line(search.query))}</code>" if search.query else "all articles"
    head = f" The head of its log is {xml(facts.log_head)}." if facts.log_head else ""
    return (
        f"<p>The archive “{xml(one_line(search.archive))}” ({search.uuid}, state {search.last_change}) was "
        f"searched on {utc_text(search.exported_at)} with newsarchive {xml(search.version)} for {query}. "
        f"{search.total:,} articles matched. The SHA-256 digest over the number and text digest of each is "
        f"<code>{facts.digest}</code>.{head}</p>\n<p>The query was understood as:</p>\n<ul>\n{lines}</ul>\n"
    )


def _item(article: Article) -> str:
    address = link(article)
    headline = (
        f'<a href="{xml(address)}" rel="noreferrer">{_headline(article)}</a>'
        if address
        else _headline(article)
    )
    publisher = f" · {xml(one_line(article.publisher))}" if one_line(article.publisher) else ""
    return (
        f'<li><span dir="auto">{headline}</span><br>'
        f'<span class="about">{date_html(article)}{publisher} · article {article.id}</span></li>\n'
    )


def _headline(article: Article) -> str:
    return xml(one_line(article.headline) or "(no headline)")


def _section(heading: str, body: str) -> str:
    return f"<section><h2>{heading}</h2>\n{body}</section>\n"


def _rest(total: int) -> str:
    return f'<p class="about">and {total - MOST_LISTED:,} more</p>\n' if total > MOST_LISTED else ""
