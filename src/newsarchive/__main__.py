"""``python -m newsarchive`` is the command line."""

from newsarchive.cli.app import main

if __name__ == "__main__":
    main()
