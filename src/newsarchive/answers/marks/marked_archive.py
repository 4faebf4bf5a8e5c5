"""The part of an archive that is about what people put on articles, and ask again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsarchive.answers.holdings import OpenArchive

if TYPE_CHECKING:
    from newsarchive.answers.marks.collections import Collections
    from newsarchive.answers.marks.highlights import Highlights
    from newsarchive.answers.marks.notes import Notes
    from newsarchive.answers.marks.tags import Tags
    from newsarchive.answers.saved_searches import SavedSearches


class MarkedArchive(OpenArchive):
    """An open archive with its marks."""

    @property
    def tags(self) -> Tags:
        """Words that people give articles."""
        from newsarchive.answers.marks.tags import Tags

        return Tags(self._holdings)

    @property
    def notes(self) -> Notes:
        """What people wrote on articles."""
        from newsarchive.answers.marks.notes import Notes

        return Notes(self._holdings)

    @property
    def highlights(self) -> Highlights:
        """Passages that people marked."""
        from newsarchive.answers.marks.highlights import Highlights

        return Highlights(self._holdings)

    @property
    def collections(self) -> Collections:
        """Articles under names, in orders of their own."""
        from newsarchive.answers.marks.collections import Collections

        return Collections(self._holdings)

    @property
    def saved(self) -> SavedSearches:
        """Searches kept under a name: to run again, compare, watch and cite."""
        from newsarchive.answers.saved_searches import SavedSearches

        return SavedSearches(self._holdings)
