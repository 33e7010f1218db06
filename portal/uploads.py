"""No page takes a file but one that says so: a request that brings one is refused before anything of it is kept."""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, NoReturn

from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

# The one name under which a page takes a file.
FIELD = "file"
# What a form with a file may have in all, as a multiple of the file.
_WITH_THE_REST = 3


class RefuseFiles(FileUploadHandler):
    """The only one that handles uploads, but where a page takes one."""

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


class KeepOneFile(FileUploadHandler):
    """One file in the field ``file``, in memory and never on a disk.

    Of one that is larger than ``most_bytes`` one byte more is kept, so that the page can say that it is too large.
    """

    def __init__(self, most_bytes: int) -> None:
        super().__init__()
        self._most_bytes, self._kept, self._count = most_bytes, BytesIO(), 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401, N803 - Django's names
        """Refuse by the length that the request tells.

        Raises:
            BadRequest: it is several times what the page takes.
        """
        if content_length > _WITH_THE_REST * self._most_bytes:
            raise BadRequest("the form is too large")

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's
        """Refuse what the page has no field for.

        Raises:
            BadRequest: another field, or a second file.
        """
        super().new_file(field_name, *args, **kwargs)
        self._count += 1
        if field_name != FIELD or self._count > 1:
            raise BadRequest("one file is taken here, in the field for it")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """As far as there is room."""
        self._kept.write(raw_data[: max(self._most_bytes + 1 - self._kept.tell(), 0)])

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """What was kept."""
        size = self._kept.tell()
        self._kept.seek(0)
        return InMemoryUploadedFile(self._kept, FIELD, self.file_name, self.content_type, size, self.charset)


def takes_file(*, most_bytes: int) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Mark a view that takes a file of at most so many bytes.

    Nothing of the form is read before the person was let in, so our token is looked at here and not by the middleware,
    which stands before that.
    """

    def mark(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        protected = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def taking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view's
            request.upload_handlers = [KeepOneFile(most_bytes)]
            return protected(request, *args, **kwargs)

        return taking

    return mark
