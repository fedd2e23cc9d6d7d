"""An S3 server on this machine, with the keys to it in the environment, as users give them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import fsspec
import pytest

SECRET = "not-for-any-log"


@contextmanager
def bucket_of(files: Mapping[str, bytes], bucket: str) -> Iterator[str]:
    """The address of a bucket that holds the files, by their keys, while the server runs."""
    pytest.importorskip("s3fs", reason="corpora on S3 need the extra s3")
    server_module = pytest.importorskip("moto.server", reason="S3 is tested against moto's server (extra test)")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
        store = fsspec.filesystem("s3")
        store.mkdir(bucket)
        for key, content in files.items():
            store.pipe(f"{bucket}/{key}", content)
        yield f"s3://{bucket}"
    server.stop()
    type(store).clear_instance_cache()
