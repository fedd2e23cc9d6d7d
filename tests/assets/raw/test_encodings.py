"""Decoding: what writers wrote comes back, whatever the bytes claim about themselves."""

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.raw.documents.encodings import declared_encoding, decode, oddity

SENTENCES = {
    "ar": "قالت وزارة الخارجية في بيان صدر اليوم إن الوفد البرلماني وصل إلى العاصمة لإجراء محادثات.",
    "fa": "وزارت خارجه روز دوشنبه اعلام کرد که هیئت پارلمانی برای گفتگو درباره همکاری نظامی به پایتخت رسیده است.",
    "ru": "Министерство иностранных дел сообщило в понедельник, что делегация прибыла в столицу для переговоров.",
    "uk": "Міністерство закордонних справ повідомило в понеділок, що делегація прибула до столиці для переговорів.",
    "de": "Das Außenministerium erklärte am Montag, die Delegation sei für Gespräche über die Grenze gereist.",
    "fr": "Le ministère a déclaré lundi que la délégation était arrivée dans la capitale. L’entretien durera.",
    "es": "El Ministerio informó el lunes de que la delegación llegó a la capital; la cooperación seguirá mañana.",
    "tr": "Dışişleri Bakanlığı pazartesi günü yaptığı açıklamada, heyetin başkente geldiğini bildirdi.",
    "pl": "Ministerstwo poinformowało, że delegacja przybyła do stolicy na rozmowy, później zaś wróci do kraju.",
    "el": "Το Υπουργείο Εξωτερικών ανακοίνωσε τη Δευτέρα ότι η αντιπροσωπεία έφτασε στην πρωτεύουσα.",
    "he": "משרד החוץ הודיע ביום שני כי המשלחת הגיעה לבירה לשיחות על שיתוף פעולה צבאי בין שתי המדינות.",
    "zh": "外交部星期一表示，代表团已抵达首都，就两国军事合作举行会谈。会谈将持续三天。",
    "ja": "外務省は月曜日、代表団が両国間の軍事協力について協議するため首都に到着したと発表した。",
}
LEGACY = [
    ("ar", "windows-1256"),
    ("ar", "iso-8859-6"),
    ("fa", "windows-1256"),
    ("ru", "windows-1251"),
    ("ru", "koi8-r"),
    ("ru", "iso-8859-5"),
    ("uk", "windows-1251"),
    ("de", "windows-1252"),
    ("de", "iso-8859-1"),
    ("fr", "windows-1252"),
    ("es", "iso-8859-1"),
    ("tr", "windows-1254"),
    ("tr", "iso-8859-9"),
    ("pl", "windows-1250"),
    ("pl", "iso-8859-2"),
    ("el", "windows-1253"),
    ("he", "windows-1255"),
    ("zh", "gb18030"),
    ("zh", "big5"),
    ("ja", "shift_jis"),
    ("ja", "euc_jp"),
]


def written(language: str, encoding: str) -> tuple[bytes, str]:
    content = SENTENCES[language].encode(encoding, "ignore")
    return content, content.decode(encoding)


def page(content: bytes, declared: str) -> bytes:
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><body><p>'
    return head.encode() + content + b"</p></body></html>"


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_legacy_text_that_declares_nothing(language, encoding):
    content, text = written(language, encoding)
    decoded = decode(content, declares=False)
    assert decoded.text == text or "mojibake" in decoded.flags


@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_a_true_declaration_is_believed(language, encoding):
    content, text = written(language, encoding)
    assert f"<p>{text}</p>" in decode(page(content, encoding), declares=True).text


@pytest.mark.parametrize("wrong", ["utf-8", "windows-1256", "koi8-r", "windows-1251", "utf-16", "no-such-thing"])
@pytest.mark.parametrize(("language", "encoding"), LEGACY)
def test_a_false_declaration_is_found_out(language, encoding, wrong):
    content, text = written(language, encoding)
    assert f"<p>{text}</p>" in decode(page(content, wrong), declares=True).text


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("wrong", ["iso-8859-1", "windows-1256", "gb2312"])
def test_utf8_is_utf8_whatever_is_declared(language, wrong):
    text = SENTENCES[language]
    decoded = decode(page(text.encode(), wrong), declares=True)
    assert text in decoded.text
    assert decoded.encoding == "utf-8"


@pytest.mark.parametrize("language", ["ar", "ru", "de", "tr", "zh"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("marked", [True, False])
def test_utf16_with_and_without_a_mark(language, encoding, marked):
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    content = (marks[encoding] if marked else b"") + SENTENCES[language].encode(encoding)
    decoded = decode(content, declares=False)
    if marked or language != "zh":  # unmarked Chinese in UTF-16 has no spaces to know it by
        assert decoded.text == SENTENCES[language]
        assert decoded.encoding == encoding


def test_a_mark_is_no_character_of_the_text():
    assert decode(codecs.BOM_UTF8 + b"page", declares=False).text == "page"
    assert decode(codecs.BOM_UTF32_LE + "page".encode("utf-32-le"), declares=False).text == "page"


def test_a_few_broken_bytes_do_not_make_utf8_something_else():
    text = SENTENCES["ar"]
    content = text.encode()[:-1] + b"\xff tail"
    decoded = decode(content, declares=False)
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith(text[:-2])
    assert decoded.text.endswith("tail")


def test_a_nul_becomes_a_replacement_character_in_its_place():
    assert decode(b"one\0two", declares=False).text == "one\ufffdtwo"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (b"<meta charset=windows-1256>", "cp1256"),
        (b'<META CharSet = "ISO-8859-1" />', "cp1252"),
        (b"<?xml version='1.0' encoding='koi8-r'?>", "koi8-r"),
        (b'<meta content="text/html; charset=gb2312" http-equiv="Content-Type">', "gb18030"),
        (b"<meta charset=utf-16>", "utf-8"),
        (b"<meta charset=rot13><meta charset=utf-7><meta charset=unicode_escape>", None),
        (b"<meta charset=nonsense><meta charset=windows-1254>", "cp1254"),
        (b"<p>charset=windows-1256</p>", None),
    ],
)
def test_what_a_page_declares(head, expected):
    assert declared_encoding(b"<html><head>" + head) == expected


@given(st.binary(max_size=400), st.booleans())
@settings(max_examples=150, deadline=None)
def test_any_bytes_give_a_text_that_can_be_stored(content, declares):
    decoded = decode(content, declares=declares)
    assert "\0" not in decoded.text
    decoded.text.encode("utf-8")
    codecs.lookup(decoded.encoding)


@given(st.text(max_size=200))
@settings(deadline=None)
def test_utf8_text_comes_back_character_for_character(text):
    content = text.encode("utf-8", "surrogatepass")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return
    if "\0" in text or text.startswith("\ufeff"):
        return
    decoded = decode(content, declares=False)
    assert decoded.text == text or "mojibake" in decoded.flags


@pytest.mark.parametrize("language", SENTENCES)
def test_sentences_are_not_odd_and_wrong_decodings_are(language):
    text = SENTENCES[language]
    assert oddity(text) < 0.1
    assert oddity(text.encode().decode("cp1252", "replace")) > 0.5
