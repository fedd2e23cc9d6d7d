"""`python -m pipelines.reference`: write every generated page into the folder of the documentation."""

from __future__ import annotations

import sys

from pipelines.reference.pages import DOCS, write_pages

if __name__ == "__main__":
    for page in write_pages(DOCS):
        sys.stdout.write(f"{page}\n")
