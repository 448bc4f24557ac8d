"""The phone as pages: the documented screens with the captions of iOS, or of Android where it has others."""

from dataclasses import astuple

from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue

from dpc_conformance.reference.console import templates
from dpc_conformance.reference.console.phone_in_hand import PhoneInHand
from dpc_conformance.reference.console.system import System
from dpc_conformance.reference.pages.page import page
from dpc_conformance.roles import captions

IOS, ANDROID = "/phone", "/phone/android"
ON_ANDROID = {
    ios: android
    for ios, android in zip(astuple(captions.IOS)[1:], astuple(captions.ANDROID)[1:], strict=True)
    if android and android != ios
}
"""What Android's captions are where they differ; the screens behind them are those of iOS."""


def add_phone(app: Flask, system: System) -> None:
    """The phone's pages, at two addresses: a look for each platform."""
    cast = system.cast
    phone = PhoneInHand(cast.phone, cast.relying_party.address)

    def show() -> Response:
        """The phone's screen."""
        return _shown(system, phone, request.path)

    def use() -> ResponseReturnValue:
        """What its user does."""
        form, picture = request.form, request.files.get("picture")
        if picture is not None:
            phone.scan(picture.read())
        elif "choice" in form:
            phone.choose(form["choice"])
        elif "password" in form:
            phone.type_password(form["password"])
        elif "secret" in form:
            phone.set_secret(form["secret"])
        elif "activation" in form:
            phone.sign_in(form["activation"])
        else:
            phone.do(form.get("act", ""))
        return redirect(request.path, 303)

    for path in (IOS, ANDROID):
        app.add_url_rule(path, view_func=show, endpoint=f"show {path}", methods=["GET"])
        app.add_url_rule(path, view_func=use, endpoint=f"use {path}", methods=["POST"])


def _shown(system: System, phone: PhoneInHand, path: str) -> Response:
    android, device, screen, code = path == ANDROID, system.cast.phone, phone.screen, phone.code

    def shown(caption: str) -> str:
        return ON_ANDROID.get(caption, caption) if android else caption

    notified, mailed = device.notifications(), device.mail()
    return page(
        shown(captions.IOS.app), shown(screen.title), templates.PHONE, problem=phone.problem, look="phone",
        beside=templates.AROUND_THE_PHONE, base=path, token=system.token, shown=shown, choices=screen.choices,
        asks=phone.asks, code=code,
        lines=screen.text.splitlines(), address=system.cast.identity_provider.device_login_address,
        notified=notified, mailed=mailed,
        news=[*(f"{each.title}: {each.text}" for each in notified), *(each.subject for each in mailed)],
        usages=[each.usage for each in device.credentials()],
        other=IOS if android else ANDROID, other_name="With captions of iOS" if android else "With captions of Android",
    )  # fmt: skip
