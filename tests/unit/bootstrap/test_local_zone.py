"""The time zone of the machine."""

from pathlib import Path

import pytest

from billingbot.bootstrap.local_zone import local_zone


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    return tmp_path / "localtime"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":America/New_York", "America/New_York"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("CET-1CEST,M3.5.0", "UTC"),
        ("", "UTC"),
    ],
)
def test_the_environment_says_it_by_name_or_path(nowhere: Path, text: str, name: str) -> None:
    assert local_zone({"TZ": text}, nowhere) == name


def test_else_the_link_of_the_machine_says_it(nowhere: Path) -> None:
    nowhere.symlink_to("/usr/share/zoneinfo/Australia/Sydney")

    assert local_zone({}, nowhere) == "Australia/Sydney"
    assert local_zone({"TZ": "nonsense"}, nowhere) == "Australia/Sydney"


def test_a_copied_file_says_nothing(nowhere: Path) -> None:
    nowhere.write_bytes(b"TZif2")

    assert local_zone({}, nowhere) == "UTC"
