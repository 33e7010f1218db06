"""An exception's innermost reason in plain words, safe to show and to log."""

_DEEPEST = 20


def plain_reason(error: BaseException) -> str:
    """What went wrong at the bottom: "Connection refused", "unable to get local issuer certificate".

    Only the words of the system and of TLS are passed on, otherwise the class name: the text of an HTTP
    library's exception may quote an address, a header or an answer.
    """
    cause = _innermost(error)
    if isinstance(cause, TimeoutError):
        return "no answer in time"
    return getattr(cause, "verify_message", "") or getattr(cause, "strerror", "") or type(cause).__name__


def _innermost(error: BaseException) -> BaseException:
    for _ in range(_DEEPEST):
        inner = error.__cause__ or error.__context__ or _wrapped(error)
        if inner is None:
            break
        error = inner
    return error


def _wrapped(error: BaseException) -> BaseException | None:
    # Some causes are handed over instead of being raised from: azure-core's by a name, urllib3's as an argument.
    handed_over = (getattr(error, "inner_exception", None), *error.args)
    return next((inner for inner in handed_over if isinstance(inner, BaseException)), None)
