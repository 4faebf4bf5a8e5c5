"""An offline archive and search library for news.

from newsarchive import Archive

with Archive.open("my-archive", create=True) as archive:
    for outcome in archive.add(["page.html"]):
        print(outcome)
    for hit in archive.search('"mutual defense" published:2024-10..'):
        print(hit.article.headline, hit.article.date_published, hit.snippet)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# At once, not when first used: loading the package ``newsarchive.extract`` puts it
# under this very name, and the function must come after it. It loads no parser.
from newsarchive.extraction import extract

if TYPE_CHECKING:
    from newsarchive.answers.coverage import Coverage, PublisherCoverage
    from newsarchive.answers.related import RelatedTerm, RelatedTerms
    from newsarchive.answers.results import Hit, Results, Stats, Suggestion
    from newsarchive.answers.saved_searches import RunReport, SavedSearches
    from newsarchive.answers.similar import SimilarArticles, SimilarHit
    from newsarchive.answers.timeline import Timeline
    from newsarchive.archive import Archive
    from newsarchive.base.dates import DateInterval, PartialDate, Precision
    from newsarchive.base.periods import Period
    from newsarchive.base.progress import Progress
    from newsarchive.errors import NewsArchiveError
    from newsarchive.keeping.verify import Fault
    from newsarchive.model import Article, Capture, Confidence, Evidence, EvidenceSource
    from newsarchive.pipeline.add import Added, Failed, Outcome, Revised, Unchanged
    from newsarchive.pipeline.reextract import Changed, Recovered, Reextracted
    from newsarchive.search.engines import FacetField, Sort
    from newsarchive.search.text.highlight import Snippet
    from newsarchive.store.reading.articles import Revision, StoredCapture
    from newsarchive.store.search_runs import SavedSearch, SearchRun
    from newsarchive.store.writing.combined_article import FieldChange

__version__ = "0.1.0"

# Loaded when first used (PEP 562): a search in a fresh process pays for no extractor, an
# extraction for no index.
_HOMES = {
    "Added": "pipeline.add",
    "Archive": "archive",
    "Article": "model",
    "Capture": "model",
    "Changed": "pipeline.reextract",
    "Confidence": "model",
    "Coverage": "answers.coverage",
    "DateInterval": "base.dates",
    "Evidence": "model",
    "EvidenceSource": "model",
    "FacetField": "search.engines",
    "Failed": "pipeline.add",
    "Fault": "keeping.verify",
    "FieldChange": "store.writing.combined_article",
    "Hit": "answers.results",
    "NewsArchiveError": "errors",
    "Outcome": "pipeline.add",
    "PartialDate": "base.dates",
    "Period": "base.periods",
    "Precision": "base.dates",
    "Progress": "base.progress",
    "PublisherCoverage": "answers.coverage",
    "Recovered": "pipeline.reextract",
    "Reextracted": "pipeline.reextract",
    "RelatedTerm": "answers.related",
    "RelatedTerms": "answers.related",
    "Results": "answers.results",
    "Revised": "pipeline.add",
    "Revision": "store.reading.articles",
    "RunReport": "answers.saved_searches",
    "SavedSearch": "store.search_runs",
    "SavedSearches": "answers.saved_searches",
    "SearchRun": "store.search_runs",
    "SimilarArticles": "answers.similar",
    "SimilarHit": "answers.similar",
    "Snippet": "search.text.highlight",
    "Sort": "search.engines",
    "Stats": "answers.results",
    "StoredCapture": "store.reading.articles",
    "Suggestion": "answers.results",
    "Timeline": "answers.timeline",
    "Unchanged": "pipeline.add",
}

__all__ = [
    "Added",
    "Archive",
    "Article",
    "Capture",
    "Changed",
    "Confidence",
    "Coverage",
    "DateInterval",
    "Evidence",
    "EvidenceSource",
    "FacetField",
    "Failed",
    "Fault",
    "FieldChange",
    "Hit",
    "NewsArchiveError",
    "Outcome",
    "PartialDate",
    "Period",
    "Precision",
    "Progress",
    "PublisherCoverage",
    "Recovered",
    "Reextracted",
    "RelatedTerm",
    "RelatedTerms",
    "Results",
    "Revised",
    "Revision",
    "RunReport",
    "SavedSearch",
    "SavedSearches",
    "SearchRun",
    "SimilarArticles",
    "SimilarHit",
    "Snippet",
    "Sort",
    "Stats",
    "StoredCapture",
    "Suggestion",
    "Timeline",
    "Unchanged",
    "__version__",
    "extract",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
