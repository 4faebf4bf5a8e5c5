"""Search in the page: a script of its own and lists of words that it loads when somebody searches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from newsarchive.export.clean_text import encodable, one_line
from newsarchive.model import Article

# Articles in a file: one file of a large archive would be too much to load at once.
_CHUNK = 1_000

STYLE = """
.search { margin: 1.5rem 0; }
.search label { display: block; font-size: .875rem; margin-bottom: .25rem; }
.search input { width: 100%; font-size: 1.1rem; padding: .55rem .7rem; color: inherit;
  background: transparent; border: 1px solid var(--faint); border-radius: .4rem; }
.search input:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
details summary { cursor: pointer; } details summary h2 { display: inline; }
details { margin: 1rem 0; }
@media (min-width: 40rem) { .columns { columns: 2; column-gap: 2rem; } .columns li { break-inside: avoid; } }
mark { background: #ffe58a; color: #1c1b19; }
"""
# No library, and no text is ever taken for HTML. Files are loaded as scripts, as a page from a
# disk may not fetch.
SCRIPT = """"use strict";
(() => {
  const chunks = Number(document.currentScript.dataset.chunks);
  const words = document.getElementById("words"), found = document.getElementById("found");
  const hits = document.getElementById("hits"), articles = [];
  const MOST = 200;
  let loading = null, asked = 0;
  const fold = (text) => text.normalize("NFKD").replace(/\\p{M}/gu, "").toLowerCase();
  globalThis.addArticles = (rows) => {
    for (const row of rows) { row.push(fold(row.join(" "))); articles.push(row); }
  };
  const load = () => loading ??= Promise.all(Array.from({ length: chunks }, (_, number) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `search/${number}.js`;
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    })));
  const item = ([id, headline, publisher, date]) => {
    const entry = document.createElement("li"), anchor = document.createElement("a");
    const about = document.createElement("div");
    anchor.href = `articles/${id}.html`;
    anchor.dir = "auto";
    anchor.textContent = headline;
    about.className = "about";
    about.textContent = [date, publisher].filter(Boolean).join(" · ");
    entry.append(anchor, about);
    return entry;
  };
  const search = async () => {
    const turn = ++asked, wanted = fold(words.value).split(/\\s+/).filter(Boolean);
    if (wanted.length === 0) { hits.replaceChildren(); found.textContent = ""; return; }
    found.textContent = "Searching…";
    try { await load(); } catch { found.textContent = "The search files can't be read."; return; }
    if (turn !== asked) return;
    const matches = articles.filter((row) => wanted.every((word) => row[5].includes(word)));
    hits.replaceChildren(...matches.slice(0, MOST).map(item));
    const more = matches.length > MOST ? `, the first ${MOST} are shown` : "";
    found.textContent = `${matches.length} of ${articles.length} articles${more}`;
  };
  let timer = 0;
  words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 120); });
})();
"""


class SearchFiles:
    """Writes what the script loads, some articles a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._rows: list[str] = []
        self._numbers: Iterator[int] = count()
        self.files = 0

    def add(self, article: Article) -> None:
        """Put an article into the search."""
        date = str(article.date_published or "")[:10] + (" (a guess)" if article.date_is_guess else "")
        words = [
            article.description,
            *article.authors,
            *article.keywords,
            article.section,
            article.text,
        ]
        shown = [
            one_line(article.headline) or "(no headline)",
            one_line(article.publisher),
            date,
        ]
        row = [article.id, *shown, one_line(" ".join(filter(None, words)))]
        self._rows.append(json.dumps(row, ensure_ascii=False))
        if len(self._rows) == _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what is left."""
        if not self._rows:
            return
        self._folder.mkdir(exist_ok=True)
        text = "addArticles([\n" + ",\n".join(self._rows) + "\n]);\n"
        (self._folder / f"{next(self._numbers)}.js").write_text(encodable(text), encoding="utf-8")
        self.files += 1
        self._rows.clear()
