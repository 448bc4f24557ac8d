"""Web servers and authentication servers that others wrote: where they listen, and what is left of them."""

import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.evidence.use import NetworkTried, ProgramLogged
from dpc_conformance.reference.relying_party.use_parts import (
    HOSTAPD,
    HTTPD,
    NGINX_WITH_CRLS,
    NGINX_WITH_OCSP,
    RADIUS_WITH_CRLS,
    RADIUS_WITH_OCSP,
)
from dpc_conformance.reference.visitor import ReferenceVisitor
from dpc_conformance.reference.visitor_credentials import VisitorCredentials
from dpc_conformance.roles.wireless_network import Joining

WEB = (NGINX_WITH_CRLS, NGINX_WITH_OCSP, HTTPD)
NETWORKS = (RADIUS_WITH_CRLS, RADIUS_WITH_OCSP, HOSTAPD)
LOOPBACK = "0100007F"


def running(scene):
    return [program.process for program in scene.use.programs._running]


def use(cast, kind):
    visitor = cast.use.visitor
    if kind in WEB:
        application = cast.use.web_application(kind)
        application.admit(visitor.holder("good"), visitor.certificate("good"))
        assert visitor.open(application.address, "good").status == 200
        return application
    network = cast.use.wireless_network(kind)
    assert visitor.join(network.profile, "good") is Joining.JOINED
    return network


@pytest.mark.parametrize("kind", [*WEB, *NETWORKS])
def test_it_listens_on_the_loopback_address_only(scene, kernel, kind):
    parts, cast = scene
    use(cast, kind)
    [process] = running(parts)
    listening = kernel.listens_on(process)
    assert {address for _, address in listening} == {LOOPBACK}
    assert {protocol for protocol, _ in listening} == {"tcp" if kind in WEB else "udp"}


def test_nothing_is_left_when_the_scenario_is_over(stage, kernel):
    recorder, scenes = Recorder(), []
    with stage.scene(recorder, "left", [scenes.append]) as cast:
        for kind in (*WEB, *NETWORKS):
            use(cast, kind)
        processes, folder = running(scenes[0]), scenes[0].use.programs.folder("x").parent
        assert len(processes) == len(WEB) + len(NETWORKS)
        assert folder.exists()
    assert [process for process in processes if kernel.runs(process)] == []
    assert [file for process in processes for file in kernel.shared_memory_of(process)] == []
    assert not folder.exists()
    assert {record.program for record in recorder.of(ProgramLogged)} == {"nginx", "apache2", "freeradius", "hostapd"}


KILLED = f"""
import os, signal
from dpc_conformance.casting import Stage
from dpc_conformance.clock import machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.target import load_target
scenes = []
with Stage(load_target(), machine_now(), "killed").scene(Recorder(), "killed", [scenes.append]) as cast:
    for kind in {WEB}:
        cast.use.web_application(kind).address
    for kind in {NETWORKS}:
        cast.use.wireless_network(kind).profile
    programs = scenes[0].use.programs
    print(programs.folder("x").parent, *(program.process for program in programs._running), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_nothing_is_left_of_somebody_who_was_killed(kernel):
    killed = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True, timeout=120, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    folder, *processes = killed.stdout.split()
    assert len(processes) == len(WEB) + len(NETWORKS)
    assert all(kernel.gone(int(process)) for process in processes)
    assert kernel.comes_true(lambda: not Path(folder).exists())
    assert kernel.comes_true(lambda: not any(kernel.shared_memory_of(int(process)) for process in processes))


def test_nothing_is_started_before_it_is_asked_for(scene):
    parts, cast = scene
    assert cast.use.web_application(HTTPD)
    assert cast.use.wireless_network(HOSTAPD)
    assert running(parts) == []


@pytest.mark.parametrize(("offered", "spoken"), [("TLSv1.2", "TLSv1.2"), ("TLSv1.3", "TLSv1.3")])
def test_the_phone_speaks_the_version_that_it_was_told(scene, offered, spoken):
    parts, cast = scene
    phone = cast.phone
    phone.offer_tls(offered)
    with phone.parts.open_http(None) as http:
        http.get(cast.issuer.kiosk_address)
    assert cast.recorder.of(HttpExchange)[-1].tls.version == spoken


def test_a_network_tells_which_version_was_spoken(scene):
    _, cast = scene
    use(cast, RADIUS_WITH_OCSP)
    assert cast.recorder.of(NetworkTried)[-1].tls_version == "TLSv1.3"


@pytest.mark.parametrize("kind", WEB)
def test_a_name_cannot_break_out_of_a_configuration(scene, kind):
    _, cast = scene
    visitor, application = cast.use.visitor, cast.use.web_application(kind)
    person = replace(visitor.holder("good"), given_name='"; $x %{y} <b>\\', surname="O'Hara\n}")
    application.admit(person, visitor.certificate("good"))
    page = visitor.open(application.address, "good")
    assert page.status == 200
    assert "Welcome, \"; $x %{y} <b>\\ O'Hara }." in page.text


def test_a_user_principal_name_may_have_an_apostrophe(scene):
    parts, cast = scene
    cardholder = replace(cast.cardholder, upn="Grace.O'Goode@dpc.example")
    credentials = VisitorCredentials(
        parts.stage.pki, parts.status, parts.clock, parts.entropy, parts.stage.pool.scenario(), cardholder
    )
    other = cast.use.visitor
    visitor = ReferenceVisitor(credentials, other._open_http, other._supplicant, other._tunnel_device)
    application = cast.use.web_application(HTTPD)
    application.admit(cardholder, visitor.certificate("good"))
    assert visitor.open(application.address, "good").status == 200
