"""COBS against the `cobs` package, and on what nobody should send."""

import pytest
from beltwire import cobs as ours
from beltwire.errors import WireError
from cobs import cobs as oracle
from hypothesis import example, given
from hypothesis import strategies as st

# Long runs without zeros are where COBS has its edges; random bytes alone hardly make any.
PLAIN = st.one_of(
    st.binary(max_size=1200),
    st.lists(
        st.one_of(st.just(b"\0"), st.integers(0, 520).map(lambda n: b"\x5a" * n)), max_size=6
    ).map(b"".join),
)


@given(PLAIN)
@example(b"")
@example(b"\x01" * 254)
@example(b"\x01" * 254 + b"\0")
def test_encode_is_the_oracles(plain: bytes) -> None:
    stuffed = ours.encode(plain)
    assert stuffed == oracle.encode(plain)
    assert b"\0" not in stuffed
    assert ours.decode(stuffed) == plain


@given(st.one_of(st.binary(max_size=600), PLAIN.map(oracle.encode)))
def test_decode_takes_what_the_oracle_takes(stuffed: bytes) -> None:
    try:
        wanted = oracle.decode(stuffed) if stuffed else None
    except oracle.DecodeError:
        wanted = None
    if wanted is None:
        with pytest.raises(WireError):
            ours.decode(stuffed)
    else:
        assert ours.decode(stuffed) == wanted


@pytest.mark.parametrize("size", [0, 1, 253, 254, 255, 507, 508, 509, 1030])
def test_overhead_is_one_byte_in_254(size: int) -> None:
    assert len(ours.encode(b"\xa5" * size)) == size + max(1, -(-size // 254))


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_any_buffer_will_do(kind: type) -> None:
    assert ours.encode(kind(b"\x11\x00\x22")) == b"\x02\x11\x02\x22"
    assert ours.decode(kind(b"\x02\x11\x02\x22")) == b"\x11\x00\x22"
