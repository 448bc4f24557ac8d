"""The credential at work, at doors of every kind."""

from pytest_bdd import given, parsers, then, when


@given(parsers.parse("web applications run on {servers}"))
def _(at_work, servers):
    at_work.web_applications_on(servers)


@given(parsers.parse("wireless networks are guarded by {servers}"))
def _(at_work, servers):
    at_work.networks_with(servers)


@given(parsers.parse("pages are behind {gateways}"))
def _(at_work, gateways):
    at_work.pages_behind(gateways)


@given(parsers.parse("signed mail is verified with {programs}"))
def _(at_work, programs):
    at_work.mail_verified_with(programs)


@given(parsers.parse("the cardholder has a derived credential with a key of kind {kind} on the phone"))
def _(at_work, kind):
    at_work.enrol(kind)


@given("the cardholder has used a derived credential on the phone there")
def _(at_work):
    at_work.enrol()
    at_work.cardholder_comes()
    at_work.must_have_opened()


@given("a visitor with a good credential was let in")
def _(at_work):
    at_work.visitor_comes("a good credential")
    at_work.must_have_opened()


@when(parsers.parse("the cardholder uses it there with {version}"))
def _(at_work, version):
    at_work.cardholder_comes(version)


@when("the cardholder uses it there again")
def _(at_work):
    at_work.cardholder_comes()


@when("the cardholder uses it there at once, and again when the revocation must have reached it")
def _(at_work):
    at_work.cardholder_comes_until_it_must_be_known()


@when(parsers.parse("a visitor comes with {what}"))
@when(parsers.parse("a visitor comes again with {what}"))
def _(at_work, what):
    at_work.visitor_comes(what)


@when("a visitor tries a suspended credential after the change has reached them")
def _(at_work):
    at_work.visitor_comes("a suspended credential")
    at_work.wait_for_status()
    at_work.visitor_comes("a suspended credential")


@when("the namesake comes again under the cardholder's name")
def _(at_work, cast):
    at_work.visitor_comes("the credential of a namesake", cast.cardholder.upn)


@when("the credential expires")
def _(at_work):
    at_work.credential_expires()


@when("the issuer revokes the credential")
def _(at_work):
    at_work.revoke()


@when("the status services fall silent, and what was fetched before is out of date")
def _(at_work):
    at_work.silence_status_services()


@when("the CA of derived credentials is revoked, and the change has reached them")
def _(at_work, cast):
    cast.use.status_services.revoke_authority()
    at_work.wait_for_status()


@given("the OCSP responder answers with the nonce of an earlier request")
def _(cast):
    cast.use.status_services.replay()


@when(parsers.parse("{whose} gateway takes its place"))
@when(parsers.parse("{whose} access point takes their names"))
def _(at_work, whose):
    at_work.networks_are_taken_over(whose)


@then("it is accepted each time")
def _(judge):
    judge.flow("DPC-PATH-ANCHOR-01")


@then("it meets the policy that is demanded there")
def _(judge):
    judge.flow("DPC-PATH-POLICY-01")


@then("each of them is opened by the policies of its level and by no other")
def _(judge):
    judge.flow("DPC-LC-RP-03")


@then("each of the two gets the own account")
def _(judge):
    judge.flow("DPC-PATH-MAP-01")


@then("the key is processed as any other")
def _(judge):
    judge.flow("DPC-CRY-EXP-02")


@then("the phone sends nothing through it")
@then("the phone ends it before it shows its certificate")
def _(judge):
    judge.flow("DPC-ISS-PHISH-01")


@then(parsers.parse("it is refused because {reason}"))
def _(at_work, reason):
    at_work.must_have_refused(reason)
