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
from newsarchive.extract import extract

if TYPE_CHECKING:
    from newsarchive.archive import Archive
    from newsarchive.coverage import Coverage, PublisherCoverage
    from newsarchive.dates import DateInterval, PartialDate, Precision
    from newsarchive.errors import NewsArchiveError
    from newsarchive.ingest import Added, Failed, Outcome, Revised, Unchanged
    from newsarchive.model import Article, Capture, Confidence, Evidence, EvidenceSource
    from newsarchive.periods import Period
    from newsarchive.progress import Progress
    from newsarchive.reextract import Changed, Recovered, Reextracted
    from newsarchive.related import RelatedTerm, RelatedTerms
    from newsarchive.results import Fault, Hit, Results, Stats, Suggestion
    from newsarchive.saved import RunReport, SavedSearches
    from newsarchive.search.engine import FacetField, Sort
    from newsarchive.search.highlight import Snippet
    from newsarchive.similar import SimilarArticles, SimilarHit
    from newsarchive.store.articles import Revision, StoredCapture
    from newsarchive.store.merging import FieldChange
    from newsarchive.store.searches import SavedSearch, SearchRun
    from newsarchive.timeline import Timeline

__version__ = "0.1.0"

# Loaded when first used (PEP 562): a search in a fresh process pays for no extractor, an
# extraction for no index.
_HOMES = {
    "Added": "ingest",
    "Archive": "archive",
    "Article": "model",
    "Capture": "model",
    "Changed": "reextract",
    "Confidence": "model",
    "Coverage": "coverage",
    "DateInterval": "dates",
    "Evidence": "model",
    "EvidenceSource": "model",
    "FacetField": "search.engine",
    "Failed": "ingest",
    "Fault": "results",
    "FieldChange": "store.merging",
    "Hit": "results",
    "NewsArchiveError": "errors",
    "Outcome": "ingest",
    "PartialDate": "dates",
    "Period": "periods",
    "Precision": "dates",
    "Progress": "progress",
    "PublisherCoverage": "coverage",
    "Recovered": "reextract",
    "Reextracted": "reextract",
    "RelatedTerm": "related",
    "RelatedTerms": "related",
    "Results": "results",
    "Revised": "ingest",
    "Revision": "store.articles",
    "RunReport": "saved",
    "SavedSearch": "store.searches",
    "SavedSearches": "saved",
    "SearchRun": "store.searches",
    "SimilarArticles": "similar",
    "SimilarHit": "similar",
    "Snippet": "search.highlight",
    "Sort": "search.engine",
    "Stats": "results",
    "StoredCapture": "store.articles",
    "Suggestion": "results",
    "Timeline": "timeline",
    "Unchanged": "ingest",
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
