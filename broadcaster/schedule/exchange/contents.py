"""What the title of a row says of itself: a relay, a replay, a language, or nothing to be heard.

Pure; it stands apart because these marks stand in titles whatever shape the timetable has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Content", "Kind", "is_banner", "read_content", "session_of"]


class Kind(StrEnum):
    """What a row asks for."""

    LOCAL = "local"
    RELAY = "relay"
    REPLAY = "replay"
    MUSIC = "music"
    MACHINE = "machine"
    """Switching on and off: nobody hears it."""
    SILENCE = "silence"
    """The source says that nothing is broadcast."""
    LIMIT = "limit"
    """A rule for timetables, no airing."""


_RELAY = re.compile(
    r"tiếp (?:âm|sóng|phát)|phát tiếp|tiếp[-/]phát|chuyển tiếp|\brelay\b",
    re.IGNORECASE,
)
_UPSTREAM = re.compile(
    r"\bvov ?\d?\b|\b(?:đài )?tiếng nói việt nam|\btnvn\b"
    r"|^\W*(?:(?:thời sự|bản tin|chương trình|tin) )?(?:của )?"
    r"(?:(?:đài )?(?:tỉnh|huyện|thành phố|tp)"
    r"|đài (?:pt-?th|ptth|phát thanh (?:và|-) truyền hình)(?: \w+){0,3})\W*$",
    re.IGNORECASE,
)
"""A station that others relay, where a row names it and nothing else says what the row is."""
_REPLAY = re.compile(
    r"\(\s*(?:p\.?\s?l\.?|phát lại|replay)(?!\w)(?P<in>[^()]*)\)"
    r"|^\W*(?:pl|phát lại)(?!\w)(?P<ahead>.*)$"
    r"|[\s,;–-](?:pl|phát lại)(?!\w)\s*"
    r"(?P<behind>(?:(?:cn|t[2-7]|thứ|ngày|hôm|buổi|tối|sáng|trưa|chiều|chương trình|\d)"
    r"[^()]{0,30})?)$",
    re.IGNORECASE | re.DOTALL,
)
_REPEAT_KIND = re.compile(r"\b(?:repeat|replay|phát lại|pl)\b", re.IGNORECASE)
_MUSIC = re.compile(
    r"\b(?:ca nhạc|âm nhạc|nhạc|ca khúc|ca cổ|dân ca|bài hát|music)\b", re.IGNORECASE
)
_MACHINE = re.compile(
    r"^\W*(?:bật|mở|tắt|đóng|khởi động|kiểm tra) (?:máy|loa|thiết bị|hệ thống|tăng âm)"
    r"|\bpower-o(?:n|ff)\b",
    re.IGNORECASE,
)
_SILENCE = re.compile(
    r"^\W*(?:không (?:phát|tổ chức phát)|nghỉ(?: phát)?(?: sóng| thanh| trưa)?(?:\W|$)"
    r"|(?:tạm )?(?:ngừng|ngưng|dừng) (?:phát|tiếp)|tạm (?:dừng|nghỉ|ngừng|ngưng)|kết thúc"
    r"|hết(?: (?:chương trình|giờ|buổi)|\W*$))",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(
    r"(?:language|lang)\s*=\s*(?P<code>[a-z]{2,3})(?!\w)"
    r"|\btiếng\s+(?P<name>jrai|gia ?rai|ba ?na|bahnar|ê ?-?đê|chăm|raglai|khmer|khơ ?-?me|h'?mông"
    r"|mông|dao|thái|tày|nùng|mường|hoa|[ck]ơ ?-?ho|k'ho|xê đăng|xơ đăng|s'?tiêng|x'?tiêng|m'?nông"
    r"|chu ?ru|chơ ro|hrê|h'?rê|cor|cơ ?-?tu|tà ôi|pa ?kô|vân kiều|bru|giẻ triêng|mạ|anh)(?!\w)",
    re.IGNORECASE,
)
_ARROWS = re.compile(r"\s*(?:-+>|→|⇒|=>|➔|➜|(?<=\w)>(?=\w))\s*")
_SESSION = re.compile(
    r"\W*(?:(?:[ivx\d]+|[a-zđ])[.)/\-]\s*)?(?:chương trình |phát thanh |bản tin )?"
    r"(?:buổi|phiên|ca)?\s*"
    r"(?P<part>sáng|trưa|chiều|tối|đêm)\W*",
    re.IGNORECASE,
)
_BANNER = re.compile(r"[\W_]*(?:\w[\w ]{0,20})?[\W_]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """``title`` without its marks; ``parts`` of a chain of relays; ``replay_of`` as written."""

    title: str
    kind: Kind
    parts: tuple[str, ...] = ()
    replay_of: str = ""
    language: str = ""


def read_content(title: str, *, said_kind: str = "", source: str = "") -> Content:
    """What ``title`` says, with the kind and the source that stand beside it."""
    marked = f"{title} {said_kind}"
    language = _LANGUAGE.search(marked)
    replay = _REPLAY.search(title) or _REPEAT_KIND.fullmatch(said_kind.strip())
    bare = _without(title, replay) if replay and replay.re is _REPLAY else title
    kind = _kind(title, said_kind, source, is_replay=replay is not None)
    return Content(
        title=bare or title,
        kind=kind,
        parts=_parts(title, source) if kind is Kind.RELAY else (),
        replay_of=_which(replay),
        language=_spoken(language) if kind is not Kind.RELAY else "",
    )


def _is_of_others(source: str) -> bool:
    """Whether the unit that is named makes programmes for others: ``VOV1``, ``Đài tỉnh``."""
    return bool(_UPSTREAM.search(source) and re.match(r"\W*(?:vov|đài)", source, re.IGNORECASE))


def _spoken(language: re.Match[str] | None) -> str:
    return (language["name"] or language["code"]).casefold() if language else ""


def _kind(title: str, said: str, source: str, *, is_replay: bool) -> Kind:
    words = said.casefold()
    if words.strip() in {"limit", "giới hạn", "quy định"}:
        return Kind.SILENCE if _SILENCE.search(title) else Kind.LIMIT
    for kind, pattern in ((Kind.SILENCE, _SILENCE), (Kind.MACHINE, _MACHINE)):
        if pattern.search(title) or (kind is Kind.MACHINE and pattern.search(said)):
            return kind
    if _RELAY.search(title) or words.startswith("relay"):
        return Kind.REPLAY if is_replay and not _RELAY.match(title) else Kind.RELAY
    if is_replay:
        return Kind.REPLAY
    if not words.strip() and (_UPSTREAM.search(title) or _is_of_others(source)):
        return Kind.RELAY
    return Kind.MUSIC if _MUSIC.search(title) or words == "music" else Kind.LOCAL


def _without(title: str, replay: re.Match[str]) -> str:
    """The title without the mark; the date or day of the first airing goes with it."""
    if replay["ahead"] is not None:
        return title
    return f"{title[: replay.start()]} {title[replay.end() :]}".strip(" -–,.:")


def _which(replay: re.Match[str] | None) -> str:
    said = replay.groupdict().values() if replay else ()
    return next((which.strip(" :,.-–") for which in said if which), "")


def _parts(title: str, source: str) -> tuple[str, ...]:
    """The links of a chain: ``đài huyện -> đài tỉnh -> VOV``; the title alone has none."""
    chain = title if len(_ARROWS.split(title)) > 1 else source
    links = [link.strip(" .,") for link in _ARROWS.split(chain)]
    if len(links) < 2:
        return ()
    first = _RELAY.search(links[0])
    word = title[: first.end()].strip() if first and chain is title else "Tiếp sóng"
    links[0] = links[0][first.end() :].strip(" :") if first and chain is title else links[0]
    return tuple(f"{word} {link}" for link in links if link)


def session_of(text: str) -> str:
    """``sáng``, ``trưa``, ``chiều``, ``tối``, ``đêm`` where ``text`` is the name of a session."""
    match = _SESSION.fullmatch(text)
    return match["part"].casefold() if match else ""


def is_banner(text: str) -> bool:
    """Whether ``text`` is a heading over rows: a session, stars, capitals alone."""
    letters = [c for c in text if c.isalpha()]
    return bool(session_of(text)) or not letters or text.strip().startswith(("***", "---", "==="))
