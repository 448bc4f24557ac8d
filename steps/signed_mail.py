"""Signed mail, and the programs of others that verify it."""

from pytest_bdd import given, parsers, then, when

REASONS = {
    "its content was changed": "content-changed",
    "the certificate is not for mail": "purpose",
    "the sender's address is not in the certificate": "mail-address",
    "the certificate has expired": "expired",
    "the status of the certificate is unknown": "status-unavailable",
}


@given("both correspondents have accepted a mail that the cardholder signed")
def _(signed_mails):
    signed_mails.accept_one()


@when("the cardholder signs a mail to both correspondents")
def _(signed_mails):
    signed_mails.accept_one()


@when("somebody changes the text of the mail on its way")
def _(signed_mails):
    signed_mails.change_on_the_way()
    signed_mails.look()


@when("somebody delivers the mail once more under the name of another sender")
def _(signed_mails):
    signed_mails.claim_another_sender()
    signed_mails.look()


@when(parsers.re("the phone signs a mail with the (?P<usage>authentication|key management) credential"))
def _(signed_mails, usage):
    signed_mails.sign(usage.replace(" ", "-"))
    signed_mails.look()


@when("the signature certificate has expired")
def _(signed_mails):
    signed_mails.wait_for_expiry()
    signed_mails.look()


@when("the status services have been silent until every CRL ran out")
def _(signed_mails):
    signed_mails.wait_without_status()
    signed_mails.look()


@then("both programs accept it, and it is built as S/MIME demands")
def _(judge):
    judge.flow("DPC-SIG-KU-01")


@then(parsers.parse("both programs refuse the mail because {reason}"))
def _(signed_mails, reason):
    signed_mails.expect_refusal(REASONS[reason])
