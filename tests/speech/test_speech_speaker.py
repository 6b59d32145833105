"""The chain of voices: who speaks, who does not and why, and what is not made twice."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from broadcaster.errors import SpeechError
from broadcaster.model import Sentence
from broadcaster.sound.pcm import read_wav
from broadcaster.speech import EngineStatus, Speaker, SpeechCache
from broadcaster.speech.engines.tone import ToneSynthesizer
from broadcaster.speech.synthesizer import UnreachableError

if TYPE_CHECKING:
    from pathlib import Path


class Voice(ToneSynthesizer):
    """A tone under another name, that may need a network or fail from some word on."""

    def __init__(self, engine: str, *, needs_network: bool = False, fails_on: str = "") -> None:
        super().__init__()
        self.engine = engine
        self.needs_network = needs_network
        self.fails_on = fails_on
        self.closed = 0

    def speak(self, text: str, name: str) -> tuple[np.ndarray, int]:
        samples, rate = super().speak(text, name)
        if self.fails_on and self.fails_on in text:
            raise SpeechError(f"{self.engine} stumbles over “{self.fails_on}”")
        return samples, rate

    def close(self) -> None:
        self.closed += 1


def lines(*texts: str) -> list[Sentence]:
    return [Sentence(text, text, 300) for text in texts]


@pytest.fixture
def cache(tmp_path: Path) -> SpeechCache:
    return SpeechCache(tmp_path)


def speaker_of(cache: SpeechCache, *voices: Voice) -> Speaker:
    return Speaker(cache, [v.engine for v in voices], engines={v.engine: v for v in voices})


def test_the_first_voice_speaks_and_the_others_are_silent(cache: SpeechCache):
    """The order in station.yaml decides, and the speech says who spoke."""
    first, second = Voice("first"), Voice("second")
    speech = speaker_of(cache, first, second).speak(lines("Một hai.", "Ba."))
    assert (speech.voice, speech.calls, speech.fallbacks) == ("first:vi", 2, ())
    assert second.spoken == []


def test_every_sentence_is_a_clip_with_its_pause(cache: SpeechCache):
    """Clips stand in the order of the text, with the pauses the text asks for."""
    sentences = [Sentence("1", "Một.", 400), Sentence("2", "Hai ba bốn.", 900)]
    speech = speaker_of(cache, Voice("first")).speak(sentences)
    assert [(c.text, c.pause_after_ms) for c in speech.clips] == [
        ("Một.", 400),
        ("Hai ba bốn.", 900),
    ]
    lengths_ms = [len(read_wav(clip.path)) // 48 for clip in speech.clips]
    assert lengths_ms == [clip.duration_ms for clip in speech.clips]
    assert speech.duration_ms == sum(lengths_ms) + 1300


def test_one_failing_sentence_moves_the_whole_to_the_next_voice(cache: SpeechCache):
    """A bulletin has one voice from its first word to its last."""
    first, second = Voice("first", fails_on="Hai"), Voice("second")
    speech = speaker_of(cache, first, second).speak(lines("Một.", "Hai.", "Ba."))
    assert (speech.voice, speech.calls) == ("second:vi", 3)
    assert speech.fallbacks == ("first:vi: first stumbles over “Hai”",)
    assert second.spoken == ["Một.", "Hai.", "Ba."]


def test_nothing_is_spoken_twice(cache: SpeechCache):
    """A second time no engine is asked, not even by another speaker; a new sentence alone is."""
    speaker_of(cache, Voice("first")).speak(lines("Một.", "Hai."))
    again = Voice("first")
    speech = speaker_of(cache, again).speak(lines("Hai.", "Một."))
    assert (speech.calls, again.spoken) == (0, [])
    speech = speaker_of(cache, again).speak(lines("Một.", "Ba.", "Hai."))
    assert (speech.calls, again.spoken) == (1, ["Ba."])


def test_the_same_sentence_twice_in_a_text_is_made_once(cache: SpeechCache):
    """A notice that is read twice costs one reading."""
    voice = Voice("first")
    speech = speaker_of(cache, voice).speak(lines("Một.", "Hai.", "Một."))
    assert (speech.calls, len(speech.clips)) == (2, 3)
    assert speech.clips[0].path == speech.clips[2].path


def test_force_makes_everything_anew(cache: SpeechCache):
    """With force the voice speaks again although the clips are there."""
    voice = Voice("first")
    speaker = speaker_of(cache, voice)
    speaker.speak(lines("Một.", "Hai."))
    assert speaker.speak(lines("Một.", "Hai."), force=True).calls == 2


def test_a_damaged_clip_is_made_again(cache: SpeechCache):
    """A clip that was cut short on the disk is noticed before it is aired."""
    speaker = speaker_of(cache, Voice("first"))
    clip = speaker.speak(lines("Một.", "Hai.")).clips[1]
    clip.path.write_bytes(clip.path.read_bytes()[:1000])
    speech = speaker.speak(lines("Một.", "Hai."))
    assert speech.calls == 1
    assert speech.clips[1] == clip


def test_without_network_voices_that_need_one_are_left_out(cache: SpeechCache):
    """`online: false`: the text is not given to a network voice, not even if it is asked for."""
    cloud, local = Voice("cloud", needs_network=True), Voice("local")
    speaker = speaker_of(cache, cloud, local)
    speech = speaker.speak(lines("Một."), voice="cloud:vi", online=False)
    assert speech.voice == "local:vi"
    assert "forbidden" in speech.fallbacks[0]
    assert cloud.spoken == []


def test_a_forbidden_voice_does_not_speak_from_the_cache_either(cache: SpeechCache):
    """Clips that a network voice made earlier are not used where it is forbidden now."""
    cloud, local = Voice("cloud", needs_network=True), Voice("local")
    speaker = speaker_of(cache, cloud, local)
    assert speaker.speak(lines("Một.")).voice == "cloud:vi"
    assert speaker.speak(lines("Một."), online=False).voice == "local:vi"


def test_a_bulletin_cannot_choose_a_network_voice_that_the_station_does_not_use(
    cache: SpeechCache,
):
    """Whoever writes a bulletin cannot send it to a service that the station left out."""
    cloud, local = Voice("cloud", needs_network=True), Voice("local")
    speaker = Speaker(cache, ["local"], engines={"cloud": cloud, "local": local})
    speech = speaker.speak(lines("Một."), voice="cloud:vi")
    assert (speech.voice, cloud.spoken) == ("local:vi", [])


def test_a_bulletins_own_voice_comes_first(cache: SpeechCache):
    """`voice:` of a bulletin is tried before the station's voices, which remain behind it."""
    first, second = Voice("first"), Voice("second")
    speaker = speaker_of(cache, first, second)
    assert speaker.speak(lines("Một."), voice="second:vi").voice == "second:vi"
    second.fails_on = "Hai"
    speech = speaker.speak(lines("Hai."), voice="second:vi")
    assert (speech.voice, len(speech.fallbacks)) == ("first:vi", 1)


@pytest.mark.parametrize(
    ("voice", "said"), [("frist:vi", "no speech engine “frist”"), ("!", "not the name of a voice")]
)
def test_a_wrong_voice_is_a_reason_and_not_an_end(cache: SpeechCache, voice: str, said: str):
    """A slip in a bulletin's `voice:` does not keep it off the air."""
    speech = speaker_of(cache, Voice("first")).speak(lines("Một."), voice=voice)
    assert speech.voice == "first:vi"
    assert said in speech.fallbacks[0]


def test_when_no_voice_can_speak_every_reason_is_given(cache: SpeechCache):
    """The operator sees why each voice failed, and where to look."""
    voices = Voice("first", fails_on="Một"), Voice("second", fails_on="Một")
    with pytest.raises(SpeechError) as caught:
        speaker_of(cache, *voices).speak(lines("Một."))
    assert "first stumbles" in caught.value.message
    assert "second stumbles" in caught.value.message
    assert "broadcaster voices" in caught.value.hint
    assert caught.value.exit_code == 4


def test_an_empty_chain_is_an_error_with_a_cure(cache: SpeechCache):
    """A station without voices is told so."""
    with pytest.raises(SpeechError, match="no voice could speak"):
        Speaker(cache, [], engines={}).speak(lines("Một."))


@pytest.mark.parametrize("texts", [(), ("…",), ("?!", " ", "- –")])
def test_punctuation_alone_is_nothing_to_say(cache: SpeechCache, texts: tuple[str, ...]):
    """A text of punctuation asks no engine."""
    voice = Voice("first")
    with pytest.raises(SpeechError, match="nothing to say"):
        speaker_of(cache, voice).speak(lines(*texts))
    assert voice.spoken == []


def test_a_line_of_punctuation_between_sentences_is_left_out(cache: SpeechCache):
    """A row of dots between two paragraphs costs no bulletin its voice."""
    speech = speaker_of(cache, Voice("first")).speak(lines("Một.", "…", "Hai."))
    assert [clip.text for clip in speech.clips] == ["Một.", "Hai."]


def test_an_engine_with_a_fault_in_its_code_is_passed_over(cache: SpeechCache):
    """Whatever a foreign engine raises, the next voice speaks."""

    class Faulty(Voice):
        def speak(self, text: str, name: str) -> tuple[np.ndarray, int]:
            raise ZeroDivisionError(text)

    speech = speaker_of(cache, Faulty("faulty"), Voice("second")).speak(lines("Một."))
    assert speech.voice == "second:vi"
    assert "faulty failed" in speech.fallbacks[0]


def test_an_engine_that_delivers_silence_is_passed_over(cache: SpeechCache):
    """Silence is a failure: the next voice speaks, and nothing silent is kept."""

    class Mute(Voice):
        def speak(self, text: str, name: str) -> tuple[np.ndarray, int]:
            return np.zeros(48_000, dtype=np.float32), 48_000

    speech = speaker_of(cache, Mute("mute"), Voice("second")).speak(lines("Một."))
    assert speech.voice == "second:vi"
    assert "silence" in speech.fallbacks[0]


def test_an_engine_for_two_is_asked_by_two_at_once(cache: SpeechCache):
    """An engine that can, speaks two sentences at the same time, and order is kept."""
    meeting = threading.Barrier(2, timeout=5)

    class Pair(Voice):
        at_once = 2

        def speak(self, text: str, name: str) -> tuple[np.ndarray, int]:
            meeting.wait()
            return super().speak(text, name)

    speech = speaker_of(cache, Pair("pair")).speak(lines("Một.", "Hai.", "Ba.", "Bốn."))
    assert [clip.text for clip in speech.clips] == ["Một.", "Hai.", "Ba.", "Bốn."]
    assert (speech.calls, speech.fallbacks) == (4, ())


def test_after_a_failure_the_rest_is_not_asked(cache: SpeechCache):
    """A network voice that failed gets no more texts of that bulletin."""
    first = Voice("first", fails_on="Một")
    speaker_of(cache, first, Voice("second")).speak(lines("Một.", "Hai.", "Ba."))
    assert first.spoken == ["Một."]


def test_leaving_the_speaker_ends_its_engines(cache: SpeechCache):
    """No helper process is left behind, after an error either."""
    voice = Voice("first")
    with speaker_of(cache, voice) as speaker:
        speaker.speak(lines("Một."))
    with pytest.raises(ZeroDivisionError), speaker_of(cache, voice):
        raise ZeroDivisionError
    assert voice.closed == 2


def test_the_reasons_are_said_in_vietnamese(cache: SpeechCache, vietnamese: None):
    """An operator reads why no voice spoke in his own language."""
    with pytest.raises(SpeechError) as caught:
        speaker_of(cache, Voice("cloud", needs_network=True)).speak(lines("Một."), online=False)
    assert "Không giọng nào đọc được" in caught.value.message
    assert "Internet" in caught.value.message


def test_a_status_row_is_there_for_every_engine():
    """What a third engine must offer for its row is what the test tone offers."""
    assert ToneSynthesizer().status() == EngineStatus(engine="tone", available=True, voices=("vi",))


def test_a_voice_whose_service_did_not_answer_is_awaited(cache: SpeechCache):
    """A network that is away may come back; a fault of the text or of a name does not pass."""

    class Away(Voice):
        def speak(self, text: str, name: str) -> tuple[np.ndarray, int]:
            raise UnreachableError("nobody answers")

    faulty = speaker_of(cache, Voice("first", fails_on="Một"), Voice("second"))
    faulty.speak(lines("Một."), voice="nobody:vi")
    assert not faulty.awaits_network
    away = speaker_of(cache, Away("away", needs_network=True), Voice("second"))
    away.speak(lines("Một."), online=False)
    assert not away.awaits_network
    assert away.speak(lines("Một.")).voice == "second:vi"
    assert away.awaits_network


def test_an_engine_is_given_the_manner_that_it_makes_itself(cache: SpeechCache):
    """A rate that the engine has is asked of it, and is part of the voice's name everywhere."""
    given: list[dict[str, int]] = []

    class Able(Voice):
        shapes = frozenset({"rate", "pitch"})

        def speak(self, text: str, name: str, **manner: int) -> tuple[np.ndarray, int]:
            given.append(manner)
            return ToneSynthesizer.speak(self, text, name)

    speaker = speaker_of(cache, Able("able"))
    speech = speaker.speak(lines("Một hai ba."), voice="able:vi rate=90 pitch=-2")
    assert (speech.voice, given) == ("able:vi rate=90 pitch=-2", [{"rate": 90, "pitch": -2}])
    again = speaker.speak(lines("Một hai ba."))
    assert (again.voice, given[1:], again.calls) == ("able:vi", [{}], 1)
    assert speaker.speak(lines("Một hai ba."), voice="able rate=90 pitch=-2").calls == 0


def test_a_network_voice_with_a_rate_is_still_the_stations(cache: SpeechCache):
    """`gtts rate=95` in the station's voices allows a bulletin to choose gtts at another rate."""
    cloud = Voice("cloud", needs_network=True)
    speaker = Speaker(cache, ["cloud rate=95"], engines={"cloud": cloud})
    assert speaker.speak(lines("Một."), voice="cloud:vi").voice == "cloud:vi"


def test_in_a_hurry_no_network_is_waited_for(cache: SpeechCache):
    """What the network voice has spoken before is used; for anything new the next voice speaks,
    and the network voice is awaited. Where nobody else can speak, it is asked all the same."""
    cloud, local = Voice("cloud", needs_network=True), Voice("local")
    speaker = speaker_of(cache, cloud, local)
    speaker.speak(lines("Một."))
    speaker.hurried = True
    assert (speaker.speak(lines("Một.")).voice, speaker.awaits_network) == ("cloud:vi", False)
    assert (speaker.speak(lines("Một.", "Hai.")).voice, speaker.awaits_network) == (
        "local:vi",
        True,
    )
    assert cloud.spoken == ["Một."]
    alone = speaker_of(cache, cloud)
    alone.hurried = True
    assert alone.speak(lines("Ba.")).voice == "cloud:vi"
