"""The file of the keys: who may read it, and what is in it at any moment."""

import os
import stat
from pathlib import Path

import pytest

from billingbot.errors import ConfigError
from billingbot.vault import checked_keys, key_file_of, new_key, read_key_file, write_key_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return key_file_of(tmp_path / "data" / "billingbot.duckdb")


def test_the_file_is_beside_the_database(tmp_path: Path) -> None:
    assert key_file_of(tmp_path / "billingbot.duckdb") == tmp_path / "billingbot.key"


def test_a_key_is_made_once_and_only_its_owner_may_read_it(path: Path) -> None:
    before = os.umask(0)
    try:
        made = read_key_file(path)
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(made) == 1
    assert read_key_file(path) == made


def test_keys_are_read_in_their_order(path: Path) -> None:
    keys = (new_key(), new_key(), new_key())

    write_key_file(path, keys)

    assert read_key_file(path) == keys


def test_a_file_is_put_in_place_of_the_former_and_what_an_interruption_left_is_gone(path: Path) -> None:
    first, second = new_key(), new_key()
    write_key_file(path, [first])
    former = path.stat().st_ino
    (path.parent / "billingbot.key.tmp").write_text("half a k")

    write_key_file(path, [second])

    assert read_key_file(path) == (second,)
    assert path.stat().st_ino != former
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["billingbot.key"]


def test_when_a_new_file_cannot_be_written_the_former_stays(path: Path) -> None:
    key = new_key()
    write_key_file(path, [key])
    (path.parent / "billingbot.key.tmp").mkdir()

    with pytest.raises(OSError, match=r"directory|permitted"):
        write_key_file(path, [new_key()])

    assert read_key_file(path) == (key,)


@pytest.mark.parametrize("content", [b"", b"no key", b"\xff\xfe\x00", b"short=="])
def test_a_file_that_holds_no_key_is_refused_untouched_and_not_quoted(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(ConfigError, match=r"billingbot\.key holds something else than keys") as raised:
        read_key_file(path)

    assert "from a backup" in str(raised.value)
    assert "no key" not in str(raised.value)
    assert path.read_bytes() == content


def test_a_file_that_cannot_be_read_is_named(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(ConfigError, match=r"billingbot\.key, cannot be read: Is a directory"):
        read_key_file(path)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")

    with pytest.raises(ConfigError, match="cannot be read"):
        read_key_file(tmp_path / "data" / "billingbot.key")


def test_one_bad_key_among_good_ones_is_refused() -> None:
    with pytest.raises(ConfigError, match="THE_VARIABLE holds something else than keys"):
        checked_keys(f"{new_key()}, nonsense", "THE_VARIABLE")


def test_keys_are_separated_by_commas_spaces_or_lines() -> None:
    one, two, three = new_key(), new_key(), new_key()

    assert checked_keys(f" {one},{two}\n{three} ", "here") == (one, two, three)
