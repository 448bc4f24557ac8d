"""Which scenarios and requirements are a product's: by role, scope, claims and documented story."""

from dataclasses import replace
from datetime import date

import pytest

from dpc_conformance.catalogue.answers import answering_for, looked_at, products_in, read_answers
from dpc_conformance.catalogue.catalogue import load_catalogue
from dpc_conformance.catalogue.claims import Claims
from dpc_conformance.catalogue.editions import Edition
from dpc_conformance.catalogue.part_in_run import why_left_out
from dpc_conformance.catalogue.plan import Plan
from dpc_conformance.catalogue.requirement import CatalogueError
from dpc_conformance.catalogue.scope import load_scopes
from dpc_conformance.catalogue.verdicts import Code, Ground, Verdict
from dpc_conformance.suite.candidates import Candidate, about, without_part
from dpc_conformance.target_roles import RoleChoice

ENROLMENT = Plan(load_scopes()["enrolment"], Edition.FINAL_2014, Claims(), {}, date(2026, 11, 23))
KIOSK, TOKEN = "features/journey/04_kiosk_sign_in.feature", "features/token/03_verify.feature"
CARD = "features/card/chuid.feature"
PASSWORD = "features/journey/entrust/02_password.feature"
ENTRUST = {"issuer_type": "entrust", "platforms": {"ios"}}
WEB, VISITORS = "features/use/web/sign_in.feature", "features/use/web/visitors.feature"
USE = Plan(load_scopes()["use"], Edition.FINAL_2014, Claims(), {}, date(2026, 11, 23))
SHOWN_BY_REFERENCE = "the reference, not the product, shows here what it assesses"


def of(*products: str, **claims) -> Plan:
    return replace(ENROLMENT, products=frozenset(products), claims=Claims(**claims))


def test_somebody_answers_for_every_requirement() -> None:
    assert {each.id for each in load_catalogue() if not answering_for(each.id)} == set()


@pytest.mark.parametrize(
    ("identifier", "roles"),
    [
        ("DPC-ISS-PKIAUTH-01", {"issuer"}),
        ("DPC-ACT-LEN-01", {"phone"}),
        ("DPC-ACT-LEN-03", {"token"}),
        ("DPC-LC-RP-02", {"relying_party"}),
        ("PIV-SRC-CHUID-03", {"card", "issuer"}),
        ("PIV-SRC-CCC-01", {"card"}),
    ],
)
def test_the_longest_pattern_decides_who_answers(identifier, roles) -> None:
    assert answering_for(identifier) == roles


def test_of_several_roles_a_scenario_looks_at_that_of_its_folder() -> None:
    assert looked_at("PIV-SRC-CHUID-03", CARD) == {"card"}
    assert looked_at("PIV-SRC-CHUID-03", KIOSK) == {"issuer"}
    assert looked_at("PIV-SRC-DISC-02", CARD) == {"issuer"}


def test_at_work_each_relying_party_stands_for_itself() -> None:
    assert looked_at("DPC-LC-RP-02", "features/journey/08_use.feature") == {"relying_party"}
    assert looked_at("DPC-LC-RP-02", WEB) == {"relying_party.web"}
    assert looked_at("DPC-LC-RP-02", "features/use/smime_signing.feature") == {"relying_party.mail"}
    assert looked_at("DPC-PATH-TIME-01", VISITORS) == {"relying_party.web"}
    assert looked_at("DPC-PATH-ANCHOR-01", WEB) == {"issuer"}


def test_a_table_for_one_use_makes_a_product_of_that_one_only() -> None:
    assert RoleChoice("theirs", {}).players("relying_party") == {"relying_party": "theirs"}
    settings = {"crl": "http://crl.agency.example/", "signature": True}
    assert RoleChoice("theirs", settings).players("issuer") == {"issuer": "theirs"}
    servers = RoleChoice("servers", {"web": {}, "hand_over": []}).players("relying_party")
    assert products_in(servers) == {"relying_party.web"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[[answer]]\nroles = ["issuer"]\nrequirements = ["DPC-ISS"]', "expected the roles that answer for it"),
        ('[[answer]]\nroles = []\nrequirements = ["DPC-ISS"]', "answer 1: expected roles and requirements"),
        ('[[answer]]\nroles = ["issuer"]\nrequirements = ["DPC-IS"]', "DPC-IS is not in the catalogue"),
        ('[[answer]]\nroles = ["x"]\nrequirements = ["DPC", "DPC"]', "DPC has an answer already"),
    ],
)
def test_a_wrong_answer_is_named(text, sentence) -> None:
    with pytest.raises(CatalogueError, match=sentence):
        read_answers(text, "here", load_catalogue())


def test_a_card_image_is_no_product() -> None:
    assert products_in({"card": "image", "issuer": "reference"}) == frozenset()
    assert products_in({"card": "pcsc", "issuer": "reference"}) == {"card"}
    assert products_in({"workstation": "browser", "correspondent": "smtp", "card": "kit"}) == frozenset()
    assert products_in({"issuer": "browser", "phone": "image"}) == {"issuer", "phone"}  # a vendor's own adapters


@pytest.mark.parametrize(
    ("plan", "tags", "file", "reason"),
    [
        (of(), {"DPC-SM-KEX-01"}, TOKEN, ""),
        (of("issuer"), {"DPC-ISS-PKIAUTH-01"}, KIOSK, ""),
        (of("phone"), {"DPC-ISS-PKIAUTH-01"}, KIOSK, "it assesses the issuer, which the reference plays"),
        (of("issuer"), {"DPC-LC-SUSP-02"}, KIOSK, "it assesses what is outside the scope enrolment"),
        (of("issuer"), {"DPC-LC-SUSP-02", "DPC-ISS-PKIAUTH-01"}, KIOSK, ""),
        (of("issuer"), {"DPC-ISS-SCEP-01"}, KIOSK, "enrols over another protocol than SCEP"),
        (of("issuer", enrolment_protocols={"scep"}), {"DPC-ISS-SCEP-01"}, KIOSK, ""),
        (of("issuer"), {"DPC-ISS-MULTI-03"}, KIOSK, "stands only in the drafts"),
        (replace(of("issuer"), edition=Edition.R1_FPD), {"DPC-ISS-MULTI-03"}, KIOSK, ""),
        (
            replace(of("issuer"), scope=load_scopes()["card"]),
            {"PIV-SRC-CHUID-03"},
            CARD,
            SHOWN_BY_REFERENCE,
        ),
        (replace(USE, products=frozenset({"relying_party"})), {"DPC-LC-RP-02"}, WEB, SHOWN_BY_REFERENCE),
        (replace(USE, products=frozenset({"relying_party.web"})), {"DPC-LC-RP-02"}, WEB, ""),
        (replace(USE, products=frozenset({"issuer"})), {"DPC-PATH-TIME-01"}, VISITORS, SHOWN_BY_REFERENCE),
        (replace(USE, products=frozenset({"issuer"})), {"DPC-PATH-ANCHOR-01"}, WEB, ""),
        (of("issuer"), {"use"}, KIOSK, "it assesses no requirement"),
        (of("token"), {"IOS-INT-05"}, KIOSK, "no role of the product takes part in it"),
        (of("card"), {"IOS-INT-05"}, KIOSK, ""),
        (of("phone"), {"IOS-INT-05"}, KIOSK, "The documented journey is that of iOS."),
        (of("phone", platforms={"ios", "android"}), {"IOS-INT-05"}, KIOSK, ""),
        (of("phone", platforms={"ios"}), {"AND-06"}, KIOSK, "The documented journey is that of Android Enterprise."),
        (of("phone", platforms={"ios"}), {"AND-INT-06"}, KIOSK, "is that of Android Enterprise."),
        (of("phone", platforms={"android"}), {"AND-INT-06"}, KIOSK, ""),
        (of("issuer", platforms={"android"}), {"AND-INT-03"}, KIOSK, "that of Intercede's issuer"),
        (of("issuer", issuer_type="intercede"), {"AND-INT-03"}, KIOSK, ""),
        (of(), {"AND-01", "by-hand"}, KIOSK, "nobody has the phone in hand"),
        (of("phone", platforms={"android"}), {"AND-01", "by-hand"}, KIOSK, "nobody has the phone in hand"),
        (replace(of("phone", platforms={"android"}), persons={"phone"}), {"AND-01", "by-hand"}, KIOSK, ""),
        (of("issuer", platforms={"ios"}), {"IOS-INT-09"}, KIOSK, "that of Intercede's issuer"),
        (of(), {"IOS-INT-10", "IOS-INT-12"}, KIOSK, ""),
        (of(issuer_type="entrust"), {"IOS-INT-10"}, KIOSK, "that of Intercede's issuer"),
        (of(issuer_type="entrust"), {"IOS-INT-11", "DPC-ISS-MULTI-01"}, KIOSK, ""),
        (of(platforms={"ios"}), {"ENT-IOS-19", "DPC-ISS-MULTI-01"}, PASSWORD, "the screens of Entrust's issuer"),
        (of(issuer_type="entrust", platforms={"ios"}), {"ENT-IOS-19"}, PASSWORD, ""),
        (of(issuer_type="entrust", platforms={"ios"}), {"ENT-AND-13"}, PASSWORD, "the screens of Android"),
        (of("issuer", **ENTRUST), {"ENT-IOS-19", "DPC-ISS-MULTI-01"}, PASSWORD, ""),
        (of("phone", **ENTRUST), {"ENT-IOS-19", "DPC-ISS-MULTI-01"}, PASSWORD, "the issuer, which the reference plays"),
        (of("device_manager", platforms={"ios"}), {"IOS-INT-07", "notification-e-mail"}, KIOSK, "not notify by e-mail"),
    ],
)
def test_what_says_nothing_about_the_product_is_left_out(plan, tags, file, reason) -> None:
    said = why_left_out(plan, tags, file)
    assert reason in said if reason else said == ""


def test_a_claim_that_was_not_seen_is_no_verdict() -> None:
    ground = Ground(Verdict.NOT_APPLICABLE, Code.CONDITION_NOT_MET, "not an RSA key")
    rsa, requirement = of(key_algorithms={"RSA-2048", "P-256"}), load_catalogue()["DPC-CERT-SPKI-02"]
    assert of().after_claims(requirement, ground) is ground
    found = rsa.after_claims(requirement, ground)
    assert (found.verdict, found.code) == (Verdict.INCONCLUSIVE, Code.CLAIMED_NOT_SEEN)
    passed = Ground(Verdict.PASS, Code.EVALUATED, "")
    assert rsa.after_claims(requirement, passed) is passed


def test_controls_of_a_feature_go_with_what_is_chosen_of_it() -> None:
    one = Candidate("one", KIOSK, frozenset({"DPC-ISS-PKIAUTH-01"}))
    control, other = Candidate("c", KIOSK, frozenset({"control"})), Candidate("o", TOKEN, frozenset({"control"}))
    known = (one, control, other)
    assert about(known, known, ("DPC-ISS-PKIAUTH-01",), ()) == {"one", "c"}
    assert about((one,), known, (), ("one",)) == {"one", "c"}
    assert about((one,), known, (), ()) == {"one"}
    assert set(without_part(known, of("issuer"))) == {"o"}
    assert set(without_part(known, of("phone"))) == {"one", "c", "o"}
