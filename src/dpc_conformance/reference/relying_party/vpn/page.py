"""The page behind a gateway: nginx on an address that only a tunnel leads to."""

from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.vpn.networks import INSIDE, Networks

CONFIGURATION = """\
daemon off; master_process off; pid off; error_log stderr info;
events {{ }}
http {{
    access_log off;
    client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t;
    server {{ listen {address}:80; return 200 "You are inside."; }}
}}
"""
SERVES = "getrlimit("


def start_page(programs: Programs, networks: Networks) -> None:
    """Have it served. Raises MachineLacks."""
    folder = programs.folder("page")
    settings = folder / "nginx.conf"
    settings.write_text(CONFIGURATION.format(address=INSIDE))
    words = networks.inside(program("nginx", "nginx"), "-e", "stderr", "-p", folder, "-c", settings)
    programs.start(folder, lambda _: Plan("page", words, lambda line: SERVES in line))
