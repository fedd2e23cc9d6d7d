"""Words that a model says it copied are found in the text, or are not."""

from hypothesis import given
from hypothesis import strategies as st

from assets.events.second_opinions.evidence import locate

WORDS = st.text(alphabet="abc القصف дом.,", min_size=1, max_size=12).filter(str.strip)


@given(before=st.text(max_size=20), quote=WORDS, after=st.text(max_size=20))
def test_a_copy_is_found_and_reads_the_same(before: str, quote: str, after: str) -> None:
    span = locate(quote, before + quote + after)
    assert span is not None
    assert (before + quote + after)[slice(*span)] == quote.strip()


@given(words=st.lists(st.text(alphabet="abcقص", min_size=1, max_size=5), min_size=1, max_size=5), data=st.data())
def test_white_space_and_unseen_marks_may_differ(words: list[str], data: st.DataObject) -> None:
    gaps = st.sampled_from([" ", "\n", " \u200f", "\u00a0 "])
    text = words[0] + "".join(data.draw(gaps) + word for word in words[1:])
    marked = "".join(letter + data.draw(st.sampled_from(["", "\u200e", "\u0640"])) for letter in text)
    span = locate(" ".join(words), marked)
    assert span is not None
    assert "".join(
        marked[slice(*span)].replace("\u200e", "").replace("\u0640", "").replace("\u200f", "").split()
    ) == ("".join(words))


def test_what_is_not_there_is_not_found() -> None:
    text = "Mali expelled two French diplomats."
    assert locate("Mali expelled three French diplomats", text) is None
    assert locate("mali expelled", text) is None  # not letter by letter
    assert locate("  ", text) is None
    assert locate("x" * 5000, "x" * 6000) is None
    assert locate("a.c", "abc") is None  # nothing in a quote is a pattern
