"""Certificates, CRL and OCSP response by their profiles, field by field."""

from pytest_bdd import given, parsers, then, when


@given("what an enrolment left behind")
def _(left_behind):
    assert left_behind.certificates


@when(parsers.parse("the {name} is judged by its profile"))
def _(profile_bench, name):
    profile_bench.take(name)


@then("it meets these requirements")
def _(profile_bench, datatable):
    profile_bench.judge(row[0] for row in datatable[1:])


@then(parsers.parse("it meets {requirement}, which is made of these"))
def _(profile_bench, requirement, datatable):
    profile_bench.judge_aggregate(requirement, [row[0] for row in datatable[1:]])


@then("it may use what the profile leaves open")
def _(profile_bench, datatable):
    profile_bench.judge_options(row[0] for row in datatable[1:])
