"""Uploads on their way in: to a disk that may be full, or, where only their digest is wanted, to no disk at all."""

from __future__ import annotations

import hashlib
import logging
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

logger = logging.getLogger(__name__)

# First bytes that are kept of a file that is not: enough to tell a PDF.
HEAD = 8


class NoRoomUpload(UploadedFile[bytes]):
    """Stands in the form for a file that could not be taken in, so that its field can say so."""


class CarefulUploadHandler(TemporaryFileUploadHandler):
    """Keeps a large upload in a temporary file; with no room for it, drops the file and keeps what was typed."""

    found_no_room = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        self.found_no_room = False
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._give_up()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.found_no_room:
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError:
            self._give_up()

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        if self.found_no_room:
            return NoRoomUpload(name=self.file_name, size=file_size)
        return super().file_complete(file_size)

    def _give_up(self) -> None:
        logger.exception("There was no room for an upload on its way in")
        self.found_no_room = True
        if hasattr(self, "file"):
            # Its first half goes with it.
            self.file.close()


class HashedUpload(UploadedFile[bytes]):
    """Stands in the form for a file of which only the digest, the size and the first bytes are known."""

    def __init__(self, *, name: str | None, size: int, digest: str, head: bytes) -> None:
        super().__init__(name=name, size=size)
        self.digest, self.head = digest, head


class HashingUploadHandler(FileUploadHandler):
    """Set it on a request before anything reads the request's form, the check of its CSRF token included."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.sum, self.head = hashlib.sha256(), b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.sum.update(raw_data)
        self.head = (self.head + raw_data[:HEAD])[:HEAD]

    def file_complete(self, file_size: int) -> HashedUpload:
        return HashedUpload(name=self.file_name, size=file_size, digest=self.sum.hexdigest(), head=self.head)
