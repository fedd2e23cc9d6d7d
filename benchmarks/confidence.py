"""Fit the coder's confidence: a logistic model over the cues of its best events on labelled sentences.

    python -m benchmarks.confidence benchmarks/labelled/held_out/*.jsonl [--write]

An event is right if its type and every country that the label names are right. Fit it on sentences that the
vocabularies were not written from: on the development set nearly every event is right. The expected calibration error
printed is out of sample, by ten folds. `--write` replaces `assets/vocabulary/ontology/confidence.toml`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assets.events.mentions.coder import code_text
from assets.events.mentions.confidence import CUES
from assets.vocabulary.files import FOLDER
from benchmarks.coding import Labelled, calibration_error, is_right, read_labelled, reliability

_RIDGE = 2.0  # keeps the weights of cues that hardly vary near 0
_FOLDS = 10
_STEPS = 30  # of Newton's method, which settles in fewer


def examples(sentences: Sequence[Labelled]) -> tuple[np.ndarray, np.ndarray]:
    """The cues of each sentence's best event, and whether it is right."""
    rows, right = [], []
    for sentence in sentences:
        events = code_text(sentence.text, sentence.language, sentence.published)
        if events:
            rows.append(events[0].cues)
            right.append(is_right(events[0], sentence))
    return np.array(rows), np.array(right, dtype=float)


def fit(cues: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Intercept and weights that make the examples likeliest, by Newton's method with a ridge on the weights."""
    design = np.column_stack([np.ones(len(cues)), cues])
    ridge = np.diag([0.0] + [_RIDGE] * cues.shape[1])
    weights = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = predict(weights, cues)
        gradient = design.T @ (right - chance) - ridge @ weights
        hessian = (design * (chance * (1 - chance))[:, None]).T @ design + ridge
        weights = weights + np.linalg.solve(hessian, gradient)
    return weights


def predict(weights: np.ndarray, cues: np.ndarray) -> np.ndarray:
    """The probability of each row."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + cues @ weights[1:]))))


def main() -> None:
    """Fit, print the curve out of sample, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    cues, right = examples(read_labelled(arguments.files))
    folds = np.arange(len(right)) % _FOLDS
    unseen = np.zeros(len(right))
    for fold in range(_FOLDS):
        unseen[folds == fold] = predict(fit(cues[folds != fold], right[folds != fold]), cues[folds == fold])
    pairs = list(zip(unseen.tolist(), (right > 0).tolist(), strict=True))
    print(f"{len(right)} events, {right.mean():.2f} right, calibration error {calibration_error(pairs):.3f}")
    print("\n".join(reliability(pairs)))
    weights = fit(cues, right)
    for cue, weight in zip(("intercept", *CUES), weights, strict=True):
        print(f"  {cue:15} {weight:6.2f}")
    if arguments.write:
        lines = [
            "# Weights of the coder's confidence, written by `python -m benchmarks.confidence … --write`.",
            f"intercept = {weights[0]:.4f}",
            f"fitted_on = {len(right)}",
            "",
            "[weights]",
            *(f"{cue} = {weight:.4f}" for cue, weight in zip(CUES, weights[1:], strict=True)),
        ]
        (FOLDER / "ontology" / "confidence.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
