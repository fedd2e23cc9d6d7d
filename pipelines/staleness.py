"""What is stale: tables and batches that today's code, vocabulary, models and settings would make otherwise; and why.

`ops.made` tells by which code a table was last made, `ops.rule_files` which files that was. Dagster shows the same
as outdated assets, from records of its own. Coding a sentence looks at the words of its own language, so a batch is
stale for a changed file of one only where it holds sentences of that language; so with translating.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch

import dagster as dg

from assets.code_versions import made_by, version_of
from assets.specs import code_of
from pipelines.warehouse import Query

EARLIER = "made by an Attaché that kept no book of it"
_OF_ONE_LANGUAGE = re.compile(r"vocabulary/([a-z]{2})/(?:events|contexts|grammar)\.toml|model \S+ ([a-z]{2,3})")
_MADE = """
SELECT b.batch, t.table_name, m.code_version, m.rules, m.made_at
FROM (SELECT batch FROM ops.batches WHERE status = 'done' UNION ALL SELECT '') AS b
CROSS JOIN (SELECT unnest(?::VARCHAR[]) AS table_name, unnest(?::BOOLEAN[]) AS is_batched) AS t
LEFT JOIN ops.made AS m ON m.table_name = t.table_name AND m.batch = b.batch
WHERE (b.batch <> '') = t.is_batched ORDER BY b.batch, t.table_name
"""
_LANGUAGES = "SELECT batch, list(DISTINCT language) AS languages FROM translated.segments GROUP BY batch"
_ANY_DONE = "SELECT 1 FROM ops.batches WHERE status = 'done' LIMIT 1"


@dataclass(frozen=True)
class Stale:
    """A table, or a batch of it (empty for a table without batches), that would be made otherwise, and why."""

    table: str
    batch: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class _Maker:
    """What makes a table: its parts, what there is now at them, and the tables it is made of."""

    parts: tuple[str, ...]
    files: Mapping[str, str]
    made_from: tuple[str, ...]
    is_batched: bool


def find_stale(query: Query, assets: Iterable[dg.AssetsDefinition], installation: Mapping[str, str]) -> list[Stale]:
    """Every table and finished batch that is stale, in the order of batches and tables.

    `installation`: name to version of the models and settings in force (`pipelines.rules.installation_of`).
    """
    if query(_ANY_DONE).is_empty():
        return []
    makers = _makers(assets, installation)
    made = query(_MADE, [list(makers), [maker.is_batched for maker in makers.values()]])
    times = {(row["table_name"], row["batch"]): row["made_at"] for row in made.iter_rows(named=True)}
    languages: dict[str, Sequence[str]] = dict(query(_LANGUAGES).rows())
    files_then = _files_then(query, set(made["rules"].drop_nulls()))
    found = []
    for row in made.iter_rows(named=True):
        table, batch, maker = row["table_name"], row["batch"], makers[row["table_name"]]
        reasons: list[str] = []
        if row["code_version"] is None:
            reasons.append(EARLIER)
        elif row["code_version"] != version_of(maker.files):
            reasons += _changed(maker, files_then[row["rules"]], languages.get(batch, ()) if batch else None)
        reasons += [
            f"{earlier} was made again"
            for earlier in maker.made_from
            if batch and row["made_at"] and (made_at := times.get((earlier, batch))) and made_at > row["made_at"]
        ]
        if reasons:
            found.append(Stale(table, batch, tuple(reasons)))
    return found


def stale_steps(
    stale: Collection[str], assets: Iterable[dg.AssetsDefinition], graph_keys: Collection[dg.AssetKey]
) -> list[dg.AssetKey]:
    """The assets among `graph_keys` to run for the stale tables: what makes these, and all that depends on them."""
    steps = [step for step in assets if step.keys & set(graph_keys)]
    chosen: set[dg.AssetKey] = {key for step in steps for key in step.keys if ".".join(key.path) in stale}
    while True:
        more = {
            key
            for step in steps
            if step.keys & chosen or any(dep.asset_key in chosen for spec in step.specs for dep in spec.deps)
            for key in step.keys
        }
        if more <= chosen:
            return sorted(chosen & set(graph_keys))
        chosen |= more


def _makers(assets: Iterable[dg.AssetsDefinition], installation: Mapping[str, str]) -> dict[str, _Maker]:
    return {
        ".".join(spec.key.path): _Maker(
            code_of(spec),
            made_by(*code_of(spec), installation=installation),
            tuple(".".join(dep.asset_key.path) for dep in spec.deps),
            spec.partitions_def is not None,
        )
        for asset in assets
        for spec in asset.specs
        if code_of(spec)
    }


def _files_then(query: Query, rules: Collection[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    sql = "SELECT rules, file, sha256 FROM ops.rule_files WHERE rules IN (SELECT unnest(?::VARCHAR[]))"
    for name, file, sha256 in query(sql, [sorted(rules)]).iter_rows():
        found[name][file] = sha256
    return found


def _changed(maker: _Maker, then: Mapping[str, str], languages: Sequence[str] | None) -> list[str]:
    """The files of the maker that are not what they were then, but those of languages that are not there."""
    now = maker.files
    names = {name for name in now if then.get(name) != now[name]}
    names |= {name for name in then if name not in now and any(_is_part(name, part) for part in maker.parts)}
    return sorted(name for name in names if languages is None or _concerns(name, languages))


def _concerns(file: str, languages: Sequence[str]) -> bool:
    found = _OF_ONE_LANGUAGE.fullmatch(file)
    return found is None or (found[1] or found[2]) in languages


def _is_part(name: str, part: str) -> bool:
    return name == part or name.startswith(f"{part}/") or fnmatch(name, part)
