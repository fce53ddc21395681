"""Uploads on their way in, where the disk may be full: a file that finds no room does not take the whole form down."""

from __future__ import annotations

import logging
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

logger = logging.getLogger(__name__)


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
