"""A tester's web application that says yes and no by pages and redirections of its own: only its welcome is a yes."""

import pytest
from test_real_servers import Vendor
from vendors_folder import scene_of

from dpc_conformance.fixtures.doors import WebDoor
from dpc_conformance.reference.relying_party.use_parts import NGINX_WITH_CRLS

ASKS = "ssl_verify_client on;"
ANSWERS = 'return 200 "welcome";'
WAYS = {
    "a redirection to its login page": ("return 302 /login?error=revoked;", 'return 200 "welcome";'),
    "a page without an error": ('return 200 "access denied: revoked";', 'return 200 "welcome";'),
    "another redirection": ("return 302 /login?error=revoked;", "return 302 /welcome;"),
}


@pytest.fixture(params=WAYS)
def scene(request, tmp_path):
    refuses, lets_in = WAYS[request.param]
    made = Vendor(tmp_path)
    configuration = (tmp_path / "nginx.conf").read_text()
    by_itself = f"if ($ssl_client_verify != SUCCESS) {{ {refuses} }} {lets_in}"
    configuration = configuration.replace(ASKS, "ssl_verify_client optional;").replace(ANSWERS, by_itself)
    (tmp_path / "nginx.conf").write_text(configuration)
    reasons = 'revoked = "revoked"\nno-certificate = '
    made.target.write_text(made.target.read_text().replace("no-certificate = ", reasons))
    with scene_of(made, "redirects") as scene_and_cast:
        yield scene_and_cast
    made.close()


def test_it_lets_in_whom_it_welcomes_and_nobody_else(scene):
    _, cast = scene
    door = WebDoor(cast, NGINX_WITH_CRLS)
    assert door.opens_to_visitor("good", "")
    assert not door.opens_to_visitor(None, "")
    assert [(each.outcome, each.reason) for each in door.decisions()] == [("accepted", ""), ("refused", "revoked")]
