"""``python -m tests.eval --data DIR``: one JSON object that says how good the product is.

Parts whose data or feature is not there are null.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from models import vocabulary
from models.store.library import open_library
from search.index import open_index
from tests.eval import importing, language, ranking, similarity

_DEFAULT = Path(__file__).parents[3] / "shared" / "data"


def main() -> int:
    """Measure, and print the figures on stdout."""
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("--data", default="", help="a folder shaped like ../shared/data")
    data = Path(parser.parse_args().data or _DEFAULT)
    if not data.is_dir():
        sys.stderr.write(f"There is no folder {data}. Name one with EVAL_DATA=DIR.\n")
        return 1
    terms = vocabulary.load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = open_library(folder / "library")
        imported = importing.measure(data, library, terms)
        index = open_index(library, folder / "cache", terms)
        index.catch_up()
        similar = similarity.measure(data, library, index, imported.ids)
        index.close()
        library.close()
    figures = {
        "import": imported.figures,
        "ranking": ranking.measure(data),
        "similar": similar,
        "language": language.measure(data),
    }
    sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
