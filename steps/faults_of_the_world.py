"""What is out of order around issuer and phone, and what becomes of a request meanwhile and afterwards."""

from pytest_bdd import given, parsers, then, when

OUT_OF_ORDER = {
    "the certification authority does not answer": "certification-authority",
    "the issuer's records are full": "records",
    "the status services take requests and do not answer": "slow-status-services",
    "the issuer's clock is four minutes fast": "issuer-clock-fast",
    "the issuer's clock is four minutes slow": "issuer-clock-slow",
    "the phone's clock is four minutes fast": "phone-clock-fast",
    "the phone's clock is four minutes slow": "phone-clock-slow",
}
CUTS = {
    "before a request for a certificate has reached the issuer": "before-certificate",
    "after the issuer has worked on a request for a certificate": "after-certificate",
    "before the receipt of a certificate has reached the issuer": "before-receipt",
    "after the issuer has taken the receipt of a certificate": "after-receipt",
}


@given(parsers.re(f"(?P<what>{'|'.join(OUT_OF_ORDER)})"))
def _(cast, what):
    cast.outages.begin(OUT_OF_ORDER[what])


@when("everything works again")
def _(cast):
    cast.outages.end()


@given(parsers.re(f"the network breaks (?P<where>{'|'.join(CUTS)})"))
def _(cast, where):
    cast.outages.cut_once(CUTS[where])


@given("the cardholder's PIV identity account is terminated while the next certificate is being signed")
def _(cast):
    cast.outages.while_signing(lambda: cast.issuer.terminate_account(cast.cardholder))


@then("whatever was signed is revoked")
def _(ledger, judge):
    judge.state(ledger.accepted("revoke"), "the certificate that was signed meanwhile is revoked")


@given("the issuer is killed after it has signed and before it answers")
def _(cast):
    cast.power.cut_before_the_answer()


@given("the issuer is killed after it has signed and before that is on record")
def _(cast):
    cast.power.cut_before_the_record()


@when("the issuer is started again")
def _(cast, outcome):
    assert outcome.refused
    cast.power.restore()


@when("the attacker sends the very same request again", target_fixture="outcome")
def _(attacker):
    return attacker.request_certificate("again")


@then("the issuer answers and nothing more was issued")
def _(outcome, ledger, judge):
    assert not outcome.refused
    nothing = ledger.nothing_issued()
    judge.expect("DPC-ISS-DUP-01", nothing, "the same request again", "the certificate that was issued before")


@then("the issuer answers and the certificate was issued once")
def _(outcome, ledger, judge):
    assert not outcome.refused
    judge.expect("DPC-ISS-DUP-01", ledger.issued_once(), "the account", "one certificate", ledger.in_words())


@then("every certificate was issued once")
def _(ledger, judge):
    judge.expect("DPC-ISS-DUP-01", ledger.issued_once(), "the account", "each certificate once", ledger.in_words())


@then("the attacker's phone got an answer")
def _(outcome, judge):
    answered = outcome.screen.status != 0
    judge.expect("DPC-ISS-PKIAUTH-03", answered, "the issuer", "an answer within the phone's time limit", "none")


@then(parsers.re("the audit log says why the (?P<action>issue) was refused"))
def _(audit_log, judge, action):
    audit_log.refused(action)
    audit_log.export()
    judge.flow("DPC-ISS-AUDIT-01")


@then("the audit log is whole")
@then("the audit log is whole over the restart")
def _(audit_log, judge):
    audit_log.export()
    judge.flow("DPC-ISS-AUDIT-01")
