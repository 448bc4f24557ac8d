"""A target names servers of its own: they are told about the run, and what cannot be seen of them is not claimed."""

import json
import os
import signal
from pathlib import Path

import pytest
from vendors_folder import VendorsFolder, port_of_a_server, scene_of

from dpc_conformance.adapters.hand_over import HandOver
from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.casting import Stage
from dpc_conformance.cli import main
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.ports import TCP, UDP
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.relying_party.server_files import ServerFiles
from dpc_conformance.reference.relying_party.use_parts import HTTPD_AAL2, HTTPD_AAL3
from dpc_conformance.reference.relying_party.wireless.freeradius import FreeRadius
from dpc_conformance.reference.relying_party.wireless.radius import RadiusSite
from dpc_conformance.roles.errors import NotSupported, Unreachable
from dpc_conformance.roles.wireless_network import Joining
from dpc_conformance.target import TargetError, load_target

HOST, SECRET = "app.vendor.example", "between-us"
TARGET = """
name = "Servers of a vendor"
scope = "use"
[roles.relying_party]
adapter = "servers"
hand_over = ["./tell-nginx"]
[roles.relying_party.web]
address = "https://{host}/"
connect = "127.0.0.1:{port}"
higher_level = "https://{host}/restricted/"
trust = "roots"
welcome = "welcome"
[roles.relying_party.web.reasons]
no-certificate = "No required SSL certificate was sent"
[roles.relying_party.wireless]
ssid = "Vendor"
radius = "127.0.0.1:{radius}"
secret_file = "radius.secret"
server_name = "{host}"
trust = "roots"
"""
TELL = """#!/bin/sh
set -e
cd {folder}
rm -rf told
cp -r "$1" told
echo told >>calls
if [ -e nginx.pid ]; then {nginx} -e errors -c $PWD/nginx.conf -p . -s stop; while [ -e nginx.pid ]; do :; done; fi
exec {nginx} -e errors -c $PWD/nginx.conf -p .
"""
NGINX = """
pid nginx.pid; error_log errors; events {{ }}
http {{
    access_log off;
    client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t;
    server {{
        listen 127.0.0.1:{port} ssl; ssl_certificate server.pem; ssl_certificate_key server.key;
        ssl_client_certificate told/authorities.pem; ssl_crl told/crls.pem; ssl_verify_client on; ssl_verify_depth 5;
        return 200 "welcome";
    }}
}}
"""


class Vendor(VendorsFolder):
    """The vendor's folder: target, TLS root, nginx, and what it was told."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, HOST)
        self.port, self.radius = port_of_a_server(TCP), port_of_a_server(UDP)
        (folder / "server.pem").write_bytes(self.identity.chain_pem)
        (folder / "server.key").write_bytes(self.identity.key_pem)
        (folder / "radius.secret").write_text(f"{SECRET}\n")
        (folder / "nginx.conf").write_text(NGINX.format(port=self.port))
        self.executable("tell-nginx", TELL.format(folder=folder, nginx=program("nginx", "nginx")))
        self.target.write_text(TARGET.format(host=HOST, port=self.port, radius=self.radius))

    def close(self) -> None:
        if (self.folder / "nginx.pid").exists():
            os.kill(int((self.folder / "nginx.pid").read_text()), signal.SIGTERM)


@pytest.fixture
def vendor(tmp_path):
    made = Vendor(tmp_path)
    yield made
    made.close()


@pytest.fixture
def scene(vendor, request):
    with scene_of(vendor, request.node.name) as scene_and_cast:
        yield scene_and_cast


def test_a_web_application_of_the_tester_s_takes_what_the_run_issued(scene, vendor):
    parts, cast = scene
    visitor, application = cast.use.visitor, cast.use.web_application("nginx with CRLs")
    application.admit(visitor.holder("good"), visitor.certificate("good"))
    assert visitor.open(application.address, "good").status == 200
    assert visitor.open(application.address, "other-purpose").status == 400
    assert visitor.open(application.address, None).status == 400
    assert [(each.outcome, each.reason) for each in application.audit()] == [
        ("accepted", ""),
        ("refused", ""),  # nobody outside can see why
        ("refused", "no-certificate"),
    ]
    assert cast.use.web_application("Apache httpd with OCSP") is application
    assert vendor.calls() == 1
    told = (vendor.folder / "told/accounts.txt").read_text()
    assert told == "grace.goode\tgrace.goode@dpc.example\tGrace Goode\tcertificate-1.pem\n"


def test_the_part_that_demands_the_higher_level_is_named(scene, vendor):
    _, cast = scene
    visitor, applications = cast.use.visitor, map(cast.use.web_application, (HTTPD_AAL2, HTTPD_AAL3))
    for application, address in zip(applications, (f"https://{HOST}/", f"https://{HOST}/restricted/"), strict=True):
        application.admit(visitor.holder("hardware"), visitor.certificate("hardware"))
        assert application.address == address
        assert visitor.open(application.address, "hardware").status == 200
    assert vendor.calls() == 1


def test_without_such_a_part_nobody_demands_the_higher_level(vendor, request):
    vendor.target.write_text(vendor.target.read_text().replace("higher_level", "# "))
    stage = Stage(load_target(vendor.target), machine_now(), "vendor")
    try:
        with (
            stage.scene(Recorder(), request.node.name) as cast,
            pytest.raises(NotSupported, match="the web application cannot demand the assurance level AAL3"),
        ):
            cast.use.web_application(HTTPD_AAL3)
    finally:
        stage.close()


def test_it_is_told_again_when_something_was_revoked(scene, vendor):
    _, cast = scene
    visitor, application = cast.use.visitor, cast.use.web_application("nginx with CRLs")
    assert visitor.open(application.address, "good").status == 200
    visitor.certificate("suspended")
    assert visitor.open(application.address, "suspended").status == 400
    assert vendor.calls() == 2


def test_it_lives_by_its_own_clock(scene):
    _, cast = scene
    with pytest.raises(NotSupported, match="the web application cannot move its clock"):
        cast.use.web_application("nginx with CRLs").follow_time()
    with pytest.raises(NotSupported, match="the wireless network cannot move its clock"):
        cast.use.wireless_network("hostapd with CRLs").follow_time()


def test_the_run_s_clock_starts_behind_it(vendor):
    now = machine_now()
    assert load_target(vendor.target).starts(now) < now
    assert load_target().starts(now) == now


def test_whoever_has_an_account_keeps_it_when_another_server_is_told(scene, vendor):
    _, cast = scene
    visitor, application = cast.use.visitor, cast.use.web_application("nginx with CRLs")
    application.admit(visitor.holder("good"), visitor.certificate("good"))
    assert application.address
    assert cast.use.wireless_network("hostapd with CRLs").profile
    assert "grace.goode" in (vendor.folder / "told/accounts.txt").read_text()
    assert vendor.calls() == 1


def test_a_program_that_goes_on_after_the_command_is_not_waited_for(vendor):
    vendor.executable("tell-nginx", "#!/bin/sh\ntail -f /dev/null &\necho $! >left\n")
    try:
        HandOver(("./tell-nginx",), vendor.folder).call({})
    finally:
        os.kill(int((vendor.folder / "left").read_text()), signal.SIGKILL)


def test_servers_that_cannot_be_told_are_out_of_reach(scene, vendor):
    (vendor.folder / "tell-nginx").write_text("#!/bin/sh\nexit 1\n")
    _, cast = scene
    with pytest.raises(Unreachable, match="the servers could not be told"):
        _ = cast.use.web_application("nginx with CRLs").address


def test_a_network_of_the_tester_s_is_joined(scene, vendor):
    parts, cast = scene
    programs, pki = Programs(RunClock(machine_now()), Recorder()), parts.stage.pki
    files = ServerFiles(programs.folder("vendor"))
    files.write(vendor.identity, pki.trust_anchor, pki.intermediates())
    site = RadiusSite(files, parts.use.ocsp, vendor.radius, SECRET)
    programs.start(files.folder, lambda log: FreeRadius(ocsp=True).plan(site, log))
    try:
        network, visitor = cast.use.wireless_network("hostapd with CRLs"), cast.use.visitor
        assert visitor.join(network.profile, "good") is Joining.JOINED
        assert visitor.join(network.profile, "key-management") is Joining.REFUSED
        assert network.audit() == ()
    finally:
        programs.close()


def test_what_nobody_can_see_is_inconclusive_and_what_nobody_can_do_blocked(vendor, tmp_path):
    reports = tmp_path / "reports"
    chosen = ["features/use/web/visitors.feature", "-k", "no_relying_party or cannot_be_found"]
    assert main(["run", "--target", str(vendor.target), "--reports", str(reports), *chosen]) == 2
    statement = json.loads((reports / "statement.json").read_text())
    found = {each["id"]: (each["verdict"], each["reason"]) for each in statement["requirements"]}
    assert found["DPC-PATH-CRIT-01"] == ("INCONCLUSIVE", "reason-not-seen")
    assert found["DPC-PATH-UNAVAIL-01"] == ("BLOCKED", "no-such-verb")
    assert SECRET not in "".join(file.read_text(errors="replace") for file in reports.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            'address = "https://app.vendor.example/"',
            'address = "http://app.vendor.example/"',
            "web.address: expected an address such as",
        ),
        ('welcome = "welcome"', "", "web.welcome: expected"),
        ("app.vendor.example/", "app.vendor.example:65536/", "web.address: .*: expected a port from 1 to 65535"),
        ("app.vendor.example/", "[app/", "web.address: expected an address such as"),
        ("https://app.vendor.example/", "https://:443/", "web.address: expected an address such as"),
        ("127.0.0.1", "app..example", "web: expected a host that can be looked up: app..example"),
        ('connect = "127.0.0.1:', 'connect = "127.0.0.1:99', "web.connect: .*: expected a port from 1 to 65535"),
        ('radius = "127.0.0.1:', 'radius = "127.0.0.1:99', "wireless.radius: .*: expected a port from 1 to 65535"),
        (
            'connect = "127.0.0.1',
            'connect = "no-such-host.invalid',
            "web: expected a host that can be looked up: no-such-host.invalid",
        ),
        (
            'higher_level = "https://app.vendor.example/',
            'higher_level = "https://other.example/',
            "web.higher_level: expected an address below https://app.vendor.example/",
        ),
        ('trust = "roots"', 'trust = "nowhere"', "web.trust: .*nowhere: expected a folder of certificates"),
        ('secret_file = "radius.secret"', "", "wireless: expected either secret_file or secret_variable"),
        (
            'secret_file = "radius.secret"',
            'secret_file = "none"',
            "wireless.secret_file: none: expected a file that can be read",
        ),
        (
            'secret_file = "radius.secret"',
            'secret_variable = "NOT_SET"',
            "wireless: NOT_SET: expected the shared secret in it",
        ),
        (
            "[roles.relying_party.web.reasons]",
            "[roles.relying_party.web.reason]",
            "web.reason: expected a known key; did you mean reasons?",
        ),
        ('no-certificate = "No', 'colour = "No', "web.reasons.*: expected"),
    ],
)
def test_what_is_wrong_with_the_target_is_one_sentence(vendor, old, new, sentence):
    text = vendor.target.read_text()
    assert old in text
    vendor.target.write_text(text.replace(old, new, 1))
    with pytest.raises(TargetError, match=f"vendor.toml: roles.relying_party.{sentence}"):
        adapters_of(load_target(vendor.target))


def test_no_server_at_all_is_a_mistake(vendor):
    vendor.target.write_text('name = "x"\n[roles.relying_party]\nadapter = "servers"\n')
    with pytest.raises(TargetError, match="expected a table roles.relying_party.web, .*wireless or .*vpn"):
        adapters_of(load_target(vendor.target))


def test_the_secret_is_not_shown(vendor):
    adapters = adapters_of(load_target(vendor.target))
    assert "RealServers" in repr(adapters)
    assert SECRET not in repr(adapters)
