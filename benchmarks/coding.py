"""Score the event coder on labelled sentences, beside a keyword baseline in the same run.

    python -m benchmarks.coding benchmarks/labelled/*.jsonl [--misses 10] [--table]

A labelled file is JSON Lines: {"id", "lang", "text", "date", "events": [{"root", "source", "target", …}]}, with
no events where the sentence tells of none. The first event is the sentence's label; any of them counts as found, as
does a type that its `root_also` names. Countries count where the label names one; with `joint` either order is right.
Sentences with one `group` are the same in several languages: what the coder finds there is set against English.
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

from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.coder import code_text
from assets.events.mentions.language import compiled_language

NONE = "(none)"
_TIMED_SECONDS = 0.5
_HEADS = ("macroF1", "root", "recall", "false", "source", "target")


@dataclass(frozen=True)
class Labelled:
    """One labelled sentence."""

    identifier: str
    language: str
    text: str
    published: date | None
    events: tuple[dict[str, Any], ...]
    set: str = ""
    group: str | None = None


@dataclass(frozen=True)
class Answer:
    """What a coder said of a sentence: the root and the two countries of its best event."""

    root: str
    source: str | None
    target: str | None


def is_right(event: CodedEvent, sentence: Labelled) -> bool:
    """Whether an event has a type of the sentence's label, and every country that its first event names."""
    if not sentence.events:
        return False
    first = sentence.events[0]
    roots = [root for labelled in sentence.events for root in (labelled["root"], *labelled.get("root_also", ()))]
    sides = (event.source and event.source.country, event.target and event.target.country)
    wanted = (first.get("source"), first.get("target"))
    orders = (sides, sides[::-1]) if first.get("joint") else (sides,)
    fits = any(all(w in (None, s) for w, s in zip(wanted, order, strict=True)) for order in orders)
    return event.plover_type in roots and fits


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error of confidences and whether they were right, over ten bins of equal width."""
    bins = _bins(pairs)
    gaps = (abs(sum(c for c, _ in b) - sum(right for _, right in b)) for b in bins.values())
    return sum(gaps) / len(pairs) if pairs else 0.0


def reliability(pairs: Sequence[tuple[float, bool]]) -> list[str]:
    """The reliability curve as lines: mean confidence, share right, number of events."""
    return [
        f"  confidence {sum(c for c, _ in b) / len(b):.2f}  right {sum(r for _, r in b) / len(b):.2f}  n {len(b)}"
        for _, b in sorted(_bins(pairs).items())
    ]


def _bins(pairs: Sequence[tuple[float, bool]]) -> dict[int, list[tuple[float, bool]]]:
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[min(int(confidence * 10), 9)].append((confidence, right))
    return bins


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
                    Labelled(
                        str(record["id"]),
                        record["lang"],
                        record["text"],
                        published,
                        tuple(record["events"]),
                        path.stem,
                        record.get("group"),
                    )
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
    """Print the figures, a language a row, then by set, confidence, speed, confusions and misses."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, help="print so many wrong answers a language")
    parser.add_argument("--table", action="store_true", help="print the whole confusion table of each language")
    arguments = parser.parse_args()
    sentences = read_labelled(arguments.files)
    by_language: dict[str, list[Labelled]] = defaultdict(list)
    for sentence in sentences:
        by_language[sentence.language].append(sentence)
    print(f"{'lang':5} {'coder':9} {'n':>4} " + " ".join(f"{head:>7}" for head in _HEADS))
    results = {}
    for language, its in sorted(by_language.items()):
        compiled_language(language)
        results[language] = score(its, coder_answer)
        _print_row(language, "attache", its, results[language])
        _print_row(language, "keywords", its, score(its, keyword_answer))
    _print_false_events(sentences)
    _print_groups(sentences)
    _print_confidence(sentences)
    for language, its in sorted(by_language.items()):
        _print_language(language, its, results[language], arguments.misses, table=arguments.table)


def _print_false_events(sentences: Sequence[Labelled]) -> None:
    """The share of sentences without events that were coded, by file and language."""
    counts: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for sentence in sentences:
        if not sentence.events:
            counts[sentence.set, sentence.language].append(coder_answer(sentence).root != NONE)
    print("\nfalse events: " + ", ".join(f"{s} {lang} {sum(c)}/{len(c)}" for (s, lang), c in sorted(counts.items())))


def _print_groups(sentences: Sequence[Labelled]) -> None:
    """Event recall on the same sentences in several languages, relative to English."""
    groups: dict[str, dict[str, Labelled]] = defaultdict(dict)
    for sentence in sentences:
        if sentence.group and sentence.events:
            groups[sentence.group][sentence.language] = sentence
    hits: dict[str, list[bool]] = defaultdict(list)
    for group in groups.values():
        for language, sentence in group.items():
            roots = [r for e in sentence.events for r in (e["root"], *e.get("root_also", ()))]
            hits[language].append(coder_answer(sentence).root in roots)
    english = _share(sum(hits["en"]), len(hits["en"]))
    if english:
        shares = {language: _share(sum(found), len(found)) / english for language, found in sorted(hits.items())}
        print("right root, relative to English: " + ", ".join(f"{lang} {v:.2f}" for lang, v in shares.items()))


def _print_confidence(sentences: Sequence[Labelled]) -> None:
    pairs = []
    for sentence in sentences:
        events = code_text(sentence.text, sentence.language, sentence.published)
        if events:
            pairs.append((events[0].confidence, is_right(events[0], sentence)))
    print(f"\nconfidence: calibration error {calibration_error(pairs):.3f} over {len(pairs)} best events")
    print("\n".join(reliability(pairs)))


def _print_language(language: str, sentences: Sequence[Labelled], result: Score, misses: int, *, table: bool) -> None:
    print(f"\n{language}: {_speed(sentences):,.0f} sentences a CPU second")
    print("  " + "  ".join(f"{root} {value:.2f}" for root, value in result.per_root().items()))
    print("  confusions: " + ", ".join(f"{a}→{b} {n}" for (a, b), n in result.confusion.most_common(8)))
    if table:
        _print_table(result)
    for sentence, answer in result.misses[:misses]:
        wanted = ", ".join(event["root"] for event in sentence.events) or NONE
        print(f"  - {wanted} ≠ {answer.root}: {sentence.text}")


def _print_table(result: Score) -> None:
    """Labels down, answers across."""
    cells = result.confusion + Counter({(root, root): n for root, n in result.true.items()})
    names = sorted({name for pair in cells for name in pair})
    print("  " + " " * 10 + " ".join(f"{name[:6]:>6}" for name in names))
    for wanted in names:
        print(f"  {wanted:10}" + " ".join(f"{cells[wanted, given] or '·':>6}" for given in names))


def _speed(sentences: Sequence[Labelled]) -> float:
    """Sentences a second of one core's time, words already met (as in the middle of a run), over half a second."""
    coded, started = 0, time.process_time()
    while time.process_time() - started < _TIMED_SECONDS:
        for sentence in sentences:
            code_text(sentence.text, sentence.language, sentence.published)
        coded += len(sentences)
    return coded / (time.process_time() - started)


def _print_row(language: str, name: str, sentences: Sequence[Labelled], result: Score) -> None:
    row = " ".join(f"{figure:>7.2f}" for figure in result.figures())
    print(f"{language:5} {name:9} {len(sentences):4} {row}")


if __name__ == "__main__":
    main()
