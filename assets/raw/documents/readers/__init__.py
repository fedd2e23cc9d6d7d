"""One module a family of formats; `READERS` names the reader of each kind of file."""

from assets.raw.documents.readers.archives import read_tar, read_zip
from assets.raw.documents.readers.csv_table import read_csv
from assets.raw.documents.readers.json_records import read_json, read_json_lines
from assets.raw.documents.readers.pages import read_page
from assets.raw.documents.readers.parquet import read_parquet
from assets.raw.documents.readers.warc import read_warc
from assets.raw.documents.source import Readers

READERS: Readers = {
    "text": read_page,
    "html": read_page,
    "json": read_json,
    "jsonl": read_json_lines,
    "csv": read_csv,
    "parquet": read_parquet,
    "warc": read_warc,
    "tar": read_tar,
    "zip": read_zip,
}
