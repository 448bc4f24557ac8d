"""What the browser finds at home: trust in the run's web servers, the card's module, the certificate to choose."""

import json
from itertools import count
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from dpc_conformance.reference.programs.command import Command
from dpc_conformance.reference.programs.installed import library
from dpc_conformance.reference.programs.preload import compiled
from dpc_conformance.roles.errors import MachineLacks

LOGIN_MODULE = Path(__file__).with_name("login_module.c")
NO_LOCKED_MEMORY = Path(__file__).with_name("no_locked_memory.c")
CARD_MODULE, CARD_MODULE_PACKAGE = "*/opensc-pkcs11.so", "opensc-pkcs11"
CERTUTIL = Command("certutil", "libnss3-tools")
DATABASE = Path(".pki", "nssdb")
"""Where Chromium looks for certificates and modules below its home."""
MODULE = "\nlibrary={library}\nname=The card\n\n"
ANY_CERTIFICATE: dict[str, Any] = {"*,*": {"setting": {"filters": [{}]}}}
"""What somebody would click: of the certificates that the browser offers, the first. A card has one for TLS clients."""
PREFERENCES = {"profile": {"content_settings": {"exceptions": {"auto_select_certificate": ANY_CERTIFICATE}}}}


class Home:
    """A folder that is the browser's home, with a certificate database of its own."""

    def __init__(self, folder: Path, roots: list[x509.Certificate], headed: bool = False) -> None:
        """`roots` are those of web servers that this browser trusts; where it is `headed` it asks for the PIN itself.

        Raises MachineLacks.
        """
        self.folder, self._headed = folder, headed
        self.card_module = library(CARD_MODULE, CARD_MODULE_PACKAGE)
        self.login_module = compiled(LOGIN_MODULE, folder, "nobody sees when the browser looks at the reader")
        self._no_locked_memory = compiled(NO_LOCKED_MEMORY, folder, "Chromium dies of what OpenSC leaves locked")
        self._trusted: set[bytes] = set()
        (folder / DATABASE).mkdir(parents=True)
        self._certutil("-N", "--empty-password")
        with (folder / DATABASE / "pkcs11.txt").open("a", encoding="utf-8") as modules:
            modules.write(MODULE.format(library=self.login_module))
        self.trust(roots)
        self._numbers = count(1)

    def new_user_data(self) -> Path:
        """A folder in which a browser that is new keeps what it knows."""
        user_data = self.folder / f"browser-{next(self._numbers)}"
        default = user_data / "Default"
        default.mkdir(parents=True)
        (default / "Preferences").write_text(json.dumps({} if self._headed else PREFERENCES), "utf-8")
        return user_data

    @property
    def login_desk(self) -> Path:
        """Where the login module asks."""
        return self.folder / "login-desk"

    @property
    def environment(self) -> dict[str, str]:
        """What tells the browser and the modules in it where they are."""
        return {
            "HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "DPC_LOGIN_DESK": str(self.login_desk),
            "DPC_CARD_MODULE": str(self.card_module),
            "LD_PRELOAD": str(self._no_locked_memory),
            **({"DPC_BROWSER_ASKS": "yes"} if self._headed else {}),
        }

    def trust(self, roots: list[x509.Certificate]) -> None:
        """For web servers, and for nothing else."""
        for root in roots:
            der = root.public_bytes(Encoding.DER)
            self._certutil("-A", "-n", f"root {len(self._trusted)}", "-t", "C,,", stdin=der)
            self._trusted.add(der)

    def _certutil(self, *words: str, stdin: bytes = b"") -> None:
        answer = CERTUTIL.run(*words, "-d", f"sql:{self.folder / DATABASE}", stdin=stdin)
        if answer.code:
            raise MachineLacks(f"certutil makes no certificate database here: {answer.words.strip()}")
