"""How fast and how surely near-duplicates are found, beside datasketch in the same run.

    python -m benchmarks.near_duplicates [--pages N] [--batch N] [--json]

Pages are generated: texts of one to five thousand characters in eight languages and scripts (with and without blanks
between words), words drawn as often as a language would, and for every fourth an edited copy: words changed, put
in and taken out, sentences moved, a paragraph cut or added. What a pair's true Jaccard share is, plain Python sets of
shingles say; a pair counts as found if both pages have the same canonical page.

Pages a second are of one core, with shingling, and for both of all pages at once. datasketch gets the shingles of a
plain reading (which is what its users write), 128 permutations and its own choice of bands for the threshold.

`through the warehouse` is what a pipeline run does with the same pages: `--batch` of them at a time are signed,
joined in DuckDB with all that came before, and compared; writing pages and signatures is left out, since it is done
for other reasons too. CPU seconds of all threads.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from assets.cleaned.documents.copies.clusters import place, unsigned
from assets.cleaned.documents.copies.near_duplicates import THRESHOLD, Page, cluster, sign
from assets.cleaned.documents.copies.shingles import CHARACTERS, WORDS
from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.cleaned.signatures.rows import SIGNATURES
from assets.warehouse import Change, Replace, Update
from pipelines.warehouse import DuckDBWarehouse

# Letters from which the words of a language's texts are made, and whether blanks stand between them.
SCRIPTS = {
    "en": ("etaoinshrdlucmfwypvbgk", True),
    "de": ("enisratdhulcgmobwfkzäöüß", True),
    "ru": ("оеаинтсрвлкмдпуяыьгзбчй", True),
    "ar": ("البتثجحخدذرزسشصضطظعغفقكلمنهوي", True),
    "hi": ("कखगघचजटडतदनपबमयरलवशसहािीुेो", True),
    "zh": ("".join(chr(c) for c in range(0x4E00, 0x4E00 + 1500)), False),
    "ja": ("".join(chr(c) for c in (*range(0x3041, 0x3094), *range(0x5200, 0x5500))), False),
    "th": ("กขคงจชซญดตถทนบปผฝพฟภมยรลวสหอะาิีุเแโไ", False),
}
BANDS = (0.0, 0.4, 0.6, 0.7, 0.75, 0.8, 0.9, 1.01)


class Language:
    """Makes texts of one language's look: some thousand words, few of them common and most of them rare."""

    def __init__(self, code: str, rng: random.Random) -> None:
        letters, self.blanks = SCRIPTS[code]
        lengths = (2, 9) if self.blanks else (1, 3)
        self.words = ["".join(rng.choices(letters, k=rng.randint(*lengths))) for _ in range(6000)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def sentence(self, rng: random.Random) -> list[str]:
        """Words of one sentence."""
        return rng.choices(self.words, cum_weights=self._weights, k=rng.randint(8, 28))

    def text(self, sentences: Sequence[Sequence[str]]) -> str:
        """Sentences as a page has them."""
        joined = (" " if self.blanks else "").join
        return "\n".join(joined(words) + ("." if self.blanks else "。") for words in sentences)


def edited(sentences: Sequence[Sequence[str]], language: Language, rng: random.Random) -> list[list[str]]:
    """A copy as another site would run it: from a changed word to half of it written anew."""
    found = [list(words) for words in sentences]
    for _ in range(rng.choice((1, 2, 4, 8, 12, 16, 20, 30, 60)) * sum(map(len, found)) // 400 + 1):
        words = found[rng.randrange(len(found))]
        place = rng.randrange(len(words))
        kind = rng.random()
        if kind < 0.6:
            words[place] = rng.choice(language.words)
        elif kind < 0.8:
            words.insert(place, rng.choice(language.words))
        elif len(words) > 3:
            del words[place]
    if rng.random() < 0.3:
        rng.shuffle(found)
    if rng.random() < 0.3:
        found = found[: max(2, round(len(found) * rng.uniform(0.6, 0.95)))]
    if rng.random() < 0.3:
        found += [language.sentence(rng) for _ in range(rng.randint(1, 4))]
    return found


def generate(count: int, seed: int) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Texts by name, and the pairs of a text and its edited copy."""
    rng = random.Random(seed)
    languages = {code: Language(code, rng) for code in SCRIPTS}
    texts: dict[str, str] = {}
    pairs: list[tuple[str, str]] = []
    while len(texts) < count:
        code = rng.choice(list(SCRIPTS))
        language, name = languages[code], f"{code}{len(texts):06}"
        characters, sentences = rng.triangular(1000, 5000, 2200) * (1 if language.blanks else 0.4), []
        while sum(len(word) + language.blanks for words in sentences for word in words) < characters:
            sentences.append(language.sentence(rng))
        texts[name] = language.text(sentences)
        if rng.random() < 0.25:
            texts[f"{name}copy"] = language.text(edited(sentences, language, rng))
            pairs.append((name, f"{name}copy"))
    return texts, pairs


_WORD = re.compile(r"[^\W_]+")
_INDIC = re.compile(r"[^\s.]+")


def plain_shingles(text: str, code: str) -> set[str]:
    """The shingles of a text as anybody would read them off it."""
    if not SCRIPTS[code][1]:
        letters = re.sub(r"[\s.。]", "", text)
        return {letters[i : i + CHARACTERS] for i in range(len(letters) - CHARACTERS + 1)}
    words = (_INDIC if code == "hi" else _WORD).findall(text.lower())
    return {" ".join(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}


def attache(texts: dict[str, str]) -> dict[str, str]:
    """The canonical page of every page, by this project."""
    pages = [Page(name, None, s) for name, s in zip(texts, sign(list(texts.values())), strict=True)]
    return cluster(pages, lambda names: {name: texts[name] for name in names})


def datasketch(texts: dict[str, str]) -> dict[str, str]:
    """The same by datasketch: the first page of those that its index calls alike."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]

    index = MinHashLSH(threshold=THRESHOLD, num_perm=128)
    first: dict[str, str] = {}
    for name, text in texts.items():
        signature = MinHash(num_perm=128)
        signature.update_batch([shingle.encode() for shingle in plain_shingles(text, name[:2])])
        alike = index.query(signature)
        first[name] = first[min(alike)] if alike else name
        index.insert(name, signature)
    return first


def through_warehouse(texts: dict[str, str], batch_size: int) -> float:
    """Pages a CPU second where they come in batches, and those before stand in a warehouse."""
    seconds = 0.0
    with TemporaryDirectory() as folder:
        warehouse = DuckDBWarehouse(path=str(Path(folder) / "w.duckdb"))
        warehouse.migrate()
        names = list(texts)
        for start in range(0, len(names), batch_size):
            batch = f"b{start:07}"
            documents = [_document(name, texts[name], batch) for name in names[start : start + batch_size]]
            before = time.process_time()
            with warehouse.reading() as query:
                if unsigned(query, batch):
                    raise AssertionError("pages of earlier batches have no signatures")
                placement = place(query, batch, documents)
            seconds += time.process_time() - before
            frames = {
                DOCUMENTS: DOCUMENTS.frame(placement.documents),
                SIGNATURES: SIGNATURES.frame(placement.signatures),
            }
            changes: list[Change] = [Replace(table, frame, "batch = ?", (batch,)) for table, frame in frames.items()]
            warehouse.write([*changes, *([Update(DOCUMENTS, placement.moved)] if placement.moved.height else [])])
    return len(texts) / seconds


def _document(name: str, text: str, batch: str) -> CleanedDocument:
    return CleanedDocument(
        document_id=name, batch=batch, url=None, title=None, authors=(), publisher=None, published=None,
        published_precision=None, published_basis="none: generated", language=name[:2], text=text,
        canonical_document_id=name, dropped_share=0.0, mojibake=False,
    )  # fmt: skip


def timed(find: Callable[[dict[str, str]], dict[str, str]], texts: dict[str, str]) -> tuple[dict[str, str], float]:
    """What is found, and pages a second of one core."""
    find(dict(list(texts.items())[:50]))
    start = time.process_time()
    found = find(texts)
    return found, len(texts) / (time.process_time() - start)


def judged(
    found: dict[str, str], shares: dict[tuple[str, str], float], shingles: dict[str, set[str]]
) -> dict[str, float]:
    """Recall by band of the true share, and precision and recall of pairs at the threshold."""
    figures: dict[str, float] = {}
    hits = {pair for pair in shares if found[pair[0]] == found[pair[1]]}
    for low, high in pairwise(BANDS):
        inside = [pair for pair, share in shares.items() if low <= share < high]
        figures[f"called alike {low:g}–{min(high, 1):g}"] = sum(p in hits for p in inside) / max(len(inside), 1)
        figures[f"pairs {low:g}–{min(high, 1):g}"] = len(inside)
    called = {(one, other) for other, one in found.items() if one != other}
    right = sum(_share(shingles[one], shingles[other]) >= THRESHOLD for one, other in called)
    wanted = [pair for pair, share in shares.items() if share >= THRESHOLD]
    figures["precision"] = right / max(len(called), 1)
    figures["recall"] = sum(pair in hits for pair in wanted) / max(len(wanted), 1)
    return figures


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)


def main() -> None:
    """Print the figures as a table, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    texts, pairs = generate(arguments.pages, arguments.seed)
    finders = {"attache": attache} | ({"datasketch": datasketch} if find_spec("datasketch") else {})
    timings = {name: timed(find, texts) for name, find in finders.items()}
    shingles = {name: plain_shingles(text, name[:2]) for name, text in texts.items()}
    shares = {pair: _share(shingles[pair[0]], shingles[pair[1]]) for pair in pairs}
    result: dict[str, dict[str, float]] = {}
    for name, (found, speed) in timings.items():
        result[name] = {"pages/s": speed} | judged(found, shares, shingles)
        for code in SCRIPTS:
            own = {pair: share for pair, share in shares.items() if pair[0].startswith(code)}
            result[name][f"recall {code}"] = judged(found, own, shingles)["recall"]
    result["attache"]["pages/s through the warehouse"] = through_warehouse(texts, arguments.batch)
    if "datasketch" in result:
        result["attache"]["times datasketch"] = result["attache"]["pages/s"] / result["datasketch"]["pages/s"]
    if arguments.json:
        print(json.dumps(result, indent=1))
        return
    size = sum(map(len, texts.values())) / len(texts)
    table = Table(title=f"{len(texts)} pages of {size:.0f} characters on average, {len(pairs)} edited copies")
    table.add_column("figure")
    for name in result:
        table.add_column(name, justify="right")
    for figure in result["attache"]:
        values = (row.get(figure) for row in result.values())
        table.add_row(figure, *("–" if v is None else f"{v:.3f}" if v < 100 else f"{v:.0f}" for v in values))
    Console().print(table)


if __name__ == "__main__":
    main()
