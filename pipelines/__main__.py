"""`python -m pipelines`: the same as `attache`, where the console script is not on the path."""

from __future__ import annotations

from pipelines.cli import main

if __name__ == "__main__":
    main()
