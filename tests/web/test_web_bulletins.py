"""Bản tin: written, handed in, heard, corrected, and sent on."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from small_station import worker
from web_forms import FORM, agree, post

from broadcaster.clock import SystemClock
from broadcaster.station.preparing.listen import make_to_listen


@pytest.fixture
def editor(browser, people):
    """A browser in which the editor has signed in."""
    return browser.sign_in("lan")


def ask_for_approval(folder) -> None:
    text = folder.config.read_text("utf-8")
    folder.config.write_text(f"{text}approval: true\n", encoding="utf-8")


def seen_of(browser, path: str) -> str:
    return re.search(r'name="seen" value="([^"]*)"', browser.look(path))[1]


def test_the_list_and_a_bulletin_can_be_read(editor, vietnamese):
    """Every bulletin stands in the list; its page has text, reading, minutes and editor."""
    assert "02-hai" in editor.look("/ban-tin")
    page = editor.look("/ban-tin/02-hai")
    assert "Nội dung của bản tin hai hôm nay." in page
    assert "Đọc mất khoảng" in page


def test_the_sound_knows_its_sentences(editor, folder, vietnamese):
    """Where a sound lies ready the page plays it, marks each sentence, and tells when it is old."""
    preparer = worker(folder)
    make_to_listen(preparer, preparer.assembler.content.bulletins["02-hai"])
    page = editor.look("/ban-tin/02-hai")
    assert re.search(r"data-spans='\[\[0, \d+, 0\], ", page)
    assert editor.client.get("/ban-tin/02-hai/tieng").headers["content-type"] == "audio/wav"
    folder.lexicon.write_text("bản tin\tbản tin mới\n", encoding="utf-8")
    assert "Cách đọc đã đổi" in editor.look("/ban-tin/02-hai")


def test_a_bulletin_is_changed_seen_and_taken_back(editor, folder):
    """What changes is shown first; then it is in the file, and can be put back."""
    path = folder.scripts / "02-hai.txt"
    before = path.read_bytes()
    fields = {"seen": seen_of(editor, "/ban-tin/02-hai"), "title": "Bản tin hai", "kind": "tin"}
    answer = post(
        editor, "/ban-tin/02-hai", "/ban-tin/02-hai", body="Bản tin hai.\r\nMới.\r\n", **fields
    )
    assert answer.status_code == 200
    assert path.read_bytes() == before
    assert agree(editor, answer).status_code == 303
    assert path.read_text("utf-8").endswith("---\nBản tin hai.\nMới.\n")
    edit = re.search(r'name="edit" value="(\d+)"', editor.look("/ban-tin"))[1]
    post(editor, "/ban-tin/hoan-tac", "/ban-tin", edit=edit, back="/ban-tin")
    assert path.read_bytes() == before


def test_the_second_of_two_editors_sees_both_texts(editor, folder):
    """Nothing of either is lost, and what the first one wrote stays in the file."""
    seen = seen_of(editor, "/ban-tin/02-hai")
    (folder.scripts / "02-hai.txt").write_text("Của người kia.\n", encoding="utf-8")
    answer = post(
        editor, "/ban-tin/02-hai", "/ban-tin", seen=seen, title="", body="Của tôi.", kind="tin"
    )
    assert answer.status_code == 409
    assert "Của người kia." in answer.text
    assert "Của tôi." in answer.text
    assert (folder.scripts / "02-hai.txt").read_text("utf-8") == "Của người kia.\n"


def test_a_bulletin_is_pasted_as_a_draft_and_let_out(editor, folder, site):
    """A new text is silent until its editor hands it in."""
    answer = post(
        editor,
        "/ban-tin/moi",
        "/ban-tin/moi",
        title="Họp thôn 5",
        body="Mời bà con họp.",
        kind="tin",
    )
    assert answer.headers["location"] == "/ban-tin/04-hop-thon-5"
    assert site.on_disk().content.bulletins["04-hop-thon-5"].draft
    post(editor, "/ban-tin/04-hop-thon-5/gui", "/ban-tin/04-hop-thon-5")
    assert not site.on_disk().content.bulletins["04-hop-thon-5"].draft


def test_a_form_that_is_sent_twice_does_it_once(editor, folder):
    """A second click, or a form that was recorded, makes no second bulletin."""
    token = FORM.search(editor.look("/ban-tin/moi"))[1]
    data = {"form": token, "title": "Một lần", "body": "Chỉ một lần.", "kind": "tin"}
    codes = [editor.client.post("/ban-tin/moi", data=data).status_code for _ in range(2)]
    assert codes == [303, 409]
    assert len(list(folder.scripts.glob("*mot-lan*"))) == 1


def test_what_is_typed_is_read_aloud_without_keeping_it(editor, folder):
    """Minutes and unknown words are told while typing, and nothing is written."""
    before = sorted(folder.scripts.iterdir())
    answer = post(editor, "/ban-tin/doc-thu", "/ban-tin/moi", body="UBND xã có ĐKZX mới.", title="")
    assert "ủy ban nhân dân" in answer.text.lower()
    assert 'class="unknown"' in answer.text
    assert sorted(folder.scripts.iterdir()) == before


# -- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.txt", "..\\..\\x.txt", "/etc/cron.d/x", "a\x00b.txt", "CON.txt", "." * 300],
)
def test_a_name_never_becomes_a_path(editor, folder, name):
    """Whatever a file is called, it lands among the bulletins, under a name of our own."""
    before = {path for path in folder.root.parent.rglob("*") if path.is_file()}
    post(
        editor,
        "/ban-tin/nop",
        "/ban-tin",
        files={"file": (name, "Mời họp.".encode())},
    )
    new = {path for path in folder.root.parent.rglob("*") if path.is_file()} - before
    new = {path for path in new if ".broadcaster" not in path.parts}
    assert all(path.parent == folder.scripts and path.name.startswith("04-") for path in new)


def _zip(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return packed.getvalue()


_LOLS = b'<!DOCTYPE d [<!ENTITY a "lol">' + b"".join(
    b'<!ENTITY %s "%s">' % (bytes([98 + n]), b"&%s;" % bytes([97 + n]) * 10) for n in range(9)
)
BOMBS = {
    "a zip bomb": _zip(**{"word__document.xml": b" " * 300_000_000}),
    "an XML bomb": _zip(**{"word__document.xml": _LOLS + b"]><w:document>&j;</w:document>"}),
    "a program": b"\x7fELF" + bytes(200),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "a broken sound": b"RIFF\x00\x00\x00\x00WAVE" + bytes(30),
    "nothing": b"",
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_what_is_no_bulletin_is_refused_in_words(editor, folder, data):
    """A bomb, a program or a picture makes no bulletin, whatever it is called."""
    before = {p for p in folder.scripts.rglob("*") if p.is_file()}
    answer = post(editor, "/ban-tin/nop", "/ban-tin", files={"file": ("tin.docx", data)})
    assert answer.status_code == 303
    assert {p for p in folder.scripts.rglob("*") if p.is_file()} == before
    assert 'class="note bad"' in editor.look("/ban-tin")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # its half of it
def test_too_large_a_file_is_refused_while_it_comes(editor, folder):
    """200 MB are not read to their end."""
    token = FORM.search(editor.look("/ban-tin"))[1].encode()
    sent = 0

    def body():
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="form"\r\n\r\n' + token + b"\r\n"
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
        for _block in range(200):
            sent += 1
            yield bytes(1_000_000)
        yield b"\r\n--x--\r\n"

    headers = {"content-type": "multipart/form-data; boundary=x"}
    answer = editor.client.post("/ban-tin/nop", content=body(), headers=headers)
    assert answer.status_code == 413
    assert "120 MB" in answer.text
    assert not list(folder.scripts.glob("04-*"))


def test_a_recording_becomes_a_bulletin(editor, folder, site, tmp_path):
    """A voice is kept beside the other sounds, and its bulletin names it."""
    import numpy as np  # noqa: PLC0415
    import soundfile  # noqa: PLC0415

    path = tmp_path / "x.wav"
    soundfile.write(path, np.sin(np.arange(48_000) / 20) / 2, 48_000)
    post(
        editor,
        "/ban-tin/nop",
        "/ban-tin",
        files={"file": ("thu.bin", path.read_bytes())},
        title="Lời chúc",
    )
    bulletin = site.on_disk().content.bulletins["04-loi-chuc"]
    assert bulletin.recording == "04-loi-chuc.wav"
    assert (folder.sounds / "04-loi-chuc.wav").read_bytes() == path.read_bytes()


def test_a_script_in_a_title_stays_text(editor):
    """Whoever writes a script into a title, a text or a word sees it as text."""
    bad = "<script>alert(1)</script>"
    post(editor, "/ban-tin/moi", "/ban-tin/moi", title=bad, body=f"Tin {bad}.", kind="tin")
    for path in ("/ban-tin", "/ban-tin/04-script-alert-1-script", f"/ban-tin/02-hai/tu?chu={bad}"):
        page = editor.look(path)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


# -- words --------------------------------------------------------------------------------------


def test_a_word_is_corrected_once_it_was_seen_what_that_changes(editor, folder, site):
    """The word list gets the reading, after the page told which bulletins are read otherwise."""
    (folder.scripts / "02-hai.txt").write_text("Tin của ĐKZX hôm nay.\n", encoding="utf-8")
    word, spoken = "ĐKZX", "đăng ký dê ích"
    answer = post(
        editor, "/ban-tin/02-hai/tu", "/ban-tin/02-hai/tu?chu=x", word=word, spoken=spoken
    )
    assert "02-hai" in answer.text
    assert not folder.lexicon.exists()
    agree(editor, answer)
    assert folder.lexicon.read_text("utf-8") == f"{word}\t{spoken}\n"
    assert spoken in editor.look("/ban-tin/02-hai")


def test_an_editor_takes_back_bulletins_and_not_weeks(editor, folder, site):
    """The week is the operator's: an editor cannot undo what was changed there."""
    from broadcaster.station.editing.change import Change  # noqa: PLC0415
    from broadcaster.station.editing.textfile import read_text_file  # noqa: PLC0415
    from broadcaster.station.editing.undo import Edits  # noqa: PLC0415

    path = folder.schedules / "tuan.yaml"
    file = read_text_file(path)
    change = Change(file=file.with_text(file.text + "# x\n"), before=file.text, what="x")
    edit = Edits(folder, SystemClock()).write(change, by="hoa")
    post(editor, "/ban-tin/hoan-tac", "/ban-tin", edit=edit.id, back="/ban-tin")
    assert path.read_text("utf-8").endswith("# x\n")


# -- approval -----------------------------------------------------------------------------------


def test_a_text_is_approved_by_somebody_else_and_a_change_voids_it(browser, people, folder, site):
    """Four eyes: the editor sends it, the approver sees the words and approves; a corrected word
    takes the approval away, and says so before."""
    ask_for_approval(folder)
    (folder.scripts / "02-hai.txt").write_text(
        "---\nauthor: Lan\ndraft: true\n---\nTin của ĐKZX.\n", encoding="utf-8"
    )
    browser.sign_in("lan")
    post(browser, "/ban-tin/02-hai/gui", "/ban-tin/02-hai")
    browser.sign_in("minh")
    assert "/duyet/02-hai" in browser.look("/duyet")
    page = browser.look("/duyet/02-hai")
    content = re.search(r'name="content" value="(\w+)"', page)[1]
    post(browser, "/duyet/02-hai", "/duyet/02-hai", content=content, decision="approve")
    assert "/duyet/02-hai" not in browser.look("/duyet")
    answer = post(
        browser, "/ban-tin/02-hai/tu", "/ban-tin/02-hai/tu?chu=a", word="ĐKZX", spoken="đê ca"
    )
    assert "The approval of “02-hai” is lost" in answer.text
    agree(browser, answer)
    assert "/duyet/02-hai" in browser.look("/duyet")


def test_a_text_is_given_back_with_a_reason(browser, people, folder):
    """The editor reads why; without a reason nothing is given back."""
    ask_for_approval(folder)
    browser.sign_in("minh")
    content = re.search(r'name="content" value="(\w+)"', browser.look("/duyet/03-ba"))[1]
    sent = {"content": content, "decision": "reject"}
    post(browser, "/duyet/03-ba", "/duyet/03-ba", why=" ", **sent)
    assert "/duyet/03-ba" in browser.look("/duyet")
    post(browser, "/duyet/03-ba", "/duyet/03-ba", why="Sai ngày họp", **sent)
    assert "Sai ngày họp" in browser.look("/ban-tin/03-ba")


def test_words_that_changed_since_they_were_seen_are_not_approved(browser, people, folder):
    """An approval binds what was on the page, never what came after it."""
    ask_for_approval(folder)
    browser.sign_in("minh")
    content = re.search(r'name="content" value="(\w+)"', browser.look("/duyet/03-ba"))[1]
    (folder.scripts / "03-ba.txt").write_text("Chữ khác hẳn.\n", encoding="utf-8")
    post(browser, "/duyet/03-ba", "/duyet/03-ba", content=content, decision="approve")
    assert "/duyet/03-ba" in browser.look("/duyet")


def test_a_decision_that_no_one_asked_for_says_so(browser, folder, people, vietnamese):
    """Where a station broadcasts without approval, the page of a decision says that it opens
    nothing; where it is asked for, the page is silent."""
    browser.sign_in("minh")
    assert "Đài này phát không cần duyệt" in browser.look("/duyet/02-hai")
    ask_for_approval(folder)
    assert "Đài này phát không cần duyệt" not in browser.look("/duyet/02-hai")
