"""What is wrong with a described product is said when its target is read, with the nearest right key."""

from datetime import UTC, datetime

import pytest
from badge_office import ADMIN_TOKEN

from dpc_conformance.adapters.registered import adapter_of
from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.cli import main
from dpc_conformance.contract.clause import Standing
from dpc_conformance.contract.contract import clauses_of
from dpc_conformance.target import TargetError, load_target

CREDENTIALS = "roles.issuer.verbs.credentials_of"


@pytest.fixture
def said(opened):
    """What a changed target is refused with; None where it is taken."""

    def read(old: str, new: str) -> str | None:
        target = opened().target
        text = target.read_text()
        assert old in text
        target.write_text(text.replace(old, new))
        try:
            adapters_of(load_target(target))
        except TargetError as error:
            return str(error)
        return None

    return read


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("kiosk_address =", "kiosk_adress =", "kiosk_adress: expected a known key; did you mean kiosk_address?"),
        ("verbs.audit]\npath", "verbs.audit]\npth", "verbs.audit.pth: expected a known key; did you mean path?"),
        ("answer.items = ", "answer.itms = ", "verbs.audit.answer.itms: expected a known key; did you mean items?"),
        ("verbs.published]", "verbs.publishd]", "publishd: expected a verb of the issuer; did you mean published?"),
        ("{person.mail}", "{person.male}", "a field of the verb, not {person.male}; did you mean person.mail?"),
        ("{person.surname}", "{person.__class__}", "expected a field of the verb, not {person.__class__}"),
        ('actor = "/who"', 'actr = "/who"', "answer.fields.actr: expected a field of AuditRecord; did you mean actor?"),
        ('actor = "/who"\n', "", "verbs.audit.answer.fields.actor: expected this key, which is missing"),
        ('"secret-used"', '"secret-use"', "expected a word of ours, not 'secret-use'; did you mean secret-used?"),
        ('actor = "/who"', 'actor = "who"', "expected a JSON pointer such as /items"),
        ('actor = "/who"', 'actor = { att = "/who" }', "fields.actor.att: expected a known key; did you mean at?"),
        ('answer = { items = "", value = "" }', 'answer = { value = "" }', "published.answer.items: expected this key"),
        ("{device_id}", "{device}", "enrolment.redeem.body: expected a field of the verb, not {device}; did you mean"),
        ('protocol = "est"', 'protocol = "ets"', "enrolment.protocol: expected 'est', 'cmp' or 'scep', not 'ets'"),
        ('protocol = "est"', 'protocol = "scep"', 'enrolment.key: expected "RSA-2048"'),
        ('"https://office.badges.example"', '"http://office.badges.example"', "base_url: expected an https URL"),
        ('roots = "tls.pem"', 'roots = "root.pem"', "base_url: expected a product that answers"),
        ('roots = "tls.pem"', 'roots = "no.pem"', "no.pem cannot be read: No such file or directory"),
        ('"OFFICE_TOKEN"', '"NO_TOKEN"', "token_variable: expected a token in the environment variable NO_TOKEN"),
    ],
)  # fmt: skip
def test_a_wrong_description_is_refused_in_one_sentence(said, old, new, sentence) -> None:
    found = said(old, new)
    assert found is not None
    assert found.partition(": roles.issuer.")[0].endswith("office.toml")
    assert sentence in found
    assert "\n" not in found
    assert ADMIN_TOKEN not in found


def test_the_command_says_so_without_a_traceback(opened, capsys) -> None:
    target = opened().target
    target.write_text(target.read_text().replace("verbs.audit", "verbs.adit"))
    assert main(["run", "--target", str(target), "--reports", str(target.parent / "reports")]) == 4
    assert "verbs.adit: expected a verb of the issuer; did you mean audit?" in capsys.readouterr().err


def test_the_described_issuer_keeps_the_contract_of_adapters(opened) -> None:
    target = load_target(opened().target)
    found = clauses_of(adapter_of("issuer", "http"), target, datetime.now(UTC))
    assert {each.subject: each.sentence for each in found if each.standing is Standing.BROKEN} == {}
    lacking = {each.subject for each in found if each.standing is Standing.LACKING}
    assert {"issuer.escrow", "issuer.suspend"} <= lacking
    assert {"issuer.audit", "issuer.credentials_of", "issuer.published"}.isdisjoint(lacking)
