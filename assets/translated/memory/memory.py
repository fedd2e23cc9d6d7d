"""Looking up and adding translations: the memory as a value, filled from rows, with new rows taken off it.

Reading and writing the table is the asset's work; here is what to ask for (`source_keys`, `MEMORY_QUERY`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from assets.translated.memory.rows import HUMAN, MEMORY, MemoryEntry, memory_id, normalise_sentence, source_key
from assets.translated.segments.rows import Segment

# Takes one parameter, the list of keys that `source_keys` gives.
MEMORY_QUERY = (
    f"SELECT {', '.join(MEMORY.column_names)} FROM {MEMORY.qualified_name} "  # noqa: S608 - names of our own row type
    "WHERE source_key IN (SELECT unnest(?::VARCHAR[]))"
)


class Memory:
    """Translations by sentence. `new_entries` are those added since it was made."""

    def __init__(self, entries: Iterable[MemoryEntry] = ()) -> None:
        self._by_key: dict[str, dict[str, MemoryEntry]] = defaultdict(dict)
        self._new: dict[str, MemoryEntry] = {}
        for entry in entries:
            self._by_key[entry.source_key][entry.memory_id] = entry

    @property
    def new_entries(self) -> tuple[MemoryEntry, ...]:
        """Entries added since the memory was made, by key, so that the order of work does not show."""
        return tuple(self._new[key] for key in sorted(self._new))

    def add(self, entry: MemoryEntry) -> None:
        """Keeps an entry; one with the same key is replaced."""
        self._by_key[entry.source_key][entry.memory_id] = entry
        self._new[entry.memory_id] = entry

    def correction(self, key: str) -> MemoryEntry | None:
        """What a person said the sentence's English is, if anyone did."""
        return self._by_key.get(key, {}).get(memory_id(key, HUMAN, ""))

    def find(self, key: str, engine: str, model: str, glossary: str = "") -> MemoryEntry | None:
        """The sentence's translation by just this engine, model and glossary."""
        return self._by_key.get(key, {}).get(memory_id(key, engine, model, glossary))

    def best(self, key: str) -> MemoryEntry | None:
        """The sentence's translation of the highest quality, by whatever made it; ties go to the lower key."""
        entries = sorted(self._by_key.get(key, {}).values(), key=lambda e: (-(e.quality or 0.0), e.memory_id))
        return entries[0] if entries else None


def source_keys(segments: Iterable[Segment]) -> list[str]:
    """Sorted keys of the sentences that are to be translated: the parameter of `MEMORY_QUERY`."""
    return sorted({source_key(s.language, s.source_text) for s in segments if s.english_text is None})


def correction(language: str, sentence: str, english: str, origin: str = "") -> MemoryEntry:
    """A person's English for a sentence; it outranks every engine. `origin` says where it came from."""
    return entry(language, sentence, english, HUMAN, origin, quality=1.0)


def entry(
    language: str,
    sentence: str,
    english: str,
    engine: str,
    model: str,
    *,
    glossary: str = "",
    quality: float | None = None,
    flags: Sequence[str] = (),
    segment_id: str | None = None,
) -> MemoryEntry:
    """The row of a translation, keys computed. `sentence` is normalised here."""
    key = source_key(language, sentence)
    return MemoryEntry(
        memory_id=memory_id(key, engine, model, glossary),
        source_key=key,
        language=language,
        source_text=normalise_sentence(sentence),
        english_text=english,
        engine=engine,
        model=model,
        glossary="" if engine == HUMAN else glossary,
        quality=quality,
        flags=tuple(flags),
        segment_id=segment_id,
    )
