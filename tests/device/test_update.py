"""Updates on real littlefs: wherever the power is cut, one version is whole and runs."""

import pytest
from beltwire import bundle, codes
from beltwire.errors import Refused
from device import FIRMWARE_VERSION, slots
from device.update import TRIAL_S, Updates

from tests.device.little import Flash, LittleFiles, PowerCut

BLOCKS = 40
BOARD = "Plumbline C3"
NEWER = bytes((FIRMWARE_VERSION[0], FIRMWARE_VERSION[1] + 1, 0))
PIECE = 200
OLD = [("device/main.py", b"old " * 60), ("beltcore/core.py", b"old core")]
NEW = [
    ("beltcore/__init__.py", b""),
    ("beltcore/core.py", b"new core " * 50),
    ("beltwire/wire.py", b""),
    ("device/main.py", b"new " * 90),
]
NEWEST = [("beltcore/core.py", b"newest"), ("device/main.py", b"newest " * 70)]
VERSIONS = (OLD, NEW, NEWEST)
BUNDLE = bundle.pack(NEWER, BOARD, NEW)
BUNDLES = (b"", BUNDLE, bundle.pack(NEWER, BOARD, NEWEST))


def put(files: LittleFiles, slot: str, contents: list[tuple[str, bytes]]) -> None:
    """Write a version into a slot, as flashing a board does."""
    for folder in ("fw", slot, *(f"{slot}/{name.split('/')[0]}" for name, _ in contents)):
        if folder.split("/")[-1] not in files.listdir("/".join(folder.split("/")[:-1])):
            files.mkdir(folder)
    for name, data in contents:
        with files.open(f"{slot}/{name}", "wb") as out:
            out.write(data)


def flashed() -> Flash:
    """A flash with the old version in the first slot."""
    flash = Flash(BLOCKS)
    put(LittleFiles(flash, fresh=True), slots.SLOTS[0], OLD)
    flash.operations = 0
    return flash


def boot(flash: Flash) -> tuple[LittleFiles, str, Updates]:
    """Power on: what the loader and the firmware do first."""
    files = LittleFiles(flash)
    slot = slots.choose(files)
    updates = Updates(files, BOARD)
    updates.load()
    return files, slot, updates


def version_in(files: LittleFiles, slot: str) -> list[tuple[str, bytes]] | None:
    """One of VERSIONS, where the slot holds it whole."""
    for contents in VERSIONS:
        try:
            found = []
            for name, _ in contents:
                with files.open(f"{slot}/{name}", "rb") as source:
                    found.append((name, source.read()))
        except OSError:
            continue
        if found == contents:
            return contents
    return None


def send(updates: Updates, data: bytes = BUNDLE, version: bytes = NEWER) -> None:
    """A host sends a bundle."""
    updates.begin(version, BOARD, len(data))
    for at in range(0, len(data), PIECE):
        assert updates.take(at, data[at : at + PIECE]) == min(len(data), at + PIECE)
    updates.finish()


def prove(updates: Updates) -> None:
    """A host says hello and the self-test passes."""
    updates.met()
    updates.tested(0)


def scenario(flash: Flash) -> None:
    """Two updates, one into each slot, from wherever the belt is; PowerCut may end it."""
    files, slot, updates = boot(flash)
    prove(updates)
    for number in (1, 2):
        if VERSIONS.index(version_in(files, slot) or []) < number:
            send(updates, BUNDLES[number])
            files, slot, updates = boot(flash)
            assert updates.on_trial
            prove(updates)
    boot(flash)


def test_an_update_is_tried_and_kept() -> None:
    flash = flashed()
    for number in (1, 2):
        send(boot(flash)[2], BUNDLES[number])
        prove(boot(flash)[2])
        files, slot, updates = boot(flash)
        assert slot == slots.SLOTS[number % 2]
        assert version_in(files, slot) == VERSIONS[number]
        assert (updates.on_trial, updates.last) == (False, codes.UPDATE_KEPT)


def test_a_power_cut_anywhere_leaves_a_whole_version() -> None:
    calm = flashed()
    scenario(calm)
    total = calm.operations
    assert total > 80
    outcomes = set()
    for at in range(1, total + 1):
        flash = flashed()
        flash.cut_at = at
        with pytest.raises(PowerCut):
            scenario(flash)
        flash.repower()
        files, slot, updates = boot(flash)
        found = version_in(files, slot)
        assert found is not None, at
        number = VERSIONS.index(found)
        outcomes.add((number, updates.on_trial))
        if updates.on_trial:  # nobody proves it: the next start brings the one before back
            files, slot, updates = boot(flash)
            assert version_in(files, slot) == VERSIONS[number - 1], at
            assert updates.last == codes.UPDATE_ROLLED_BACK
        scenario(flash)
        files, slot, updates = boot(flash)
        assert version_in(files, slot) == NEWEST, at
        assert updates.last == codes.UPDATE_KEPT
    assert outcomes == {(0, False), (1, True), (1, False), (2, True)}


@pytest.mark.parametrize("proof", ["nothing", "hello", "selftest", "failed selftest"])
def test_a_version_that_does_not_prove_itself_is_tried_once(proof: str) -> None:
    flash = flashed()
    send(boot(flash)[2])
    _, slot, updates = boot(flash)
    assert slot == slots.SLOTS[1]
    if "hello" in proof or "failed" in proof:
        updates.met()
    if "selftest" in proof:
        updates.tested(codes.TEST_FLASH if "failed" in proof else 0)
    assert not updates.overdue(TRIAL_S)
    assert updates.overdue(TRIAL_S + 1)
    files, slot, updates = boot(flash)
    assert version_in(files, slot) == OLD
    assert updates.last == codes.UPDATE_ROLLED_BACK
    assert not updates.overdue(10 * TRIAL_S)


def refused(updates: Updates, *begin: object) -> int:
    with pytest.raises(Refused) as told:
        updates.begin(*begin)  # type: ignore[arg-type]
    return told.value.code


def test_what_this_belt_must_not_have_is_refused() -> None:
    updates = boot(flashed())[2]
    assert refused(updates, NEWER, "Plumbline ESP32", 99) == codes.REFUSAL_RANGE
    older = bytes((0, 0, 9))
    assert refused(updates, older, BOARD, 99) == codes.REFUSAL_RANGE
    send(updates, bundle.pack(bytes(FIRMWARE_VERSION), BOARD, NEW), bytes(FIRMWARE_VERSION))
    assert refused(updates, NEWER, BOARD, 99) == codes.REFUSAL_BUSY


@pytest.mark.parametrize("at", [5, 60, len(BUNDLE) - 3])
def test_a_damaged_bundle_is_never_tried(at: int) -> None:
    flash = flashed()
    updates = boot(flash)[2]
    damaged = BUNDLE[:at] + bytes([BUNDLE[at] ^ 1]) + BUNDLE[at + 1 :]
    with pytest.raises(Refused):
        send(updates, damaged)
    assert boot(flash)[1] == slots.SLOTS[0]
    send(boot(flash)[2])
    assert boot(flash)[1] == slots.SLOTS[1]


def test_pieces_may_come_twice_but_not_out_of_order() -> None:
    flash = flashed()
    updates = boot(flash)[2]
    updates.begin(NEWER, BOARD, len(BUNDLE))
    assert updates.take(0, BUNDLE[:300]) == 300
    assert updates.take(0, BUNDLE[:300]) == 300
    assert updates.take(100, BUNDLE[100:500]) == 500
    with pytest.raises(Refused):
        updates.take(501, b"x")
    with pytest.raises(Refused):
        updates.finish()
    assert updates.take(500, BUNDLE[500:]) == len(BUNDLE)
    with pytest.raises(Refused):
        updates.take(len(BUNDLE), b"x")
    updates.finish()
    updates.finish()
    assert version_in(boot(flash)[0], slots.SLOTS[1]) == NEW


def test_an_update_that_was_broken_off_begins_again() -> None:
    flash = flashed()
    updates = boot(flash)[2]
    updates.begin(NEWER, BOARD, len(BUNDLE))
    updates.take(0, BUNDLE[:900])
    send(updates)
    assert version_in(boot(flash)[0], slots.SLOTS[1]) == NEW


@pytest.mark.parametrize(
    ("version", "board"), [(NEWER, "Plumbline ESP32"), (bytes((0, 0, 9)), BOARD)], ids=repr
)
def test_a_manifest_that_is_not_the_one_announced_is_refused(version: bytes, board: str) -> None:
    updates = boot(flashed())[2]
    with pytest.raises(Refused, match="not the one that was begun"):
        send(updates, bundle.pack(version, board, NEW))
    with pytest.raises(Refused, match="no update has been begun"):
        updates.take(0, b"P")


def test_an_update_that_is_too_large_gives_the_room_back() -> None:
    flash = flashed()
    files, _, updates = boot(flash)
    with pytest.raises(OSError, match="28"):
        send(updates, bundle.pack(NEWER, BOARD, [("device/main.py", b"large" * 50_000)]))
    with files.open("note", "wb") as out:
        out.write(bytes(20_000))
    with pytest.raises(Refused, match="no update has been begun"):
        updates.finish()
    send(updates)
    assert boot(flash)[1] == slots.SLOTS[1]


def test_a_state_that_is_damaged_runs_the_slot_that_holds_something() -> None:
    flash = flashed()
    send(boot(flash)[2])
    prove(boot(flash)[2])
    files = LittleFiles(flash)
    for name, _ in OLD:
        files.remove(f"{slots.SLOTS[0]}/{name}")
    files.remove(f"{slots.SLOTS[0]}/device")
    with files.open(slots.STATE, "wb") as out:
        out.write(b"S\x01\x01\x00\x00damaged")
    assert slots.choose(files) == slots.SLOTS[1]


def test_the_digest_is_of_what_stands_on_the_flash() -> None:
    """A file that went bad between writing and checking is found."""
    flash = flashed()
    files, _, updates = boot(flash)
    updates.begin(NEWER, BOARD, len(BUNDLE))
    updates.take(0, BUNDLE)
    with files.open(f"{slots.SLOTS[1]}/device/main.py", "wb") as out:
        out.write(b"new " * 89 + b"ned ")
    with pytest.raises(Refused, match=r"device/main\.py is damaged"):
        updates.finish()
