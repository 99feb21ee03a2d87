"""Encodings: told by many lines, kept byte by byte where one cannot be read (F5)."""

from pathlib import Path

import pytest

from ingest.reading import encodings

LINES = ["宛名番号,氏名,ｶﾅ,備考", *[f"{n},相馬　恵{n},ｿｳﾏ ﾒｸﾞﾐ,ひらがなとカタカナ" for n in range(30)]]


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with BOM"), ("cp932", "CP932"), ("euc_jp", "EUC-JP"),
        ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
    ],
)  # fmt: skip
def test_each_encoding_is_told(tmp_path: Path, codec: str, name: str) -> None:
    path = write(tmp_path / "a.csv", "\r\n".join(LINES).encode(codec))
    found = encodings.detect(path)
    assert found.name == name
    with encodings.open_text(path, found) as handle:
        assert handle.read() == "\r\n".join(LINES)


@pytest.mark.parametrize(("codec", "name"), [("utf-8", "UTF-8"), ("cp932", "CP932"), ("euc_jp", "EUC-JP")])
def test_one_bad_row_does_not_change_the_verdict(tmp_path: Path, codec: str, name: str) -> None:
    rows = [line.encode(codec) for line in LINES]
    rows[7] = rows[7].replace("恵".encode(codec), "恵".encode(codec)[:1])
    assert encodings.detect(write(tmp_path / "a.csv", b"\n".join(rows))).name == name


def test_half_width_kana_alone_are_cp932(tmp_path: Path) -> None:
    text = "ID,ｶﾅ\n" + "".join(f"{n},ﾔﾏﾀﾞ ﾀﾛｳ{'ｱ' * (n % 3)}\n" for n in range(30))
    assert encodings.detect(write(tmp_path / "a.csv", text.encode("cp932"))).name == "CP932"


def test_plain_ascii_is_utf_8(tmp_path: Path) -> None:
    assert encodings.detect(write(tmp_path / "a.csv", b"system,operator_id\n1,2\n")).name == "UTF-8"


def test_undecodable_bytes_are_kept_and_shown(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", b"\x89\xaa\x8c,x")
    with encodings.open_text(path, encodings.named("CP932")) as handle:
        text = handle.read()
    assert encodings.undecodable(text)
    assert encodings.escaped(text) == "岡\\x8c,x"


def test_a_kanji_far_into_an_ascii_file_still_decides(tmp_path: Path) -> None:
    data = b"id,name\n" + b"1,a\n" * 200_000 + "2,山田\n".encode("cp932")
    assert encodings.detect(write(tmp_path / "a.csv", data)).name == "CP932"


@pytest.mark.parametrize(("codec", "name"), [("utf-8", "UTF-8"), ("cp932", "CP932"), ("euc_jp", "EUC-JP")])
@pytest.mark.parametrize("nuls", [1, 2, 3, 200])
@pytest.mark.parametrize("at", [30, 31, 60])
def test_nuls_do_not_make_a_file_utf_16(tmp_path: Path, codec: str, name: str, nuls: int, at: int) -> None:
    data = "\r\n".join(LINES).encode(codec)
    assert encodings.detect(write(tmp_path / "a.csv", data[:at] + b"\0" * nuls + data[at:])).name == name


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_told_by_line_ends_also_where_characters_hold_their_byte(tmp_path: Path, codec: str) -> None:
    text = "\r\n".join(["氏名,住所", *["上村　上子,上町上"] * 30, "\0" * 50])
    found = encodings.detect(write(tmp_path / "a.csv", text.encode(codec)))
    assert found == encodings.Encoding(name="UTF-16", codec=codec)


def test_a_short_file_with_a_nul_in_each_row_is_no_utf_16(tmp_path: Path) -> None:
    assert encodings.detect(write(tmp_path / "a.csv", b"id,name\nab\0,c\nde\0,f\n")).name == "UTF-8"
