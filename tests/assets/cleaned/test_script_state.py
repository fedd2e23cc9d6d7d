"""What is read off a page's scripts, and that nothing is that does not belong to its story."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.html.script_state import ScriptState, read_state

TITLE = "Bridge over the Narew opens in June"
OWN = {"title": TITLE, "publishedAt": "2024-03-05T10:00:00Z", "authors": [{"name": "Jane Doe"}]}
OTHER = {"title": "Rail workers walk out over pay", "publishedAt": "2024-01-01", "authors": [{"name": "Bob Other"}]}
FOUND = ScriptState(("Jane Doe",), ("2024-03-05T10:00:00Z",))


def test_of_several_stories_the_page_s_own_counts():
    assert read_state([json.dumps({"list": [OTHER], "page": OWN})], TITLE) == FOUND
    assert read_state([f"window.__STATE__ = {json.dumps([OTHER, OWN])};(function(){{}}())"], TITLE) == FOUND
    assert read_state([f"window._preloads = JSON.parse({json.dumps(json.dumps(OWN))})"], TITLE) == FOUND
    assert read_state([json.dumps({"list": [OTHER]})], TITLE) == ScriptState()


def test_nuxt_s_flat_list_is_unfolded():
    flat = [{"data": 1}, {"story": 2}, {"title": 3, "author": 4}, TITLE, [5], {"name": 6}, "Jane Doe"]
    assert read_state([json.dumps(flat)], TITLE).authors == ("Jane Doe",)


def test_what_a_page_tells_its_counter_counts_without_a_headline():
    loose = "dataLayer.push({'pageType': 'article', 'author': 'Jane Doe', 'publishDate': '2024-03-05'});"
    assert read_state([loose], None) == ScriptState(("Jane Doe",), ("2024-03-05",))
    assert read_state(["var conf = {'author': 'Jane Doe'};"], None) == ScriptState()


@given(st.text(alphabet="{}[]\"':,=() authornmeJSON.pse\\\n0129", max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_script_is_too_odd(text):
    read_state([text, f"author {text}", f"dataLayer.push({text})"], TITLE)
