"""One table of commands and the status words that SP 800-73-5 part 2 expects, on a card with PIN 246801."""

import pytest

RIGHT = "0020008008" + b"246801".hex() + "FFFF"
WRONG = "0020008008" + b"135790".hex() + "FFFF"
FULL_AID = "00A404000BA00000030800001000010000"

TABLE = [
    # SELECT
    ("the whole AID", [FULL_AID], "9000"),
    ("the AID without its version", ["00A4040009A0000003080000100000"], "9000"),
    ("the RID alone, no Le", ["00A4040005A000000308"], "9000"),
    ("an unknown AID", ["00A4040008A000000527200101"], "6A82"),
    ("an AID that is too long", ["00A404000CA0000003080000100001000000"], "6A82"),
    ("no AID", ["00A40400"], "6A82"),
    ("SELECT by file identifier", ["00A40000023F00"], "6A86"),
    ("an unknown AID leaves PIV selected", ["00A4040008A000000527200101", "00CB3FFF055C035FC10200"], "6100"),
    ("an unknown AID leaves the PIN verified", [RIGHT, "00A4040008A000000527200101", "00200080"], "9000"),
    ("SELECT again leaves the PIN verified", [RIGHT, FULL_AID, "00200080"], "9000"),
    # GET DATA
    ("CHUID", ["00CB3FFF055C035FC10200"], "6100"),
    ("CHUID without Le", ["00CB3FFF055C035FC102"], "6100"),
    ("Discovery", ["00CB3FFF035C017E00"], "9000"),
    ("Discovery in parts of eight bytes", ["00CB3FFF035C017E08"], "610C"),
    ("fingerprints before the PIN", ["00CB3FFF055C035FC10300"], "6982"),
    ("facial image before the PIN", ["00CB3FFF055C035FC10800"], "6982"),
    ("fingerprints after the PIN", [RIGHT, "00CB3FFF055C035FC10300"], "6100"),
    ("fingerprints after logging out", [RIGHT, "0020FF80", "00CB3FFF055C035FC10300"], "6982"),
    ("a container that is not there", ["00CB3FFF055C035FC10C00"], "6A82"),
    ("a tag that no one knows", ["00CB3FFF055C035FC1FF00"], "6A82"),
    ("no tag list", ["00CB3FFF0353017E00"], "6A80"),
    ("a tag list that is cut off", ["00CB3FFF035C037E00"], "6A80"),
    ("wrong P1 P2", ["00CB3F00055C035FC10200"], "6A86"),
    ("GET DATA as part of a chain", ["10CB3FFF055C035FC102"], "6884"),
    # GET RESPONSE
    ("nothing to get", ["00C0000000"], "6985"),
    ("the rest of Discovery", ["00CB3FFF035C017E08", "00C000000C"], "9000"),
    ("another command drops the rest", ["00CB3FFF035C017E08", "00200080", "00C000000C"], "6985"),
    ("GET RESPONSE with P1", ["00CB3FFF035C017E08", "00C001000C"], "6A86"),
    # VERIFY
    ("query before the PIN", ["00200080"], "63C3"),
    ("query before the PIN, with Le", ["0020008000"], "63C3"),
    ("the right PIN", [RIGHT], "9000"),
    ("query after the PIN", [RIGHT, "00200080"], "9000"),
    ("a wrong PIN", [WRONG], "63C2"),
    ("a wrong PIN takes the status away", [RIGHT, WRONG, "00200080"], "63C2"),
    ("log out", [RIGHT, "0020FF80", "00200080"], "63C3"),
    ("log out before the PIN", ["0020FF80"], "9000"),
    ("log out with data", ["0020FF8008323436383031FFFF"], "6A80"),
    ("wrong P1", ["0020018008323436383031FFFF"], "6A86"),
    ("a PIN of five digits", ["00200080083234363830FFFFFF"], "6A80"),
    ("a PIN with letters", ["00200080083234363830" + "61" + "FFFF"], "6A80"),
    ("a PIN without padding", ["0020008006323436383031"], "6A80"),
    ("digits behind the padding", ["0020008008323436383031FF32"], "6A80"),
    ("the Global PIN, which Discovery does not allow", ["0020000008323436383031FFFF"], "6A88"),
    ("fingerprint comparison, which the card has not", ["00200096"], "6A88"),
    ("an unknown key reference", ["00200055"], "6A88"),
    # everything else
    ("an instruction that the card has not", ["00CADF3005"], "6D00"),
    ("a class that the card has not", ["80CB3FFF055C035FC10200"], "6E00"),
    ("secure messaging", ["0CCB3FFF055C035FC10200"], "6882"),
    ("Lc that promises too much", ["00CB3FFF095C035FC102"], "6700"),
    ("half a header", ["00CB"], "6700"),
]


@pytest.mark.parametrize(("commands", "status"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_status_word(ask, commands, status):
    for command in commands[:-1]:
        ask(command)
    assert ask(commands[-1])[1] == status


def test_select_answers_with_the_property_template_of_the_standard(ask):
    assert ask(FULL_AID) == ("61114F0600001000010079074F05A000000308", "9000")


def test_parts_of_an_object_join_to_the_whole(ask):
    first, _ = ask("00CB3FFF035C017E08")
    assert first + ask("00C000000C")[0] == ask("00CB3FFF035C017E00")[0]


def test_before_select_there_is_no_application(card):
    assert card.transmit(bytes.fromhex("00CB3FFF055C035FC10200")).hex() == "6d00"


def test_extended_length_brings_a_whole_object_at_once(ask):
    data, status = ask("00CB3FFF0000055C035FC1020000")
    assert status == "9000"
    assert len(data) // 2 > 256
