"""Fits the weights by which the quality estimate tells exchanged actors (`exchanged.toml` beside its code).

    python -m benchmarks.exchanged FOLDER[:odd|:even] ... [--write]

Each FOLDER holds parallel text as `benchmarks.parallel_text` reads it; with `:odd` only its sentences of odd numbers
are used (the first is number 1). Pairs of actors of right translations are counted against pairs whose English stands
the other way round in `NAME.swapped`. Printed is how many exchanged sentences are caught at how many false alarms,
each sentence judged by weights that were fitted without it (and without its translations into other languages). A
folder that is named twice counts twice.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.events.mentions.told import told
from assets.translated.segments import exchanged
from assets.translated.segments.alignment import Alignment, Link
from assets.translated.segments.quality import aligned
from benchmarks.parallel_text import Pair, chosen

_FOLDS = 5
_RIDGE = 0.5
_ROUNDS = 30
_SAME_WORD = 0.33
_NOTHING = -8.0
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """One English text beside its source: the signs of its pairs of actors, and which of these were exchanged."""

    group: str
    is_exchanged: bool
    signs: tuple[dict[str, float], ...]
    labels: tuple[bool, ...]


def samples(folder: str) -> Iterator[Sample]:
    """The right and the exchanged translations of a folder."""
    for language, number, pair in chosen(folder):
        group = f"{Path(folder.split(':')[0]).name} {number}"
        right, found = _read(pair.source, pair.english, language)
        yield Sample(group, False, tuple(signs for _, _, signs in found), tuple(False for _ in found))
        if pair.swapped:
            yield _exchanged(group, pair, language, right)


def _exchanged(group: str, pair: Pair, language: str, right: Alignment) -> Sample:
    known = []
    for one, other, signs in _read(pair.source, pair.swapped, language)[1]:
        places = _place(right, one), _place(right, other)
        if places[0] is not None and places[1] is not None and places[0] != places[1]:
            known.append((signs, places[0] > places[1]))
    return Sample(group, True, tuple(signs for signs, _ in known), tuple(label for _, label in known))


def _read(source: str, english: str, language: str) -> tuple[Alignment, list[tuple[Link, Link, dict[str, float]]]]:
    theirs, ours = told(source, language), told(english, "en")
    alignment = aligned(source, english, language, theirs, ours)
    return alignment, list(exchanged.pairs_with_signs(alignment, language, theirs, ours))


def _place(alignment: Alignment, link: Link) -> int | None:
    """The English word that the source words of a link stand for in another translation."""
    same = [
        other
        for other in alignment.links
        if other.strength >= _SAME_WORD
        and alignment.tells(other.word)
        and other.first < link.last
        and link.first < other.last
    ]
    return max(same, key=lambda other: other.strength).word if same else None


def fit(found: Sequence[Sample], names: Sequence[str]) -> Floats:
    """Weights of a ridge logistic regression, the intercept last; of exchanged pairs the likeliest teaches."""
    weights: Floats | None = None
    for _ in range(4):
        weights = _newton(*_design(found, names, weights))
    assert weights is not None
    return weights


def _design(found: Sequence[Sample], names: Sequence[str], weights: Floats | None) -> tuple[Floats, Floats, Floats]:
    rows, labels, shares = [], [], []
    for sample in found:
        vectors = [_vector(signs, names) for signs in sample.signs]
        if not sample.is_exchanged:
            rows += vectors
            labels += [0.0] * len(vectors)
            shares += [max(len(vectors), 1) ** -0.5] * len(vectors)
            continue
        right = [vector for vector, label in zip(vectors, sample.labels, strict=True) if label]
        if weights is not None and right:
            right = [max(right, key=lambda vector: float(vector @ weights))]
        rows += right
        labels += [1.0] * len(right)
        shares += [1.5 / max(len(right), 1)] * len(right)
    return np.array(rows), np.array(labels), np.array(shares)


def _newton(rows: Floats, labels: Floats, shares: Floats) -> Floats:
    ridge = np.eye(rows.shape[1]) * _RIDGE
    ridge[-1, -1] = 1e-3
    weights = np.zeros(rows.shape[1])
    for _ in range(_ROUNDS):
        chance = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (shares * (labels - chance)) - ridge @ weights
        curve = (rows.T * (shares * chance * (1 - chance) + 1e-9)) @ rows + ridge
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def _vector(signs: dict[str, float], names: Sequence[str]) -> Floats:
    return np.array([*(signs[name] for name in names), 1.0])


def _odds(sample: Sample, names: Sequence[str], weights: Floats) -> float:
    return max((float(_vector(signs, names) @ weights) for signs in sample.signs), default=_NOTHING)


def cross_validated(found: Sequence[Sample], names: Sequence[str]) -> Floats:
    """The odds of each sample by weights that were fitted without its group."""
    folds = np.array([zlib.crc32(sample.group.encode()) % _FOLDS for sample in found])
    odds = np.zeros(len(found))
    for fold in range(_FOLDS):
        weights = fit([s for s, own in zip(found, folds, strict=True) if own != fold], names)
        for index in np.flatnonzero(folds == fold):
            odds[index] = _odds(found[index], names, weights)
    return odds


def main(arguments: list[str]) -> int:
    """Prints what the weights catch, and writes them if asked to."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.exchanged", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--write", action="store_true", help="put the weights into exchanged.toml")
    options = parser.parse_args(arguments)
    read = {folder: list(samples(folder)) for folder in dict.fromkeys(options.folders)}
    found = [sample for folder in options.folders for sample in read[folder]]
    names = sorted(next(signs for sample in found for signs in sample.signs))
    odds, wrong = cross_validated(found, names), np.array([sample.is_exchanged for sample in found])
    for alarms in (0.02, 0.03, 0.05):
        limit = float(np.quantile(odds[~wrong], 1 - alarms))
        print(
            f"false alarms {alarms:.0%}: caught {(odds[wrong] > limit).mean():.1%} of {wrong.sum()}, odds {limit:.2f}"
        )
    if options.write:
        _write(names, fit(found, names))
    return 0


def _write(names: Sequence[str], weights: Floats) -> None:
    path = Path(exchanged.__file__).with_suffix(".toml")
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = [*head, "", f"intercept = {weights[-1]:.2f}", "", "[weight]"]
    lines += [f"{name} = {weight:.2f}" for name, weight in zip(names, weights, strict=False)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
