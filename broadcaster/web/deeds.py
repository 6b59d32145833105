"""What a form does, in words: for the list of what was done.

It stands apart from the table of routes, which a person reads for who may do what.
"""

from __future__ import annotations

from gettext import gettext as _

__all__ = ["deed", "deeds"]


def deed(act: str) -> str:
    """``POST /dung`` as a person says it; as it stands where nobody knows it any more."""
    return deeds().get(act, act)


def deeds() -> dict[str, str]:
    """By method and path, as in the table of routes."""
    words = {
        "/vao": _("signed in"),
        "/ra": _("signed out"),
        "/lan-dau": _("set up the page"),
        "/toi": _("changed the own password"),
        "/nguoi-dung": _("added a person"),
        "/nguoi-dung/sua": _("changed a person"),
        "/dung": _("stopped what was on air"),
        "/bo-qua": _("left a start out"),
        "/phat-lai": _("broadcast something again"),
        "/lich-tuan/khung-gio": _("changed a slot"),
        "/lich-tuan/bo": _("removed a slot"),
        "/lich-tuan/chep": _("copied a week"),
        "/lich-tuan/hoan-tac": _("took a change of the week back"),
        "/lich-tuan/ngay/{day}": _("made a special day"),
        "/lich-tuan/ngay/{day}/bo": _("dropped a special day"),
        "/lich-tuan/nhap": _("looked at a timetable"),
        "/lich-tuan/nhap/giu": _("took a timetable in"),
        "/ban-tin/moi": _("wrote a bulletin"),
        "/ban-tin/nop": _("handed a file in"),
        "/ban-tin/doc-thu": _("tried a reading"),
        "/ban-tin/hoan-tac": _("took a change of a bulletin back"),
        "/ban-tin/{id}": _("changed a bulletin"),
        "/ban-tin/{id}/gui": _("sent a bulletin for approval"),
        "/ban-tin/{id}/nghe": _("listened to a bulletin"),
        "/ban-tin/{id}/tu": _("corrected the reading of a word"),
        "/duyet/{id}": _("decided on a bulletin"),
        "/thiet-bi/thu-loa": _("played the test tone"),
        "/thiet-bi/am-luong": _("set the volume"),
        "/khan-cap/tao": _("prepared an emergency"),
        "/khan-cap/soan": _("typed an emergency"),
        "/khan-cap/thu": _("recorded an emergency"),
        "/khan-cap/phat": _("ordered an emergency"),
        "/khan-cap/dung": _("ended an emergency"),
        "/api/v1/bulletins": _("a program handed a bulletin in"),
    }
    return {f"POST {path}": text for path, text in words.items()}
