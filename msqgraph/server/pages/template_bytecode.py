"""Templates as they were compiled before: kept beside the bytecode of this package, as Python keeps its own.

Whoever can write there can change what Python itself runs, so nothing is trusted that was not trusted already.
"""

from __future__ import annotations

import contextlib
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

import jinja2

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

FOLDER = Path(cache_from_source(__file__)).parent


class TemplateBytecode(jinja2.BytecodeCache):
    """One for the environments of all languages: what a template is compiled to is the same in each.

    What is there for another text of a template, version of Jinja or Python is compiled anew; Jinja looks at that.
    """

    def __init__(self, options: str, folder: Path = FOLDER) -> None:
        """Nothing is read yet.

        :param options: tell what a template is compiled to, besides its text: other options, other files.
        """
        self._options, self._folder = options, folder
        self._kept: dict[str, bytes] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A name for a template that was compiled with these options."""
        return super().get_cache_key(f"{name}|{self._options}", filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled, if it is there."""
        kept = self._kept.get(bucket.key)
        if kept is None:
            try:
                kept = self._file(bucket).read_bytes()
            except OSError:
                return
        bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps it for the other languages; and for the next start, where the folder can be written."""
        self._kept[bucket.key] = compiled = bucket.bytecode_to_string()
        if sys.dont_write_bytecode:
            return
        file = self._file(bucket)
        new = file.with_suffix(f".{os.getpid()}-{get_ident()}")
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            try:
                new.write_bytes(compiled)
                new.replace(file)
            finally:
                new.unlink(missing_ok=True)

    def _file(self, bucket: Bucket) -> Path:
        return self._folder / f"template-{bucket.key}.bin"
