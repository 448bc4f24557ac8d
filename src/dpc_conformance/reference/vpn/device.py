"""The part of a device that asks for tunnels. The operating system lends it the key for that one use."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from vici.exception import CommandException

from dpc_conformance.clock import RunClock
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.use import NetworkTried
from dpc_conformance.reference.phone.keystore import ActivatedKey
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.vpn.charon import Charon
from dpc_conformance.reference.vpn.networks import Networks
from dpc_conformance.roles.errors import Unreachable
from dpc_conformance.roles.vpn_gateway import VpnAccess
from dpc_conformance.roles.wireless_network import Joining

PASSWORD = b"correct horse"
"""Nobody has agreed on it."""
REFUSED = "received AUTHENTICATION_FAILED notify"
ANSWER, SILENCE = "received packet", "not established after"
SECONDS = "20000"


class TunnelDevice:
    """Has tunnels by IKEv2, each with a daemon of its own; every attempt is on record. `device` names who tries."""

    def __init__(
        self, programs: Programs, networks: Networks, recorder: Recorder, clock: RunClock, device: str
    ) -> None:
        self._programs, self._networks, self._recorder = programs, networks, recorder
        self._clock, self._device = clock, device
        self.more_roots: list[bytes] = []
        """Whom it trusts besides those that it was told to trust (DER)."""
        self.verify_name = True
        """Whether the gateway's certificate must carry the gateway's name."""

    def tunnel(self, access: VpnAccess, key: ActivatedKey | None) -> Joining:
        """Ask for a tunnel and for the page behind it; the tunnel ends with this. Without a key it offers a password.

        JOINED where it got the page, REFUSED also where the gateway falls silent. Raises Unreachable where it never
        answers, MachineLacks.
        """
        charon = Charon(self._programs, f"{self._device}'s tunnel".replace(" ", "-"), self._networks.outside)
        try:
            with charon.session() as session:
                self._load(session, access, key)
                refusal = self._initiate(session)
                got = self._networks.reaches(access.page)
            heard = charon.said()
        finally:
            charon.stop()
        if refusal and not any(ANSWER in line for line in heard):
            raise Unreachable(access.name, "no answer to IKE")
        said = "\n".join(line for line in heard if "[IKE]" in line or "[CFG]" in line)
        outcome = Joining.JOINED if got else Joining.REFUSED
        if refusal and not got and REFUSED not in said and SILENCE not in refusal:
            outcome = Joining.SERVER_NOT_TRUSTED
        self._recorder.record(
            NetworkTried(self._clock.now(), self._device, access.name, str(outcome), "", f"{refusal}\n{said}")
        )
        return outcome

    def _load(self, session: Any, access: VpnAccess, key: ActivatedKey | None) -> None:
        if key is not None:
            pem = key.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            session.load_key({"type": "any", "data": pem})
        else:
            session.load_shared({"type": "IKE", "data": PASSWORD})
        for root in (*access.roots, *self.more_roots):
            session.load_cert({"type": "x509", "flag": "ca", "data": root})
        session.load_conn({"tunnel": self._connection(access, key)})

    def _connection(self, access: VpnAccess, key: ActivatedKey | None) -> Mapping[str, Any]:
        own = {"auth": "pubkey", "certs": list(key.chain)} if key else {"auth": "psk", "id": "visitor@dpc.example"}
        return {
            "version": "2",
            "remote_addrs": [access.address],
            "vips": ["0.0.0.0"],  # noqa: S104  any that the gateway gives
            "send_cert": "always",
            "local": own,
            "remote": {"auth": "pubkey", "id": access.name if self.verify_name else "%any"},
            "children": {"net": {"remote_ts": [f"{urlsplit(access.page).hostname}/32"]}},
        }

    def _initiate(self, session: Any) -> str:
        """Why there is no tunnel; empty where there is one."""
        try:
            for _ in session.initiate({"ike": "tunnel", "child": "net", "timeout": SECONDS, "loglevel": "-1"}):
                pass
        except CommandException as refusal:
            return str(refusal)
        return ""
