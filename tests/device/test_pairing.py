"""The belt's key on the bench: given by the button, kept, forgotten by the button."""

from pathlib import Path

import pytest
from beltwire import codes, decoder, messages, pairing
from device import board_table
from device.pairing import KEY_FILE
from device.store import load_checked

from tests.device.bench import Bench

KEY = bytes(range(32))
OTHER = bytes(32)
NONCE = bytes(range(16))
HELLO = messages.Hello(min_version=1, max_version=1)


def boot(folder: Path) -> Bench:
    bench = Bench(folder, guarded=True).start()
    bench.run(0.1)
    return bench


def ask(bench: Bench, request: messages.Message) -> messages.Message:
    bench.wire.to_belt += request.frame(7)
    for _ in range(5):
        bench.belt.tick()
    frames = decoder.FrameDecoder().feed(bytes(bench.wire.to_host))
    bench.wire.to_host.clear()
    message = messages.unpack(frames[-1])
    assert message is not None
    return message


def hello(bench: Bench) -> messages.HelloReply:
    reply = ask(bench, HELLO)
    assert isinstance(reply, messages.HelloReply)
    return reply


def prove(bench: Bench, key: bytes = KEY) -> messages.Message:
    belt_id = hello(bench).belt_id
    answer = ask(bench, messages.Challenge(nonce=NONCE))
    if not isinstance(answer, messages.ChallengeReply):
        return answer
    proof = pairing.proof(pairing.HOST_LABEL, key, belt_id, NONCE, answer.nonce)
    return ask(bench, messages.Prove(proof=proof))


def hold(bench: Bench, seconds: float) -> None:
    bench.world.button_down = True
    bench.run(seconds)
    bench.world.button_down = False
    bench.run(1)


def pair(bench: Bench, key: bytes = KEY) -> None:
    hello(bench)
    bench.world.button_down = True
    bench.run(0.1)
    assert ask(bench, messages.Pair(key=key)) == messages.PairReply(status=codes.PAIRED)
    bench.world.button_down = False
    bench.run(1)


def test_a_new_belt_takes_a_key_by_its_button_and_keeps_it(tmp_path: Path) -> None:
    bench = boot(tmp_path)
    assert not hello(bench).flags & codes.HELLO_PAIRED
    wish = messages.Pair(key=KEY)
    assert ask(bench, wish) == messages.PairReply(status=codes.PRESS_BUTTON)
    pair(bench)
    assert hello(bench).flags & codes.HELLO_PAIRED
    assert bench.events(codes.EVENT_SNOOZE) == []  # the press had its meaning
    again = boot(tmp_path)
    assert prove(again) == messages.ProveReply()
    assert isinstance(ask(again, messages.List()), messages.ListReply)


def test_the_log_is_not_for_strangers(tmp_path: Path) -> None:
    bench = boot(tmp_path)
    pair(bench)
    denied = prove(bench, OTHER)
    assert isinstance(denied, messages.RemoteError)
    assert denied.code == codes.REFUSAL_DENIED
    refused = ask(bench, messages.Fetch(from_seq=1, credit=9))
    assert isinstance(refused, messages.RemoteError)
    assert refused.code == codes.REFUSAL_NOT_PAIRED


def test_random_bytes_are_never_the_same(tmp_path: Path) -> None:
    drawn = []
    for _ in range(2):
        bench = boot(tmp_path)
        bench.belt.board.random = bytes  # type: ignore[method-assign]  # a generator that is stuck
        drawn += [bench.belt.keeper.draw(16) for _ in range(3)]
    assert len(set(drawn)) == 6


def test_a_pulled_cable_ends_the_proof(tmp_path: Path) -> None:
    bench = boot(tmp_path)
    pair(bench)
    bench.world.usb_power = True
    bench.run(0.1)
    prove(bench)
    bench.world.usb_power = False
    bench.run(0.1)
    assert ask(bench, messages.List()) == messages.RemoteError(
        code=codes.REFUSAL_HELLO_FIRST, detail=messages.LIST, text="say hello first"
    )


def test_a_damaged_key_is_none(tmp_path: Path) -> None:
    pair(boot(tmp_path))
    file = tmp_path / KEY_FILE
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    assert not hello(boot(tmp_path)).flags & codes.HELLO_PAIRED


def test_developer_mode_is_the_owners_to_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board_table, "DEVELOPER", False)
    bench = boot(tmp_path)
    pair(bench)
    assert not hello(bench).flags & codes.HELLO_DEVELOPER
    wish = messages.Developer(mode=codes.OPEN)
    refused = ask(bench, wish)
    assert isinstance(refused, messages.RemoteError)
    assert refused.code == codes.REFUSAL_NOT_PAIRED
    prove(bench)
    assert ask(bench, wish) == messages.DeveloperReply(mode=codes.OPEN)
    bench = boot(tmp_path)
    assert hello(bench).flags & codes.HELLO_DEVELOPER
    hold(bench, 11)
    assert not hello(boot(tmp_path)).flags & codes.HELLO_DEVELOPER


def test_ten_seconds_of_the_button_forget_everything(tmp_path: Path) -> None:
    bench = boot(tmp_path)
    pair(bench)
    bench.run(130)
    assert bench.minutes()
    bench.world.button_down = True
    bench.run(9.9)
    assert bench.world.haptic.amplitude == 0
    felt = 0
    for _ in range(15):
        bench.run(0.1)
        felt += bench.world.haptic.amplitude > 0
    assert felt > 5  # the warning, before anything is lost
    assert bench.minutes()
    bench.world.button_down = False
    bench.run(1)
    assert bench.minutes() == []
    assert load_checked(bench.belt.files, KEY_FILE) is None
    assert not hello(bench).flags & codes.HELLO_PAIRED
    pair(bench, OTHER)
    assert prove(bench, OTHER) == messages.ProveReply()


@pytest.mark.parametrize("seconds", [2.0, 5.0, 16.0])
def test_shorter_or_longer_forgets_nothing(tmp_path: Path, seconds: float) -> None:
    bench = boot(tmp_path)
    pair(bench)
    bench.run(130)
    minutes = len(bench.minutes())
    hold(bench, seconds)
    assert len(bench.minutes()) >= minutes
    assert prove(bench) == messages.ProveReply()


def test_a_reset_ends_the_proof(tmp_path: Path) -> None:
    bench = boot(tmp_path)
    pair(bench)
    prove(bench)
    hold(bench, 11)
    refused = ask(bench, messages.List())
    assert isinstance(refused, messages.RemoteError)
    assert refused.code == codes.REFUSAL_HELLO_FIRST
