"""The text of bytes in whatever encoding, and whether bytes are text at all."""

import re

from charset_normalizer import from_bytes

_SNIFFED = 8192
_FEW = 16
"""So many control characters make no text binary, however short it is: terminals put them out."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ENCODINGS = ["cp1252", "cp1251", "cp1253", "shift_jis", "euc_jp", "euc_kr", "gb18030", "big5"]
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of bytes in any encoding, with "\\n" line ends, and what to tell about it."""
    padded = data.endswith(b"\0") and not _is_wide(data)
    text, notices = decoded(data.rstrip(b"\0") if padded else data)
    if padded:
        notices += ("Zero bytes at the end of the file are left out.",)
    if _CONTROL.search(text):
        text = _CONTROL.sub(_visible, text)
        notices += ("Control characters are shown by their signs, such as \u241b for ESC.",)
    return text.replace("\r\n", "\n").replace("\r", "\n"), notices


def _visible(control: re.Match[str]) -> str:
    """The sign of a control character; a form feed is a space between pages."""
    code = ord(control[0])
    return " " if control[0] in "\x0b\x0c" else chr(0x2421 if code == 0x7F else 0x2400 + code)


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of bytes in any encoding as it stands, and a notice where that was guessed."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace"), ()
    if encoding := _utf16_without_bom(data[:_SNIFFED]):
        return data.decode(encoding, "replace"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        best = from_bytes(data, cp_isolation=_ENCODINGS).best()
        encoding = best.encoding if best is not None else "latin-1"
        notice = f"Read as {encoding}: the text is not valid UTF-8."
        return data.decode(encoding, "replace"), (notice,)


def _utf16_without_bom(head: bytes) -> str:
    """UTF-16 by its zero bytes: Latin text has one in every second place."""
    half = len(head) // 2
    if half < 2:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > half * 0.6 and even < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.6 and odd < half * 0.1 else ""


def _is_wide(data: bytes) -> bool:
    """Whether zero bytes are parts of letters: UTF-16 and UTF-32."""
    bom = any(data.startswith(bom) for bom, name in _BOMS if name != "utf-8-sig")
    return bom or bool(_utf16_without_bom(data[:_SNIFFED]))


def is_binary(data: bytes) -> bool:
    """Whether bytes are no text: many control characters, or a zero byte where none can be."""
    if _is_wide(data):
        return False
    data = data.rstrip(b"\0")
    control = len(data) - len(data.translate(None, _CONTROLS))
    if control > max(_FEW, len(data) * 0.02):
        return True
    return b"\0" in data and not _is_utf8(data)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
