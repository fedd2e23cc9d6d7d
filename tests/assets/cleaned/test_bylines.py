"""Whom lines of a page name as its authors, in the ways of many languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.cleaned.documents.credits.names import split_names
from assets.cleaned.documents.lines.features import features_of


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("en", "By Mara Holt March 4, 2024", ["Mara Holt"]),
        ("en", "By Mara Holt on March 4, 2024", ["Mara Holt"]),
        ("en", "Posted on March 4, 2024 by Mara Holt", ["Mara Holt"]),
        ("en", "March 4, 2024 by Mara Holt Leave a Comment", ["Mara Holt"]),
        ("en", "By MARA HOLT FOR THE HARBOUR POST", ["Mara Holt"]),
        ("en", "By Mara Holt@maraholt", ["Mara Holt"]),
        ("en", "By Mara Holt, KARELIN CITY", ["Mara Holt"]),
        ("en", "By Mara Holt, New Delhi", ["Mara Holt"]),
        ("en", "By Mara Holt, Photos by Jonas Petri", ["Mara Holt"]),
        ("en", "Written by: Mara Holt Edited by: Jonas Petri", ["Mara Holt"]),
        ("en", "By Sam Holt Jr.", ["Sam Holt Jr."]),
        ("en", "By Web Desk", ["Web Desk"]),
        ("en", "By the river Jane sat down", []),
        ("de", "Von Mara Holt, ARD-Studio Kairo", ["Mara Holt"]),
        ("de", "Von Mara Holt (Text) und Jonas Petri (Fotos)", ["Mara Holt"]),
        ("de", "Von unserer Redakteurin Mara Holt", ["Mara Holt"]),
        ("fr", "Par Marc Dubois Publié le 04/03/2024 à 10:33", ["Marc Dubois"]),
        ("fr", "De notre correspondante à Dakar, Awa Diallo", ["Awa Diallo"]),
        ("fr", "Par La Rédaction", ["La Rédaction"]),
        ("es", "Texto y fotos: Ana Ruiz", ["Ana Ruiz"]),
        ("tr", "Haber: Filiz IŞIK", ["Filiz Işık"]),
        ("ar", "كتب: القاهرة - ليلى حداد", ["ليلى حداد"]),
        ("zh", "来源：新华社 作者：王小明 2024-03-04 10:33", ["王小明"]),
        ("zh", "本报记者 王小明 李华", ["王小明", "李华"]),
        ("zh", "文/王小明 图/李华", ["王小明"]),
    ],
)
def test_names_in_a_byline(language, line, names):
    assert list(features_of(line, language).byline_names) == names


@pytest.mark.parametrize(
    ("language", "line", "names"),
    [
        ("ko", "김민수 기자 minsu@post.example", ["김민수"]),
        ("ko", "서울=김민수 특파원", ["김민수"]),
        ("ko", "(서울=항구일보) 김민수 기자", ["김민수"]),
        ("ja", "高橋恵子記者", ["高橋恵子"]),
        ("ja", "社会部・高橋恵子", ["高橋恵子"]),
        ("ja", "高橋恵子", []),
    ],
)
def test_a_name_with_its_role_is_a_byline(language, line, names):
    feature = features_of(line, language)
    assert list(feature.signed_names) == names
    assert (feature.overt_reason == "byline") == bool(names)


@given(st.text(alphabet="Mara HOLT,;/()[]@.|-&和王小明 ليلىو・=１2", max_size=60))
def test_names_are_words_of_their_byline(text):
    for name in split_names(text):
        assert name.strip() == name != ""
        assert all(word.strip(".").casefold() in text.casefold() for word in name.split())
