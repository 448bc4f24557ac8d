"""The badge office trusts the root of a kit, and meets its cards: told by a target that names the kit."""

import pytest
from lab_kit import make_lab_kit
from test_requirements import of_kind

KIT = '\n[roles.card]\nadapter = "kit"\nfolder = "{}"\n'
SIGN_IN = "features/journey/04_kiosk_sign_in.feature"


@pytest.fixture(scope="module")
def kit(tmp_path_factory):
    """Published at a name that only the run knows."""
    folder = tmp_path_factory.mktemp("lab") / "kit"
    make_lab_kit(folder, "http://status.lab.example:8080")
    return folder


def test_its_kiosk_takes_the_good_card_and_refuses_the_others_for_the_right_reasons(verdicts, kit) -> None:
    found = verdicts(SIGN_IN, edit=lambda text: text + KIT.format(kit))
    assert of_kind(found, "FAIL") == of_kind(found, "BLOCKED") == of_kind(found, "INFRASTRUCTURE") == set()
    expected = {
        "DPC-ISS-PKIAUTH-01",
        "DPC-ISS-PKIAUTH-03",
        "DPC-ISS-PKIAUTH-04",
        "PIV-SRC-STATUS-01",
        "PIV-SRC-PIVI-01",
    }
    assert expected <= of_kind(found, "PASS")


def test_that_it_takes_the_revoked_card_of_the_kit_is_found(verdicts, kit) -> None:
    words = (SIGN_IN, "--requirement", "PIV-SRC-STATUS-01")
    found = verdicts(*words, flaw="takes revoked cards", edit=lambda text: text + KIT.format(kit))
    assert of_kind(found, "FAIL") == {"DPC-ISS-PKIAUTH-03", "PIV-SRC-STATUS-01"}
