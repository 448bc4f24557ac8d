"""A target names an IKE gateway of its own: the run's device has tunnels there, and sees the page behind it."""

import socket
from pathlib import Path

import pytest
from vendors_folder import VendorsFolder, port_of_a_server, scene_of

from dpc_conformance.adapters.registry import adapters_of
from dpc_conformance.clock import RunClock, machine_now
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.use import NetworkTried
from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.ports import UDP
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.vpn import device
from dpc_conformance.reference.vpn.networks import Networks
from dpc_conformance.reference.vpn.relay import Relay
from dpc_conformance.roles.errors import MachineLacks, NotSupported, Unreachable
from dpc_conformance.roles.wireless_network import Joining
from dpc_conformance.target import TargetError, load_target

HOST = "vpn.vendor.example"
TARGET = """
name = "A gateway of a vendor"
scope = "use"
[roles.relying_party]
adapter = "servers"
hand_over = ["./tell-gateway"]
[roles.relying_party.vpn]
gateway = "127.0.0.1"
ports = [{ike}, {nat}]
server_name = "{host}"
page = "http://198.51.100.1:8080/"
trust = "roots"
"""
TELL = """#!/bin/sh
set -e
cd {folder}
echo told >>calls
rm -f swanctl/x509ca/* swanctl/x509crl/*
cp "$1/authorities.pem" swanctl/x509ca/
csplit -sz -f swanctl/x509crl/crl- -b %d.pem "$1/crls.pem" '/BEGIN X509 CRL/' '{{*}}'
export STRONGSWAN_CONF=$PWD/strongswan.conf SWANCTL_DIR=$PWD/swanctl
{swanctl} --load-creds --clear --noprompt --uri unix://$PWD/vici
{swanctl} --load-pools --uri unix://$PWD/vici
{swanctl} --load-conns --uri unix://$PWD/vici
"""
STRONGSWAN = """
charon-systemd {{
    load = random nonce x509 revocation constraints pubkey pkcs1 pkcs8 pem openssl kernel-libipsec kernel-netlink \
socket-default vici kdf hmac sha1 sha2 gcm aes drbg attr
    plugins {{ vici {{ socket = unix://{folder}/vici }} }}
    journal {{ default = -1 }}
    filelog {{ output {{ path = {log}
        default = 1
        flush_line = yes }} }}
}}
swanctl {{ load = x509 pubkey pkcs1 pkcs8 pem openssl random nonce }}
"""
SWANCTL = """
connections {{ vendor {{
    version = 2
    send_certreq = no
    pools = devices
    local {{ auth = pubkey
        certs = server.pem
        id = {host} }}
    remote {{ auth = pubkey
        cacerts = authorities.pem
        revocation = strict }}
    children {{ all {{ local_ts = 198.51.100.0/24 }} }}
}} }}
pools {{ devices {{ addrs = 203.0.113.32/28 }} }}
"""
PAGE = "import http.server as h; print('serves', flush=True); h.test(h.SimpleHTTPRequestHandler, port=8080, bind='{}')"


class Vendor(VendorsFolder):
    """The vendor's folder, and a gateway with a page behind it, in a network that only two UDP ports lead to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, HOST)
        self.ports = (port_of_a_server(UDP), port_of_a_server(UDP))
        self.programs, self.relay = Programs(RunClock(machine_now()), Recorder()), Relay()
        for name in ("swanctl/x509", "swanctl/x509ca", "swanctl/x509crl", "swanctl/private", "page"):
            (folder / name).mkdir(parents=True)
        (folder / "swanctl/x509/server.pem").write_bytes(self.identity.chain_pem)
        (folder / "swanctl/private/server.pem").write_bytes(self.identity.key_pem)
        (folder / "swanctl/swanctl.conf").write_text(SWANCTL.format(host=HOST))
        self.executable("tell-gateway", TELL.format(folder=folder, swanctl=program("swanctl", "strongswan-swanctl")))
        self.target.write_text(TARGET.format(host=HOST, ike=self.ports[0], nat=self.ports[1]))

    def open(self) -> None:
        inside = Networks(self.programs).inside()
        for port, real in zip(self.ports, (500, 4500), strict=True):
            listening, sending = socket.socket(type=UDP), inside.socket_at("127.0.0.1", 0)
            listening.bind(("127.0.0.1", port))
            sending.connect((inside.gateway, real))
            self.relay.carry(listening, sending)
        place = inside.place(program("charon-systemd", "charon-systemd"))

        def plan(log: Path) -> Plan:
            settings = self.folder / "strongswan.conf"
            settings.write_text(STRONGSWAN.format(folder=self.folder, log=log))
            environment = {"STRONGSWAN_CONF": str(settings), "SWANCTL_DIR": str(self.folder / "swanctl")}
            environment["FAKETIME_FORCE_MONOTONIC_FIX"] = "0"
            return Plan("vendor", place, lambda line: "worker threads" in line, environment)

        self.programs.start(self.programs.folder("vendor"), plan)
        page = inside.place(program("python3", "python3"), "-I", "-c", PAGE.format("198.51.100.1"))
        self.programs.start(self.programs.folder("page"), lambda _: Plan("page", page, lambda line: "serves" in line))

    def close(self) -> None:
        self.relay.close()
        self.programs.close()


@pytest.fixture
def vendor(tmp_path):
    made = Vendor(tmp_path)
    yield made
    made.close()


@pytest.fixture
def scene(vendor, request):
    with scene_of(vendor, request.node.name) as scene_and_cast:
        yield scene_and_cast


def test_a_gateway_of_the_tester_s_is_asked_for_tunnels(scene, vendor):
    _, cast = scene
    try:
        vendor.open()
    except MachineLacks as problem:
        pytest.skip(str(problem))
    gateway, visitor = cast.use.vpn_gateway("strongSwan with CRLs"), cast.use.visitor
    assert cast.use.vpn_gateway("strongSwan with OCSP") is gateway
    assert visitor.tunnel(gateway.access, "good") is Joining.JOINED
    visitor.certificate("suspended")
    assert visitor.tunnel(gateway.access, "suspended") is Joining.REFUSED
    assert visitor.tunnel(gateway.access, "expired") is Joining.REFUSED
    assert visitor.tunnel(gateway.access, None) is Joining.REFUSED
    assert gateway.audit() == ()
    assert vendor.calls() == 2


def test_a_gateway_that_says_nothing_has_refused_nobody(scene, vendor, monkeypatch):
    monkeypatch.setattr(device, "SECONDS", "2000")
    vendor.executable("tell-gateway", "#!/bin/sh\n")
    _, cast = scene
    try:
        access = cast.use.vpn_gateway("strongSwan with CRLs").access
    except MachineLacks as problem:
        pytest.skip(str(problem))
    with pytest.raises(Unreachable, match="vpn.vendor.example does not answer: no answer to IKE"):
        cast.use.visitor.tunnel(access, "good")
    assert not [each for each in cast.recorder.timeline() if isinstance(each, NetworkTried)]


def test_a_gateway_that_falls_silent_was_not_found_untrustworthy(vendor, monkeypatch):
    monkeypatch.setattr(device, "SECONDS", "10000")
    nobody = f"ports = [{vendor.ports[0]}, {port_of_a_server(UDP)}]"
    vendor.target.write_text(
        vendor.target.read_text().replace(f"ports = [{vendor.ports[0]}, {vendor.ports[1]}]", nobody)
    )
    try:
        vendor.open()
    except MachineLacks as problem:
        pytest.skip(str(problem))
    with scene_of(vendor, "falls silent") as (_, cast):
        assert cast.use.visitor.tunnel(cast.use.vpn_gateway("strongSwan with CRLs").access, "good") is Joining.REFUSED


def test_it_lives_by_its_own_clock_and_gives_way_to_nobody(scene):
    _, cast = scene
    with pytest.raises(NotSupported, match="the gateway cannot move its clock"):
        cast.use.vpn_gateway("strongSwan with CRLs").follow_time()
    with pytest.raises(NotSupported, match="the gateway cannot give way"):
        cast.use.wrong_gateway("strongSwan with CRLs", "a stranger's")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"http://198.51.100.1:8080/"', '"http://intranet.vendor.example/"', "vpn.page: expected an address such as"),
        ('"http://198.51.100.1:8080/"', '"http://198.51.100/"', "vpn.page: .*: expected an IPv4 address in it"),
        ('gateway = "127.0.0.1"', 'gateway = "no-such-host.invalid"', "vpn: expected a host that can be looked up"),
        ("ports = [", "ports = [65536, 4500]  # ", "vpn.ports.1: expected less than or equal to 65535"),
        ('trust = "roots"', 'trust = "nowhere"', "vpn.trust: .*nowhere: expected a folder of certificates"),
    ],
)
def test_what_is_wrong_with_the_target_is_one_sentence(vendor, old, new, sentence):
    text = vendor.target.read_text()
    assert old in text
    vendor.target.write_text(text.replace(old, new, 1))
    with pytest.raises(TargetError, match=f"vendor.toml: roles.relying_party.{sentence}"):
        adapters_of(load_target(vendor.target))
