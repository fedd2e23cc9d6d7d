"""The report's file: template, style, script, chart library and data in one, with a policy that lets nothing else
in.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from string import Template

from pipelines.report.basemap import STEP, outlines
from pipelines.report.data import ReportData

_ENTRY = "window.attacheCharts = vegaEmbed;"


def report_page(data: ReportData, *, title: str, made_at: datetime) -> str:
    """The HTML of the report. What pages wrote is data for the script, compressed, and never markup."""
    payload = data.as_json(
        title=title,
        madeAt=made_at.isoformat(timespec="minutes"),
        world={"step": STEP, "countries": outlines()},
    )
    packed = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    charts, script, style = chart_library(), _inline(_text("page.js")), _text("page.css")
    return Template(_text("page.html")).substitute(
        policy=(
            f"default-src 'none'; script-src {_source(charts)} {_source(script)}; "
            "style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'"
        ),
        style=style,
        charts=_packed(charts),
        script=script,
        data=_packed(packed),
    )


def _packed(text: str) -> str:
    """Text as the page unpacks it: gzip, five letters for four bytes, none of which can end an element.

    Base 85 in the letters of RFC 1924, a comma for its `<`; base 64 takes a sixteenth more. The first letter tells
    how many bytes were added at the end.
    """
    squeezed = gzip.compress(text.encode(), mtime=0)
    return f"{-len(squeezed) % 4}{base64.b85encode(squeezed, pad=True).decode().replace('<', ',')}"


@lru_cache(maxsize=1)
def chart_library() -> str:
    """Vega, Vega-Lite and vega-embed as one script, from the wheel of vl-convert."""
    import vl_convert

    return str(vl_convert.javascript_bundle(_ENTRY))


def _inline(script: str) -> str:
    """A script that can stand inside HTML: nothing in it ends its element."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def _source(script: str) -> str:
    """The policy's name for exactly this script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _text(name: str) -> str:
    return files("pipelines.report").joinpath(name).read_text(encoding="utf-8")
