"""An offline archive and search library for news.

from newsarchive import Archive

with Archive.open("my-archive", create=True) as archive:
    for outcome in archive.add("page.html"):
        print(outcome)
    for hit in archive.search('"mutual defense" published:2024-10..'):
        print(hit.article.headline, hit.article.date_published, hit.snippet)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

# All that is public, and the one list of it. Type checkers read it as it stands. When the
# program runs, a name is loaded when it is first used (PEP 562): a search in a fresh process
# pays for no extractor, an extraction for no index.
if TYPE_CHECKING:
    from newsarchive.acquire.fetch.fetching import Fetching as Fetching
    from newsarchive.acquire.reader import Said as Said
    from newsarchive.answers.batch.batch import Batch as Batch
    from newsarchive.answers.batch.batch import BatchExport as BatchExport
    from newsarchive.answers.batch.batch import BatchLine as BatchLine
    from newsarchive.answers.batch.batch import BatchResults as BatchResults
    from newsarchive.answers.copies.families import Copy as Copy
    from newsarchive.answers.copies.families import Families as Families
    from newsarchive.answers.copies.families import Family as Family
    from newsarchive.answers.copies.quotations import Occurrence as Occurrence
    from newsarchive.answers.copies.quotations import Quotation as Quotation
    from newsarchive.answers.copies.quotations import Variant as Variant
    from newsarchive.answers.coverage import Coverage as Coverage
    from newsarchive.answers.coverage import PublisherCoverage as PublisherCoverage
    from newsarchive.answers.likeness.related import RelatedTerm as RelatedTerm
    from newsarchive.answers.likeness.related import RelatedTerms as RelatedTerms
    from newsarchive.answers.likeness.similar import SimilarArticles as SimilarArticles
    from newsarchive.answers.likeness.similar import SimilarHit as SimilarHit
    from newsarchive.answers.marks.collections import Collections as Collections
    from newsarchive.answers.marks.highlights import Highlights as Highlights
    from newsarchive.answers.marks.notes import Notes as Notes
    from newsarchive.answers.marks.tags import Retagged as Retagged
    from newsarchive.answers.marks.tags import Tags as Tags
    from newsarchive.answers.results import AlsoIn as AlsoIn
    from newsarchive.answers.results import FoundIds as FoundIds
    from newsarchive.answers.results import Hit as Hit
    from newsarchive.answers.results import MarkedArticle as MarkedArticle
    from newsarchive.answers.results import Results as Results
    from newsarchive.answers.results import Stats as Stats
    from newsarchive.answers.results import Suggestion as Suggestion
    from newsarchive.answers.saved_searches import RunReport as RunReport
    from newsarchive.answers.saved_searches import SavedSearches as SavedSearches
    from newsarchive.answers.timeline import Timeline as Timeline
    from newsarchive.answers.versions.article_diff import ArticleDiff as ArticleDiff
    from newsarchive.answers.versions.article_diff import FieldDiff as FieldDiff
    from newsarchive.answers.versions.article_diff import ParagraphDiff as ParagraphDiff
    from newsarchive.answers.versions.edits import Edit as Edit
    from newsarchive.answers.versions.history import Versions as Versions
    from newsarchive.answers.versions.provenance import Provenance as Provenance
    from newsarchive.archive import Archive as Archive
    from newsarchive.base.dates import DateInterval as DateInterval
    from newsarchive.base.dates import PartialDate as PartialDate
    from newsarchive.base.dates import Precision as Precision
    from newsarchive.base.periods import Period as Period
    from newsarchive.base.progress import Notice as Notice
    from newsarchive.base.progress import Progress as Progress
    from newsarchive.errors import AcquireError as AcquireError
    from newsarchive.errors import ArchiveClosed as ArchiveClosed
    from newsarchive.errors import ArchiveLocked as ArchiveLocked
    from newsarchive.errors import ArchiveSetBack as ArchiveSetBack
    from newsarchive.errors import ArticleNotFound as ArticleNotFound
    from newsarchive.errors import BackupError as BackupError
    from newsarchive.errors import CaptureNotFound as CaptureNotFound
    from newsarchive.errors import CollectionNotFound as CollectionNotFound
    from newsarchive.errors import EngineError as EngineError
    from newsarchive.errors import ExportError as ExportError
    from newsarchive.errors import ExtractError as ExtractError
    from newsarchive.errors import Hint as Hint
    from newsarchive.errors import IndexUnavailable as IndexUnavailable
    from newsarchive.errors import InvalidArgument as InvalidArgument
    from newsarchive.errors import MarkNotFound as MarkNotFound
    from newsarchive.errors import NewsArchiveError as NewsArchiveError
    from newsarchive.errors import NotAnArchive as NotAnArchive
    from newsarchive.errors import QueryError as QueryError
    from newsarchive.errors import QuerySyntaxError as QuerySyntaxError
    from newsarchive.errors import Remedy as Remedy
    from newsarchive.errors import RemovedBefore as RemovedBefore
    from newsarchive.errors import RunEnded as RunEnded
    from newsarchive.errors import SavedSearchNotFound as SavedSearchNotFound
    from newsarchive.errors import SchemaTooNew as SchemaTooNew
    from newsarchive.errors import SigningError as SigningError
    from newsarchive.errors import SnapshotDamaged as SnapshotDamaged
    from newsarchive.errors import StoreError as StoreError
    from newsarchive.errors import UnknownField as UnknownField
    from newsarchive.export.evidence.bag_check import BagFault as BagFault
    from newsarchive.export.evidence.bag_check import verify_bag as verify_bag
    from newsarchive.export.references.citing import CitedArticle as CitedArticle
    from newsarchive.extraction import extract as extract
    from newsarchive.formats import PageFormat as PageFormat
    from newsarchive.keeping.backups.backing_up import BackedUp as BackedUp
    from newsarchive.keeping.backups.backup_list import BackupList as BackupList
    from newsarchive.keeping.backups.restoring import restore as restore
    from newsarchive.keeping.rebuilding import Rebuilt as Rebuilt
    from newsarchive.keeping.rebuilding import rebuild as rebuild
    from newsarchive.keeping.signing.signing import Trust as Trust
    from newsarchive.keeping.signing.signing import Vouched as Vouched
    from newsarchive.keeping.signing.signing import sign_bag as sign_bag
    from newsarchive.keeping.signing.signing import vouched_bag as vouched_bag
    from newsarchive.keeping.verify import Fault as Fault
    from newsarchive.model import Article as Article
    from newsarchive.model import Capture as Capture
    from newsarchive.model import Confidence as Confidence
    from newsarchive.model import Evidence as Evidence
    from newsarchive.model import EvidenceSource as EvidenceSource
    from newsarchive.pipeline.feeds.followed_feeds import FollowedFeeds as FollowedFeeds
    from newsarchive.pipeline.feeds.update import FeedReport as FeedReport
    from newsarchive.pipeline.outcomes import Added as Added
    from newsarchive.pipeline.outcomes import Changed as Changed
    from newsarchive.pipeline.outcomes import Failed as Failed
    from newsarchive.pipeline.outcomes import Foreseen as Foreseen
    from newsarchive.pipeline.outcomes import Listed as Listed
    from newsarchive.pipeline.outcomes import NotRead as NotRead
    from newsarchive.pipeline.outcomes import Outcome as Outcome
    from newsarchive.pipeline.outcomes import Recovered as Recovered
    from newsarchive.pipeline.outcomes import Reextracted as Reextracted
    from newsarchive.pipeline.outcomes import Revised as Revised
    from newsarchive.pipeline.outcomes import Unchanged as Unchanged
    from newsarchive.pipeline.outcomes import Updated as Updated
    from newsarchive.pipeline.run import Run as Run
    from newsarchive.pipeline.run import Summary as Summary
    from newsarchive.search.engines import FacetField as FacetField
    from newsarchive.search.engines import MarkFacet as MarkFacet
    from newsarchive.search.engines import Sort as Sort
    from newsarchive.search.text.paragraph_alignment import ParagraphKind as ParagraphKind
    from newsarchive.search.text.snippets import Snippet as Snippet
    from newsarchive.search.text.word_diff import Piece as Piece
    from newsarchive.search.text.word_diff import PieceKind as PieceKind
    from newsarchive.store.feed_store import Feed as Feed
    from newsarchive.store.marks.mark_values import Highlight as Highlight
    from newsarchive.store.marks.mark_values import MarksOfArticle as MarksOfArticle
    from newsarchive.store.marks.mark_values import Note as Note
    from newsarchive.store.reading.captures import StoredCapture as StoredCapture
    from newsarchive.store.reading.revisions import Revision as Revision
    from newsarchive.store.search_runs import SavedSearch as SavedSearch
    from newsarchive.store.search_runs import SearchRun as SearchRun
    from newsarchive.store.writing.combined_article import FieldChange as FieldChange


else:
    # Hidden from type checkers, or any slip in a name would be a name to them.
    def __getattr__(name: str) -> Any:
        homes = _homes()
        if name == "__all__":
            value: Any = [*homes, "__version__"]
        elif name in homes:
            from importlib import import_module

            value = getattr(import_module(homes[name]), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = value
        return value

    def _homes() -> dict[str, str]:
        """The module of each public name: this file once more, with imports that write down what they ask.

        Through the loader: packages are also run from zips, and without their source.
        """
        from importlib.util import find_spec
        from types import SimpleNamespace

        homes: dict[str, str] = {}

        def note(module: str, _globals: Any, _locals: Any, names: Any, _level: int) -> SimpleNamespace:
            if module.startswith(f"{__name__}."):
                homes.update(dict.fromkeys(names, module))
            # TYPE_CHECKING as well is true then.
            return SimpleNamespace(**dict.fromkeys(names, True))

        spec: Any = find_spec(__name__)
        exec(spec.loader.get_code(__name__), {"__builtins__": {"__import__": note}})  # noqa: S102  its own code
        return dict(sorted(homes.items()))

    def __dir__() -> list[str]:
        return sorted(__getattr__("__all__"))
