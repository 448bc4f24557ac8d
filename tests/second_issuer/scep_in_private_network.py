"""Asks scepserver for a certificate: it listens on every interface, so that this runs in a network of its own."""

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from other_servers import SECRET, listening, raise_loopback, rsa_key, wire

from dpc_conformance.adapters.over_http.scep import ScepWire
from dpc_conformance.evidence.recorder import Recorder
from dpc_conformance.evidence.records import HttpExchange
from dpc_conformance.protocols.enrolment import EnrolmentRefused
from dpc_conformance.reference.phone.requests import certificate_request

PORT = 8080


def main(folder: Path, challenge: str) -> None:
    """What came of it, as JSON."""
    raise_loopback()
    subprocess.run(["scepserver", "ca", "-init", "-keySize", "2048"], cwd=folder, check=True, capture_output=True)
    recorder, key = Recorder(), rsa_key()
    words = ["scepserver", "-port", str(PORT), "-challenge", challenge]
    table = {"protocol": "scep", "key": "RSA-2048", "labels": {"authentication": "scep"}, "name": "phone 7"}
    with listening(words, PORT, folder), wire(ScepWire, PORT, recorder, **table) as phone:
        try:
            made = phone.certificate(certificate_request(key), key, "authentication")
            told = {"own_key": made.public_key() == key.public_key(), "subject": made.subject.rfc4514_string()}
        except EnrolmentRefused as refused:
            told = {"refused": refused.message}
    exchanges = [f"{each.method} {each.url.split('&')[0]}" for each in recorder.of(HttpExchange)]
    leaked = SECRET in repr(recorder.timeline())
    sys.stdout.write(json.dumps({**told, "exchanges": exchanges, "leaked": leaked}))


main(Path(sys.argv[1]), sys.argv[2])
