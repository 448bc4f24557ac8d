"""The FASC-N against encodings that were published by others."""

import pytest

from dpc_conformance.formats.ber import Malformed
from dpc_conformance.formats.fascn import FascN
from dpc_conformance.reference.card.fascn_writer import fasc_n

# The worked example of TIG SCEPACS v2.3 §2.1.
TIG_BYTES = bytes.fromhex("D0439458210C2C19A0846D83685A1082108CE73984108CA3FC")
TIG = FascN("0032", "0001", "092446", "0", "1", "1112223333", "1", "1223", "2")


def test_the_example_of_the_standard_reads_and_writes():
    assert FascN.from_bytes(TIG_BYTES) == TIG
    assert bytes(TIG) == TIG_BYTES


def test_the_writer_of_the_reference_agrees_with_the_reader():
    assert FascN.from_bytes(fasc_n("4700", "0001", "987654", "0123456789")) == FascN(
        "4700", "0001", "987654", "1", "1", "0123456789", "1", "4700", "1"
    )


@pytest.mark.parametrize("bit", range(0, 200, 3))
def test_no_single_bit_can_change_unnoticed(bit):
    changed = (int.from_bytes(TIG_BYTES, "big") ^ 1 << bit).to_bytes(25, "big")
    with pytest.raises(Malformed):
        FascN.from_bytes(changed)


def test_a_wrong_check_character_is_named():
    characters = f"{int.from_bytes(TIG_BYTES, 'big'):0200b}"
    other = characters[:-5] + ("10000" if characters[-5:] != "10000" else "01000")
    with pytest.raises(Malformed, match="check character"):
        FascN.from_bytes(int(other, 2).to_bytes(25, "big"))


def test_a_field_with_too_few_digits_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="field 1"):
        bytes(FascN("32", "0001", "092446", "0", "1", "1112223333", "1", "1223", "2"))
