"""Score the event coder on labelled sentences, beside a keyword baseline in the same run.

    python -m benchmarks.coding benchmarks/labelled/*.jsonl [--misses 10]

A labelled file is JSON Lines: {"id", "lang", "text", "date", "events": [{"root", "source", "target", …}]}, with
no events where the sentence tells of none. The first event is the sentence's label; any of them counts as found, as
does a type that its `root_also` names. Countries count where the label names one; with `joint` either order is right.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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


@dataclass
class Score:
    """Counts over labelled sentences, and the figures read off them."""

    true: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    misses: list[tuple[Labelled, Answer]] = field(default_factory=list)
    countries: dict[str, list[bool]] = field(default_factory=lambda: {"source": [], "target": []})
    events: int = 0
    found: int = 0
    negatives: int = 0
    false_events: int = 0

    def per_root(self) -> dict[str, float]:
        """F1 of each root that is labelled."""
        labels = sorted((set(self.true) | set(self.missed)) - {NONE})
        return {label: _f1(self.true[label], self.false[label], self.missed[label]) for label in labels}

    def figures(self) -> list[float]:
        """Macro-F1, root accuracy, event recall, false events, source and target exactness; each 0 to 1."""
        per_root = self.per_root()
        return [
            _share(sum(per_root.values()), len(per_root)),
            _share(sum(self.true[label] for label in per_root), self.events),
            _share(self.found, self.events),
            _share(self.false_events, self.negatives),
            *(_share(sum(right), len(right)) for right in self.countries.values()),
        ]


def score(sentences: Sequence[Labelled], coder: Coder) -> Score:
    """How a coder does on labelled sentences."""
    result = Score()
    for sentence in sentences:
        answer = coder(sentence)
        roots = [root for event in sentence.events for root in (event["root"], *event.get("root_also", ()))]
        if roots:
            result.events += 1
            result.found += answer.root != NONE
            _score_countries(result, sentence.events[0], answer)
        else:
            result.negatives += 1
            result.false_events += answer.root != NONE
        expected = roots[0] if roots else NONE
        if answer.root in roots or answer.root == expected:
            result.true[expected] += 1
            continue
        result.missed[expected] += 1
        result.false[answer.root] += 1
        result.confusion[expected, answer.root] += 1
        result.misses.append((sentence, answer))
    return result


def _score_countries(result: Score, label: dict[str, Any], answer: Answer) -> None:
    expected = {"source": label.get("source"), "target": label.get("target")}
    given = {"source": answer.source, "target": answer.target}
    if label.get("joint") and given["source"] == expected["target"]:
        given = {"source": answer.target, "target": answer.source}
    for side, country in expected.items():
        if country:
            result.countries[side].append(given[side] == country)


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0


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
        print("  " + "  ".join(f"{root} {value:.2f}" for root, value in result.per_root().items()))
        print("  confusions: " + ", ".join(f"{a}→{b} {n}" for (a, b), n in result.confusion.most_common(8)))
        for sentence, answer in result.misses[: arguments.misses]:
            wanted = ", ".join(event["root"] for event in sentence.events) or NONE
            print(f"  - {wanted} ≠ {answer.root}: {sentence.text}")


def _print_row(language: str, name: str, sentences: Sequence[Labelled], result: Score) -> None:
    row = " ".join(f"{figure:>7.2f}" for figure in result.figures())
    print(f"{language:5} {name:9} {len(sentences):4} {row}")


if __name__ == "__main__":
    main()
