"""Articles and bulletins as they come from the web, where they lie beside the checkout."""

from __future__ import annotations

import re
from pathlib import Path

from broadcaster.script import load_bulletin, read_text
from broadcaster.script.alphabet import LOWER, UPPER

ARTICLES = Path(__file__).parent / "golden" / "articles.tsv"
SPEAKABLE = re.compile(rf"[{LOWER}{UPPER} ,.?!;:]+")


def test_every_text_is_read_clean(real_data: Path) -> None:
    """Nothing unread is left of any real article or bulletin, and no word list is missing one."""
    files = [*(real_data / "articles").glob("*.txt"), *(real_data / "bulletins").glob("*.txt")]
    assert len(files) > 20
    for file in files:
        bulletin, problems = load_bulletin(file)
        assert bulletin
        assert not problems
        text = (
            "\n".join(bulletin.text.split("\n")[3:]) if "bulletins" in str(file) else bulletin.text
        )
        reading = read_text(text, where=bulletin.where)
        assert reading.sentences
        assert {problem.code for problem in reading.problems} <= {"ambiguous-number"}, file
        for sentence in reading.sentences:
            assert SPEAKABLE.fullmatch(sentence.spoken), sentence.spoken
            assert not re.search(rf"[{UPPER}]{{2}}", sentence.spoken)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_each_line_of_the_articles_stays_or_goes(real_data: Path) -> None:
    """Every line that we listed by hand is heard whole, or not at all."""
    texts = {file.name[:3]: file.read_text("utf-8") for file in (real_data / "articles").iterdir()}
    sentences = {name: read_text(text).sentences for name, text in texts.items()}
    for row in ARTICLES.read_text(encoding="utf-8").splitlines():
        if row.startswith("#"):
            continue
        article, number, verdict, why = row.split("\t")
        said = [s.spoken for s in sentences[article] if s.where.line == int(number)]
        alone = read_text(texts[article].split("\n")[int(number) - 1]).spoken
        assert _words(" ".join(said)) == (_words(alone) if verdict == "stays" else []), why


def test_furniture_of_real_articles_is_gone(real_data: Path) -> None:
    """Counters, captions, bylines and doubled titles of the portals are not read."""
    spoken = {
        file.name[:3]: read_text(file.read_text(encoding="utf-8")).spoken
        for file in (real_data / "articles").glob("*.txt")
    }
    for words in ("Quảng cáo", "Số lần xem", "Tin tiếp theo", "png", "Thanh Nguyễn", "tham khảo"):
        assert words not in spoken["001"]
    assert "Ngọc Mai" not in spoken["002"]
    assert spoken["003"].count("Phường Đức Xuân đẩy mạnh") == 1


def test_body_of_real_articles_stays(real_data: Path) -> None:
    """Every paragraph of an article is heard."""
    for file in (real_data / "articles").glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        read = {sentence.where.line for sentence in read_text(text).sentences}
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > 120:
                assert number in read, line[:60]
