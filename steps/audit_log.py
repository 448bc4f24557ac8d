"""What becomes of the issuer's audit log."""

from pytest_bdd import given, parsers, then, when


@when("an auditor gets the audit log")
def _(audit_log):
    audit_log.export()


@given(parsers.re("a record of the audit log was (?P<how>altered|removed|swapped) in the issuer's database"))
def _(audit_log, how):
    audit_log.tamper(how)


@when(parsers.parse("an auditor gets an audit log that was {how} on its way"))
def _(audit_log, how):
    audit_log.export_changed(how)


@when(parsers.parse("the {action} was refused"))
def _(audit_log, outcome, action):
    assert outcome.refused, f"the {action} is refused, so that there is something to put on record"
    audit_log.refused(action)


@then("the audit log holds every decision and nothing in it was changed")
@then("the verification names the first record that does not fit")
@then("the audit log says why")
def _(judge):
    judge.flow("DPC-ISS-AUDIT-01")
