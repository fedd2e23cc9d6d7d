"""Score the event coder on labelled sentences, beside a keyword baseline in the same run.

    python -m benchmarks.coding benchmarks/labelled/*.jsonl [--misses 10]

A labelled file is JSON Lines: {"id", "lang", "text", "date", "events": [{"root", "source", "target", …}]}, with
no events where the sentence tells of none. The first event is the sentence's label; any of them counts as found.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assets.events.mentions.coder import code_text
from assets.events.mentions.language import compiled_language

NONE = "(none)"


@dataclass(frozen=True)
class Labelled:
    """One labelled sentence."""

    identifier: str
    language: str
    text: str
    published: date | None
    events: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Answer:
    """What a coder said of a sentence: the root and the two countries of its best event."""

    root: str
    source: str | None
    target: str | None


Coder = Callable[[Labelled], Answer]


def coder_answer(sentence: Labelled) -> Answer:
    """The product's answer."""
    events = code_text(sentence.text, sentence.language, sentence.published)
    if not events:
        return Answer(NONE, None, None)
    best = events[0]
    return Answer(
        best.plover_type,
        best.source.country if best.source else None,
        best.target.country if best.target else None,
    )


def keyword_answer(sentence: Labelled) -> Answer:
    """The baseline: the type of the first trigger word in the sentence, actors in order of appearance."""
    from assets.events.mentions.sentence import Sentence

    read = Sentence(sentence.text, compiled_language(sentence.language))
    countries = [m.meaning.country for m in read.actor_words if m.meaning.country]
    distinct = list(dict.fromkeys(countries))
    root = read.triggers[0].meaning.entry.type if read.triggers else NONE
    return Answer(root, *([*distinct, None, None][:2]))


def read_labelled(paths: Sequence[Path]) -> list[Labelled]:
    """The sentences of labelled files."""
    sentences = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                record = json.loads(line)
                published = date.fromisoformat(record["date"]) if record.get("date") else None
                sentences.append(
                    Labelled(str(record["id"]), record["lang"], record["text"], published, tuple(record["events"]))
                )
    return sentences


def score(sentences: Sequence[Labelled], coder: Coder) -> dict[str, Any]:
    """Macro-F1 over the roots that occur, recall of event sentences, false events, and the countries' exactness."""
    true, false, missed = Counter[str](), Counter[str](), Counter[str]()
    source = target = events = found = negatives = false_events = 0
    confusion: Counter[tuple[str, str]] = Counter()
    misses = []
    for sentence in sentences:
        answer = coder(sentence)
        roots = [event["root"] for event in sentence.events]
        if not roots:
            negatives += 1
            false_events += answer.root != NONE
        else:
            events += 1
            found += answer.root != NONE
            source += answer.source == sentence.events[0].get("source")
            target += answer.target == sentence.events[0].get("target")
        expected = answer.root if answer.root in roots else (roots[0] if roots else NONE)
        confusion[expected, answer.root] += 1
        if expected == answer.root:
            true[expected] += 1
        else:
            missed[expected] += 1
            false[answer.root] += 1
            misses.append((sentence, answer))
    labels = sorted((set(true) | set(missed)) - {NONE})
    per_root = {label: _f1(true[label], false[label], missed[label]) for label in labels}
    return {
        "macro_f1": sum(per_root.values()) / len(per_root) if per_root else 0.0,
        "event_recall": found / events if events else 0.0,
        "root_accuracy": sum(true[label] for label in labels) / events if events else 0.0,
        "false_events": false_events / negatives if negatives else 0.0,
        "source": source / events if events else 0.0,
        "target": target / events if events else 0.0,
        "per_root": per_root,
        "confusion": confusion,
        "misses": misses,
    }


def _f1(true: int, false: int, missed: int) -> float:
    return 2 * true / (2 * true + false + missed) if true else 0.0


def main() -> None:
    """Print the figures, a language a row, then confusions and misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print so many wrong answers a language")
    arguments = parser.parse_args()
    by_language: dict[str, list[Labelled]] = defaultdict(list)
    for sentence in read_labelled(arguments.files):
        by_language[sentence.language].append(sentence)
    heads = ("macroF1", "root", "recall", "false", "source", "target")
    print(f"{'lang':5} {'coder':9} {'n':>4} " + " ".join(f"{head:>7}" for head in heads))
    for language, sentences in sorted(by_language.items()):
        compiled_language(language)
        for name, coder in (("attache", coder_answer), ("keywords", keyword_answer)):
            _print_row(language, name, sentences, score(sentences, coder))
    for language, sentences in sorted(by_language.items()):
        started = time.perf_counter()
        result = score(sentences, coder_answer)
        seconds = time.perf_counter() - started
        print(f"\n{language}: {len(sentences) / seconds:,.0f} sentences a second")
        print("  " + "  ".join(f"{root} {value:.2f}" for root, value in result["per_root"].items()))
        wrong = [(pair, n) for pair, n in result["confusion"].most_common() if pair[0] != pair[1]]
        print("  confusions: " + ", ".join(f"{a}→{b} {n}" for (a, b), n in wrong[:8]))
        for sentence, answer in result["misses"][: arguments.misses]:
            wanted = ", ".join(event["root"] for event in sentence.events) or NONE
            print(f"  - {wanted} ≠ {answer.root}: {sentence.text}")


def _print_row(language: str, name: str, sentences: Sequence[Labelled], result: dict[str, Any]) -> None:
    keys = ("macro_f1", "root_accuracy", "event_recall", "false_events", "source", "target")
    figures = [f"{result[key]:.2f}" for key in keys]
    row = " ".join(f"{figure:>7}" for figure in figures)
    print(f"{language:5} {name:9} {len(sentences):4} {row}")


if __name__ == "__main__":
    main()
