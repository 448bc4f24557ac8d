"""The data on the removable token, object by object."""

from pytest_bdd import given, then, when


@given("a removable token with its activation secret")
def _(token_data):
    assert token_data.reading


@when("the token's data are read")
def _(token_data_bench):
    token_data_bench.take()


@then("these requirements hold on the token's data")
def _(token_data_bench, datatable):
    token_data_bench.judge(row[0] for row in datatable[1:])
