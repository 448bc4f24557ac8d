"""The activation secret after issuance, and the keys behind it."""

from pytest_bdd import parsers, then, when


@when("the cardholder chooses activation secrets of three and of five characters, and then a long one")
def _(phone_setup, cast):
    for kind in ("three characters", "five characters"):
        if phone_setup.choose_secret(kind).title != cast.captions.choose_secret:
            return
    phone_setup.finish()


@then("no activation secret below the minimum was taken")
def _(judge):
    judge.flow("DPC-ACT-LEN-02")


AUTHORITIES = {"no secret": "none", "a wrong secret": "wrong-secret"}


@when("the cardholder changes the activation secret with the current one")
def _(key_store):
    key_store.change("right-secret")


@when(parsers.parse("somebody unlocks the phone and changes the activation secret with {authority}"))
def _(key_store, activation, authority):
    activation.unlock_phone()
    key_store.change(AUTHORITIES[authority])


@then("the activation secret was transmitted to nobody")
def _(judge):
    judge.flow("DPC-ACT-CHANNEL-01")


@then("no screen or log of the phone shows it")
def _(judge):
    judge.flow("DPC-ACT-DISPLAY-01")


@when("the key is activated with the secret that counts now")
def _(activation):
    activation.right()


@when("the key is activated with the secret that counts now and with the first one")
def _(activation):
    activation.right()
    activation.former()


@then("the secret that counts is the one that was chosen with the current one")
def _(judge):
    judge.flow("DPC-ACT-CHANGE-01")


@when("the activation secret is changed ten times with a wrong one")
def _(key_store):
    for _ in range(10):
        key_store.change("wrong-secret")


@when("the cardholder activates the key ahead and opens the web application twice")
def _(key_store, activation):
    key_store.activate_ahead()
    activation.activated()
    activation.without_secret()


@then("the key was used once")
def _(judge):
    judge.flow("DPC-ACT-EACH-01")


@when("the cardholder activates the key ahead and leaves the phone idle")
def _(key_store, activation):
    key_store.activate_ahead()
    key_store.leave_idle()
    activation.without_secret()


@when("the cardholder activates the key ahead, and locks and unlocks the phone")
def _(key_store, activation):
    key_store.activate_ahead()
    key_store.lock()
    activation.unlock_phone()
    activation.without_secret()


@then("the key needs a new activation")
def _(judge):
    judge.flow("DPC-ACT-DEACT-01")


@when("every interface of the phone is asked for a private key, without the activation secret and with it")
def _(key_store):
    key_store.use_everywhere(secret_given=False)
    key_store.use_everywhere(secret_given=True)


@then("private keys were used with the activation secret only")
def _(judge):
    judge.flow("DPC-ISS-ACTSET-01")


@when("wrong activation secrets are typed as often as the phone says it allows")
def _(key_store):
    key_store.type_wrong_until_locked()


@then("the keys are disabled from then on")
def _(judge):
    judge.flow("DPC-ACT-RETRY-04")


@when("somebody asks the phone for its key and restores its backup on another phone")
def _(key_store):
    key_store.export()
    key_store.restore_on_another_phone()


@then("no private key left the phone")
def _(judge):
    judge.flow("DPC-ACT-EXPORT-01")
