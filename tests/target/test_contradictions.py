"""Claims that cannot all be true are refused before a run, in one sentence."""

import pytest

from dpc_conformance.catalogue.claims import Claims, not_applicable
from dpc_conformance.catalogue.contradictions import RULES, contradiction
from dpc_conformance.cli import main
from dpc_conformance.target import TargetError, load_target

CONTRADICTIONS = [
    ('certificates = ["signature"]', "claims.certificates: the derived credential is an authentication certificate"),
    (
        'assurance_levels = ["aal3"]\nkey_origin = ["issuer"]',
        "claims.key_origin: a key under policy .41",
    ),
    (
        'assurance_levels = ["aal3", "aal2"]\nkey_places = ["software"]',
        "claims.key_places: aal3 needs keys in hard",
    ),
    ('assurance_levels = ["aal3"]\nkey_places = ["software", "hardware"]', "keys in software are aal2 at most"),
    ('enrolment_protocols = ["scep"]', "claims.enrolment_protocols: SCEP encrypts to the key that signs"),
    ('enrolment_protocols = ["scep"]\nkey_algorithms = ["RSA-2048", "P-256"]', "over SCEP alone no EC key"),
    ("key_escrow = true", "claims.key_escrow: only key management keys may be escrowed"),
    ("key_history = true\nkey_escrow = true", "claims.key_escrow: only key management keys"),
    ("key_history = true", "claims.key_history: it is made of key management keys"),
    (
        'key_history = true\ncertificates = ["authentication", "key-management"]',
        "earlier keys come from the",
    ),
    ("secure_messaging = true", "claims.secure_messaging: it is the removable token's"),
    ("test_pki = true\noperated_service = true", "claims.test_pki: a service for real cardholders"),
    ("secret_reset = true\nactivation_secret_screen = false", "claims.secret_reset: there is no activation secret"),
    ('piv_i_cards = "own-policy"\nsimulation = true', "claims.piv_i_cards: the reference refuses PIV-I cards"),
    ("simulation = true\noperated_service = true", "claims.simulation: a simulation is not operated"),
]


@pytest.mark.parametrize(("claims", "sentence"), CONTRADICTIONS)
def test_a_contradiction_is_refused_in_one_sentence(tmp_path, claims, sentence) -> None:
    file = tmp_path / "product.toml"
    file.write_text(f'name = "x"\n[claims]\n{claims}\n')
    with pytest.raises(TargetError) as raised:
        load_target(file)
    assert sentence in str(raised.value)
    assert str(raised.value).startswith(str(file))
    assert "\n" not in str(raised.value)


def test_every_rule_on_contradictions_is_tried() -> None:
    assert {sentence for _, _, sentence in RULES} == {
        rule
        for _, _, rule in RULES
        if any(said.partition(": ")[2] in rule or said in rule for _, said in CONTRADICTIONS)
    }


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"assurance_levels": {"aal2", "aal3"}, "key_origin": {"device", "issuer"}},
        {"enrolment_protocols": {"scep", "est"}, "key_algorithms": {"RSA-2048", "P-256"}},
        {"enrolment_protocols": {"scep"}, "key_algorithms": {"RSA-3072"}},
    ],
)
def test_what_can_be_true_is_taken(claims) -> None:
    assert contradiction(Claims(**claims)) is None


def test_a_run_refuses_it_before_anything_else(tmp_path, capsys) -> None:
    file = tmp_path / "product.toml"
    file.write_text('name = "x"\n[claims]\nkey_escrow = true\n')
    for command in (["run", "--target"], ["plan", "--target"], ["target", "check"]):
        assert main([*command, str(file)]) == 4
        said = capsys.readouterr()
        assert (said.out, len(said.err.splitlines())) == ("", 1)


@pytest.mark.parametrize(
    ("identifier", "claims", "applies"),
    [
        ("DPC-ACT-SW-01", {}, True),
        ("DPC-ACT-SW-01", {"key_places": {"hardware"}}, False),
        ("DPC-KM-REC-07", {}, False),
        ("DPC-KM-REC-07", {"key_history": True, "key_escrow": True, "certificates": {"key-management"}}, True),
        ("DPC-LC-REKEY-01", {}, False),
        ("DPC-LC-REKEY-01", {"rekey": True}, True),
        ("DPC-ACT-RESET-01", {}, False),
        ("DPC-ACT-RESET-01", {"secret_reset": True}, True),
        ("DPC-APDU-PUT-04", {"removable_token": True}, True),
        ("DPC-APDU-PUT-04", {"removable_token": True, "contactless_token": False}, False),
    ],
)
def test_the_claims_decide_what_applies(identifier, claims, applies) -> None:
    assert (not_applicable(identifier, Claims(**claims)) is None) is applies
