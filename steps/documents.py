"""Documents before a reviewer, and what they are compared with."""

from pytest_bdd import parsers, then, when


@when("the issuer lays its documents before a reviewer")
def _(documents):
    documents.ask_for_them()


@when("it shows what it is configured to do about issued certificates")
def _(documents):
    documents.ask_for_the_configuration()


@when("the device manager tells which devices the cardholder has")
def _(documents):
    documents.ask_for_the_devices()


@when("the phone asks for another certificate for the same key, and then for a new one")
def _(documents):
    documents.renew_and_rekey()


@then(
    parsers.re(
        "each process has a document that is dated and approved"
        "|an approved document establishes what the model of each device can do"
        "|documents, configuration and behaviour agree"
    )
)
def _(judge):
    judge.flow()
