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


def test_its_kiosk_meets_the_cards_of_the_kit_and_what_it_does_wrong_is_found(verdicts, kit) -> None:
    found = verdicts(SIGN_IN, flaw="takes revoked cards", edit=lambda text: text + KIT.format(kit))
    assert of_kind(found, "FAIL") == {"DPC-ISS-PKIAUTH-03", "PIV-SRC-STATUS-01"}
    assert of_kind(found, "BLOCKED") == of_kind(found, "INFRASTRUCTURE") == set()
    # Expired, not yet valid, of another CA, altered, wrong policy, PIV-I: each refused for its reason.
    refused = {"DPC-ISS-PKIAUTH-01", "DPC-ISS-PKIAUTH-02", "DPC-ISS-PKIAUTH-04", "PIV-SRC-PIVI-01"}
    assert refused <= of_kind(found, "PASS")
