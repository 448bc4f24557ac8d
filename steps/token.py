"""What happens to the removable token, command by command."""

from pytest_bdd import given, parsers, then, when


@given("the derived PIV application is selected")
def _(token):
    token.begin()


@given("the token is in the reader, and nothing is selected yet")
def _(token):
    token.card.reset()


@given("the edition still asks for the derived PIV AID")
def _(token_bench):
    token_bench.expect_in_force()


@given("the activation secret was verified")
def _(token):
    token.verify()


@given("the token management key was authenticated")
def _(token):
    token.manager.authenticate()


@given("the activation secret is blocked")
def _(token):
    token.block()


@given("the unblocking key has all its tries")
def _(token):
    token.refill()


@given("the token holds a pairing code")
def _(token):
    token.hold_pairing_code()


@given("another application on the token was selected")
@when("another application on the token is selected")
def _(token):
    token.select_another()


@when("the derived PIV application is selected again")
def _(token):
    token.select()


@when("the power is cut and restored")
def _(token):
    token.card.reset()


@when("a wrong activation secret is sent until no try is left")
def _(token):
    token.use_up_tries()


@when("a wrong unblocking key is sent until no try is left")
def _(token):
    token.use_up_unblocking_key()


@when("the token is held to a contactless reader")
def _(token):
    token.hold_to_contactless_reader()


@when("the token management key is tried there")
def _(token):
    token.manager.try_to_authenticate()


@when("an object is created and not used")
def _(token_bench):
    token_bench.create_unused()


@when("the token is in a contact reader again")
def _(token):
    token.back_to_contact_reader()


@then("the token answers")
def _(token_bench, datatable):
    token_bench.table(datatable)


@then("the application is selected by the PIV AID or by the derived one")
def _(token_bench):
    token_bench.one_of_the_aids()


@then(parsers.parse("objects of these sizes in {tag} come back complete"))
def _(token_bench, tag, datatable):
    token_bench.in_parts(tag, [int(row[0]) for row in datatable[1:]])


@then("each object is absent, empty or in use")
def _(token_bench):
    token_bench.unused_objects()


@when("commands that the application does not have are sent")
def _(token_bench):
    token_bench.send_unknown_commands()


@when("objects that the application does not have are read")
def _(token_bench):
    token_bench.read_unknown_tags()


@then("each is refused as unknown or not allowed")
def _(token_bench):
    token_bench.unknown_commands_are_refused()


@then("no answer holds a private key, the activation secret or the unblocking key")
def _(token_bench):
    token_bench.nothing_is_given_away()


@then("the certificate of the authentication key is valid to a trust anchor")
def _(token_bench):
    token_bench.path_is_valid()


@then("the token management key is an AES key")
def _(token_bench):
    token_bench.administration_is_aes()


@then("neither another token's key nor a factory key is accepted")
def _(token_bench):
    token_bench.administration_is_unique()
