"""The log replaces the loggers of the whole process, so that each test has a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]


def lines_of(script: str, **environ: str) -> list[dict[str, Any]]:
    """Return the lines of the log of a process that runs this script after the log was started."""
    return [json.loads(line) for line in stderr_of(script, **environ).splitlines()]


def stderr_of(script: str, **environ: str) -> str:
    start = "import os, logging\nfrom billingbot.logs import start_log, conceal, under\n"
    ran = subprocess.run(
        [sys.executable, "-c", start + script], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert ran.stdout == ""
    return ran.stderr


def test_every_logger_has_one_line_an_event_whenever_it_was_made() -> None:
    lines = lines_of(
        "import streamlit, uvicorn\n"
        "from streamlit.logger import get_logger\n"
        "early = get_logger('streamlit.early')\n"
        "uvicorn.Config('app:app')\n"
        "start_log(os.environ); start_log(os.environ)\n"
        "early.warning('early')\n"
        "get_logger('streamlit.late').warning('late')\n"
        "logging.getLogger('uvicorn.error').info('served')\n"
        "logging.getLogger('uvicorn.access').info('GET /oauth2callback?code=canary')\n"
        "logging.getLogger('uvicorn.error').info('WebSocket /?code=canary [accepted]')\n"
        "logging.getLogger('billingbot.jobs').info('ours')\n"
        "import warnings; warnings.warn('old')\n"
    )

    assert [line["message"].split(": ")[-1].splitlines()[0] for line in lines] == [
        "early",
        "late",
        "served",
        "ours",
        "old",
    ]


def test_nothing_is_said_below_the_level_and_libraries_say_no_details() -> None:
    script = (
        "start_log(os.environ)\n"
        "for name in ('billingbot.jobs', 'httpx2', 'asyncio'):\n"
        "    for level in (10, 20, 30):\n"
        "        logging.getLogger(name).log(level, name)\n"
    )

    def heard(level: str) -> list[tuple[str, str]]:
        return [(line["logger"], line["level"]) for line in lines_of(script, BILLINGBOT_LOG_LEVEL=level)]

    assert len(heard("debug")) == 7
    assert ("billingbot.jobs", "debug") in heard("debug")
    assert len(heard("info")) == 6
    assert len(heard("WARNING")) == 3


def test_a_wrong_setting_is_said_and_the_usual_one_is_used() -> None:
    lines = lines_of("start_log(os.environ)", BILLINGBOT_LOG_FORMAT="xml", BILLINGBOT_LOG_LEVEL="loud")

    assert [line["message"] for line in lines] == [
        "BILLINGBOT_LOG_FORMAT can be json, text. It is something else, so that json is used.",
        "BILLINGBOT_LOG_LEVEL can be debug, info, warning, error. It is something else, so that info is used.",
    ]


def test_text_is_for_people() -> None:
    said = stderr_of("start_log(os.environ); logging.getLogger('a').warning('ready')", BILLINGBOT_LOG_FORMAT="text")

    assert said.endswith("Z warning  a: ready\n")


@pytest.mark.fault(19)
def test_the_last_words_of_the_process_and_of_a_thread_are_lines_without_secrets() -> None:
    lines = lines_of(
        "from threading import Thread\n"
        "start_log(os.environ); conceal('canary-1')\n"
        "def fail(): raise RuntimeError('canary-1')\n"
        "thread = Thread(target=fail, name='worker'); thread.start(); thread.join()\n"
        "fail()\n"
    )

    assert [line["message"] for line in lines] == ["the thread worker ended", "the process ends"]
    assert all("RuntimeError: ***" in line["exception"] and line["level"] == "critical" for line in lines)


def test_a_log_that_cannot_be_written_stops_nothing_and_prints_no_record() -> None:
    said = stderr_of(
        "import io, sys\n"
        "class Full(io.StringIO):\n"
        "    def write(self, text): raise OSError(28, 'No space left')\n"
        "start_log(os.environ, stream=Full())\n"
        "logging.getLogger('a').error('canary-2')\n"
        "sys.stderr.write('went on')\n"
    )

    assert said == "went on"
