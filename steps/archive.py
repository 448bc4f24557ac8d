"""What is left of an issuance years later."""

from pytest_bdd import then, when


@when("an assessor looks at the records of the issuance")
def _(archive):
    archive.look()


@when("the certificate has been expired for almost three years")
def _(archive):
    archive.let_years_pass()


@then("the same records are still there")
def _(judge):
    judge.flow("DPC-ISS-AUDIT-02")
