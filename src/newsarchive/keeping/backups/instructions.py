"""What a folder of backups says to people who don't have newsarchive."""

INSTRUCTIONS = """Backups of an archive of news, made by newsarchive (https://pypi.org/project/newsarchive/).

With newsarchive:

    newsarchive restore THIS_FOLDER NEW_FOLDER

Without it: each file YYYYMMDDTHHMMSSZ-NNN.json is one backup. It lists the files of the archive, and for
each file its blocks in order. The block abcd... is the file blocks/ab/abcd....gz, a gzip file that is
named by the SHA-256 of what it holds. Python alone puts a backup together, as restore.py:

    import gzip, hashlib, json, pathlib, sys
    backups, to = map(pathlib.Path, sys.argv[1:])
    newest = max(backups.glob("*Z*.json"))
    for file in json.loads(newest.read_text(encoding="utf-8"))["files"]:
        path = to / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = hashlib.sha256()
        with path.open("wb") as out:
            for name in file["blocks"]:
                data = gzip.decompress((backups / "blocks" / name[:2] / (name + ".gz")).read_bytes())
                whole.update(data)
                out.write(data)
        print(path, "is right" if whole.hexdigest() == file["sha256"] else "IS DAMAGED")

    python restore.py THIS_FOLDER NEW_FOLDER

What comes out needs no newsarchive either: archive.db is an SQLite database, with the texts in the
view article_texts; snapshots/ are WARC files, the pages as they were received.
"""
