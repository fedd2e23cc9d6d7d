"""Terms that must come out one way: found in inflected sentences, given to chat models, checked in the English."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assets.translated.engines.available import available_engines
from assets.translated.engines.engine import Failure, Translation, Usage
from assets.translated.glossary import (
    Glossary,
    GlossaryError,
    Term,
    glossary_in_force,
    read_glossary,
    terminology_score,
)
from assets.translated.memory.memory import Memory
from assets.translated.segments.quality import estimate_quality
from assets.translated.segments.records import translate_records

DRONES = Term("ar", "طائرات دون طيار", "drones")
ARMY = Term("de", "Streitkraft", "armed force")
GLOSSARY = Glossary((DRONES, ARMY))


def test_a_glossary_is_read_from_csv(tmp_path: Path) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(
        "lang,source,english\nar,طائرات  دون طيار,drones\nde-DE,Streitkraft,armed force\n", encoding="utf-8"
    )
    glossary = read_glossary(path)
    assert glossary == GLOSSARY
    assert glossary.version == GLOSSARY.version != ""
    assert Glossary((DRONES,)).version not in ("", GLOSSARY.version)
    assert Glossary().version == ""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("source,english\na,b\n", "no column lang"),
        ("lang,source,english\nxxxx,a,b\n", "line 2: 'xxxx' is no language code"),
        ("lang,source,english\nde,...,b\n", "line 2: source and english must both hold words"),
        ("lang,source,english\nde,a,b\nde,a,c\n", "line 3: 'a' is to be 'c', but an earlier line says 'b'"),
    ],
)
def test_mistakes_in_a_glossary_are_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "terms.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GlossaryError, match=message):
        read_glossary(path)
    with pytest.raises(GlossaryError, match="cannot be read"):
        read_glossary(tmp_path / "absent.csv")


@pytest.mark.parametrize(
    ("language", "sentence", "found"),
    [
        ("ar", "زودت تركيا الجيش بطائرات دون طيار أمس.", [DRONES]),
        ("ar", "وصلت الطائرات دون طيار.", [DRONES]),
        ("ar", "وصلت طائرات مع طيار.", []),
        ("de", "Die Streitkräfte und eine Streitkraft.", [ARMY]),
        ("de", "Der Streit hat Kraft.", []),
        ("fr", "طائرات دون طيار", []),
    ],
)
def test_terms_are_found_with_what_is_written_onto_them(language: str, sentence: str, found: list[Term]) -> None:
    assert GLOSSARY.terms_in(sentence, language) == found


def test_a_term_that_came_out_otherwise_is_flagged_and_scored() -> None:
    source = "زودت قطر الجيش بطائرات دون طيار."
    right, wrong = "Qatar supplied the army with drones.", "Qatar supplied the army with planes without a pilot."
    assert "term_lost" not in estimate_quality(source, right, "ar", glossary=GLOSSARY).flags
    assert "term_lost" in estimate_quality(source, wrong, "ar", glossary=GLOSSARY).flags
    assert terminology_score(GLOSSARY, [("ar", source, right), ("ar", source, wrong), ("ar", "نعم", "Yes")]) == (1, 2)


def test_a_chat_model_is_told_the_terms_of_its_sentences_and_the_memory_keeps_the_version(
    server: Any, reply: Any, tmp_path: Path
) -> None:
    def respond(request: Any) -> Any:
        sentences = json.loads(request.body["messages"][1]["content"])["sentences"]
        answer = {"translations": [{"id": s["id"], "english": "The army received drones."} for s in sentences]}
        return reply({"choices": [{"message": {"content": json.dumps(answer)}}]})

    server.respond = respond
    engines = available_engines(
        ["openai"], models_folder=tmp_path, openai_base_url=server.url, openai_model="m", glossary=GLOSSARY
    )
    memory = Memory()
    record = {"id": 1, "lang": "ar", "text": "تسلم الجيش طائرات دون طيار."}
    result = next(translate_records([record], engines, memory=memory, glossary=GLOSSARY))
    assert result["status"] == "translated"
    instructions = server.received[0].body["messages"][0]["content"]
    assert "Translate طائرات دون طيار as: drones" in instructions
    assert "Streitkraft" not in instructions
    assert [entry.glossary for entry in memory.new_entries] == [GLOSSARY.version]
    assert isinstance(engines[0].translate(["نعم"], "ar")[0], Translation)
    assert "drones" not in server.received[1].body["messages"][0]["content"]


class Forgetful:
    """An engine that says UAV for every drone that is not put into its mouth."""

    name = "firefox"
    batch_size = 4

    def __init__(self) -> None:
        self.usage = Usage()
        self.asked: list[str] = []

    def supports(self, language: str) -> bool:
        return True

    def why_not(self, language: str) -> str:
        return ""

    def model_for(self, language: str) -> str:
        return "m"

    def translate(self, sentences: Sequence[str], language: str) -> list[Translation | Failure]:
        self.asked += sentences
        return [
            Translation("The army shot down drones." if "drone" in s else "UAV fell.", "firefox", "m")
            for s in sentences
        ]


def test_a_term_that_is_lost_is_put_into_the_sentence_and_asked_again_once() -> None:
    engine, memory = Forgetful(), Memory()
    records = [{"id": 1, "lang": "ar", "text": "أسقط الجيش طائرات دون طيار."}]
    glossary = Glossary((Term("ar", "طائرات دون طيار", "drone"),))
    for _ in range(2):
        (answer,) = translate_records(records, [engine], memory=memory, glossary=glossary)
        assert answer["text"] == "The army shot down drones."
        assert "term_lost" not in answer["flags"]
    assert engine.asked == ["أسقط الجيش طائرات دون طيار.", "أسقط الجيش drone."], "and never again"


def test_a_users_terms_stand_over_the_standard_ones(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("lang,source,english\nde,Drohne,UAV\n", encoding="utf-8")
    terms = {(t.language, t.source): t.english for t in glossary_in_force(path).terms}
    assert terms["de", "Drohne"] == "UAV"
    assert terms["ar", "حزب الله"] == "Hezbollah"
    assert glossary_in_force(path).version != glossary_in_force(None).version
