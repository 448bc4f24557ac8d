"""Tunnels: what is seen through them and without, where keys lie, and what the machine may lack."""

import os
import subprocess

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.use import NetworkTried
from dpc_conformance.reference.relying_party.use_parts import GATEWAY_WITH_CRLS, GATEWAY_WITH_OCSP
from dpc_conformance.reference.relying_party.vpn.strongswan import StrongSwan
from dpc_conformance.reference.vpn import networks
from dpc_conformance.roles.errors import MachineLacks
from dpc_conformance.roles.reasons import Reason
from dpc_conformance.roles.wireless_network import Joining


def gateway(cast, kind=GATEWAY_WITH_CRLS):
    """What devices have to know of the gateway, where this machine has one."""
    try:
        return cast.use.vpn_gateway(kind).access
    except MachineLacks as problem:
        pytest.skip(str(problem))


def test_the_page_is_seen_through_the_tunnel_and_in_no_other_way(scene):
    parts, cast = scene
    access = gateway(cast)
    assert not parts.use.networks.reaches(access.page)
    assert cast.use.visitor.tunnel(access, "good") is Joining.JOINED
    assert not parts.use.networks.reaches(access.page)
    [tried] = [each for each in cast.recorder.timeline() if isinstance(each, NetworkTried)]
    assert (tried.ssid, tried.outcome) == ("vpn.dpc.example", "joined")


def test_the_key_is_in_no_file_and_in_no_log(scene):
    parts, cast = scene
    access = gateway(cast)
    cast.use.visitor.tunnel(access, "good")
    key = cast.use.visitor._credentials.take("good").key
    held = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).splitlines()[1]
    files = [path for path in parts.use.programs.guard.folder.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if held in path.read_bytes()]


def test_nothing_of_it_is_left_behind(stage):
    scenes, before = [], interfaces()
    with stage.scene(Recorder(), "left behind", [scenes.append]) as cast:
        cast.use.visitor.tunnel(gateway(cast), "good")
        folder = scenes[0].use.programs.guard.folder
    assert not folder.exists()
    assert interfaces() == before
    assert subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, check=False).stdout == b""


def test_what_the_machine_lacks_is_one_sentence(scene, monkeypatch, tmp_path):
    _, cast = scene
    monkeypatch.setattr(networks, "TUNNEL_DEVICE", tmp_path / "tun")
    with pytest.raises(MachineLacks, match="without it no tunnel: load the kernel's module tun"):
        _ = cast.use.vpn_gateway(GATEWAY_WITH_OCSP).access


def test_somebody_who_is_not_root_is_told(scene, monkeypatch, tmp_path):
    _, cast = scene
    monkeypatch.setattr(networks, "TUNNEL_DEVICE", tmp_path)
    monkeypatch.setattr(networks.os, "geteuid", lambda: 1000)
    with pytest.raises(MachineLacks, match="run as root"):
        _ = cast.use.vpn_gateway(GATEWAY_WITH_OCSP).access


def test_each_gateway_has_an_address_and_a_page_of_its_own(scene):
    _, cast = scene
    first, second = (gateway(cast, kind) for kind in (GATEWAY_WITH_CRLS, GATEWAY_WITH_OCSP))
    assert first.address != second.address
    assert first.page == second.page
    assert cast.use.visitor.tunnel(first, "good") is Joining.JOINED


def test_without_network_namespaces_there_are_no_tunnels(scene, monkeypatch, tmp_path):
    unshare = tmp_path / "unshare"
    unshare.write_text("#!/bin/sh\necho unshare: Operation not permitted >&2; exit 1\n")
    unshare.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    _, cast = scene
    with pytest.raises(MachineLacks, match="networks of its own, which cannot be made here: .*not permitted"):
        _ = cast.use.vpn_gateway(GATEWAY_WITH_CRLS).access


def test_strongswan_s_log_is_read_as_decisions():
    lines = [
        "10[IKE] IKE_SA gateway[1] established between 192.0.2.1[vpn.dpc.example]...192.0.2.2[C=US, CN=Grace Goode]",
        "11[CFG] certificate was revoked on Mar 14 09:26:53 UTC 2031, reason: unspecified",
        "11[ENC] generating IKE_AUTH response 1 [ N(AUTH_FAILED) ]",
        "12[CFG] no issuer certificate found for somebody",
        "12[ENC] generating IKE_AUTH response 1 [ N(AUTH_FAILED) ]",
    ]
    found = StrongSwan().decisions(lines)
    assert [each.reason for each in found] == [None, Reason.REVOKED, Reason.PATH]
    assert found[1].detail == lines[1]


def interfaces() -> bytes:
    return subprocess.run(["ip", "-brief", "link"], capture_output=True, check=True).stdout
