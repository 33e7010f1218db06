"""No page takes a file, so none is read: a request that brings one is refused before anything of it is kept."""

from typing import NoReturn

from django.core.exceptions import BadRequest
from django.core.files.uploadhandler import FileUploadHandler


class RefuseFiles(FileUploadHandler):
    """The only one that handles uploads."""

    def new_file(self, *args: object, **kwargs: object) -> NoReturn:
        """Refuse at the file's head.

        Raises:
            BadRequest: always.
        """
        raise BadRequest("no file is taken here")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> NoReturn:
        """No byte of a file comes this far."""
        raise BadRequest("no file is taken here")

    def file_complete(self, file_size: int) -> None:
        """There is no file."""
