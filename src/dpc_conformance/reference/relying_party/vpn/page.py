"""The page behind a gateway, where only a tunnel leads; and the way from there to the status services."""

from pathlib import Path

from dpc_conformance.reference.programs.installed import program
from dpc_conformance.reference.programs.program import Plan
from dpc_conformance.reference.programs.programs import Programs
from dpc_conformance.reference.vpn.networks import INSIDE, Inside

PAGE = f"http://{INSIDE}/"
STATUS_PROXY = "http://127.0.0.1:80"
"""The HTTP proxy of the inside: whatever is asked for, the status services answer."""
CONFIGURATION = """\
daemon off; master_process off; pid off; error_log stderr info;
events {{ }}
http {{
    access_log off;
    client_body_temp_path t; proxy_temp_path t; fastcgi_temp_path t; uwsgi_temp_path t; scgi_temp_path t;
    server {{ listen {address}:80; return 200 "You are inside."; }}
    server {{
        listen 127.0.0.1:80;
        location / {{ proxy_pass http://unix:{status}; proxy_set_header Host $host; }}
    }}
}}
"""
SERVES = "getrlimit("


def start_page(programs: Programs, inside: Inside, status: Path) -> None:
    """Have it served by nginx. `status` is the path at which the status services listen. Raises MachineLacks."""
    folder = programs.folder("page")
    settings = folder / "nginx.conf"
    settings.write_text(CONFIGURATION.format(address=INSIDE, status=status))
    words = inside.place(program("nginx", "nginx"), "-e", "stderr", "-p", folder, "-c", settings)
    programs.start(folder, lambda _: Plan("page", words, lambda line: SERVES in line))
