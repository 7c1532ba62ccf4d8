"""Putting one log in place of all others: our own, the web server's, Streamlit's, and Python's last words."""

import logging
import sys
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import TextIO

from billingbot.logs.line import JsonLine, TextLine
from billingbot.logs.request import About

FORMAT = "BILLINGBOT_LOG_FORMAT"
LEVEL = "BILLINGBOT_LOG_LEVEL"
_FORMATS = ("json", "text")
_LEVELS = ("debug", "info", "warning", "error")

log = logging.getLogger(__name__)


class OneLog(logging.StreamHandler[TextIO]):
    """The only handler there is. A line that cannot be written is lost, and nothing else: stderr may be closed."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Do nothing: the library would print the record as it is, secrets and all."""


class _WithoutHandlers(logging.Logger):
    """A logger that came later. Whatever handlers it is given, as Streamlit does with its own, the one log has it."""

    def callHandlers(self, record: logging.LogRecord) -> None:
        """Hand the record to the root's handlers only."""
        logging.getLogger().callHandlers(record)


def start_log(
    environ: Mapping[str, str], about: Callable[[], About] = dict, stream: TextIO | None = None
) -> logging.Handler:
    """Let everything that is logged in this process come out of one handler. Called again, it begins anew.

    Our own loggers say what the level asks for; those of libraries never more than information.

    Args:
        environ: may say the format and the level.
        about: says what is known of the request of the calling thread.
        stream: where lines go, by default stderr.
    """
    wished = stream or sys.stderr
    kind, wrong_kind = _choice(environ, FORMAT, _FORMATS, "text" if wished.isatty() else "json")
    level_name, wrong_level = _choice(environ, LEVEL, _LEVELS, "info")
    level = logging.getLevelNamesMapping()[level_name.upper()]
    handler = OneLog(wished)
    handler.setFormatter(TextLine(about) if kind == "text" else JsonLine(about))
    root = logging.getLogger()
    for former in [one for one in root.handlers if isinstance(one, OneLog)]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(max(level, logging.INFO))
    logging.getLogger("billingbot").setLevel(level)
    _take_over(level)
    for sentence in filter(None, [wrong_kind, wrong_level]):
        log.warning(sentence)
    return handler


def _choice(environ: Mapping[str, str], variable: str, choices: tuple[str, ...], usual: str) -> tuple[str, str]:
    """Return what the variable chooses, and what is wrong with it, a sentence or "": no typing error keeps us down."""
    chosen = environ.get(variable, "").strip().lower() or usual
    if chosen in choices:
        return chosen, ""
    return usual, f"{variable} can be {', '.join(choices)}. It is something else, so that {usual} is used."


def _take_over(level: int) -> None:
    """Take the handlers of all loggers there are; those that are made from now on need none."""
    logging.setLoggerClass(_WithoutHandlers)
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers.clear()
            logger.propagate = True
            logger.setLevel(max(level, logging.INFO))
    # They name every address that is asked for, and those of a sign-in carry its codes.
    logging.getLogger("uvicorn.access").setLevel(logging.WARNING)
    logging.getLogger("uvicorn.error").addFilter(_is_no_websocket)
    logging.captureWarnings(True)
    sys.excepthook = _last_words
    threading.excepthook = _last_words_of_thread


def _last_words(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        log.critical("the process ends", exc_info=(kind, error, traceback))


def _last_words_of_thread(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value is not None and not isinstance(ended.exc_value, SystemExit):
        name = ended.thread.name if ended.thread else "?"
        log.critical("the thread %s ended", name, exc_info=(ended.exc_type, ended.exc_value, ended.exc_traceback))


def _is_no_websocket(record: logging.LogRecord) -> bool:
    return record.levelno > logging.INFO or "WebSocket" not in str(record.msg)
