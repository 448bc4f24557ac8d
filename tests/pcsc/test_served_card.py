"""The card of `dpc serve` in the hands of a program made by others: curl signs in at the kiosk."""

import re
import shlex

import pytest
from running_command import running


def real(said, address):
    """Where the host of that address is, as `--connect-to` wants it."""
    host, _, port = address.removeprefix("https://").partition(":")
    where = re.search(rf"^{re.escape(address)}\S* +(127\.0\.0\.1:\d+)", said, re.M)[1]
    return f"{host}:{port or 443}:{where}"


@pytest.mark.usefixtures("daemon")
def test_curl_signs_in_at_the_kiosk(client):
    with running("serve", last="curl") as (_, said):
        variable, value = re.search(r"^export (\w+)=(.*)$", said, re.M).groups()
        pin = re.search(r"its PIN is (\d+)\.", said)[1]
        last = shlex.split(said.splitlines()[-1])
        places = [real(said, address) for address in ("https://issuer.dpc.example", "https://issuer.dpc.example:8443")]
        page = client.ask(
            "curl", "--silent", "--show-error", "--location", "--cookie", "jar", "--cookie-jar", "jar",
            "--cacert", last[last.index("--cacert") + 1],
            "--connect-to", places[0], "--connect-to", places[1],
            "--cert", "pkcs11:id=%01;type=cert", "--key", f"pkcs11:id=%01;type=private;pin-value={pin}",
            "--header", "Accept-Language: nl", "https://issuer.dpc.example:8443/sign-in", **{variable: value},
        )  # fmt: skip
    assert "<h1>Mijn ID</h1>" in page
    assert "Aangemeld als Grace Goode." in page
