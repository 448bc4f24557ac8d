"""`dpc auditlog` on exports that the reference issuer wrote, and on what became of them."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from dpc_conformance.cli import main
from dpc_conformance.clock import RunClock
from dpc_conformance.reference.issuer.audit import AuditLog
from dpc_conformance.reference.issuer.audit_export import AuditExporter, tamper
from dpc_conformance.reference.issuer.store import Store

RECORDS = 10


@pytest.fixture
def store(tmp_path):
    opened = Store(tmp_path / "issuer.sqlite")
    yield opened
    opened.close()


@pytest.fixture
def write(store, tmp_path):
    """Appends records and exports: the log's path and the key's."""
    clock, key = RunClock(datetime(2026, 11, 23, tzinfo=UTC)), ec.generate_private_key(ec.SECP256R1())
    log = AuditLog(store, clock)

    def export(name, count=RECORDS):
        with store.write() as connection:
            for number in range(count):
                log.accept(connection, "grace.goode", "request", f"sign-in {number}", 'Ünïcode, "quotes" and \u2028')
        exported = AuditExporter(store, clock, key).export()
        path, key_path = tmp_path / name, tmp_path / "seal.der"
        path.write_bytes(exported.content)
        key_path.write_bytes(exported.seal_key)
        return path, key_path

    return export


def test_a_whole_log_is_verified(write, capsys):
    log, key = write("log.jsonl")
    assert main(["auditlog", str(log), "--key", str(key)]) == 0
    assert "10 records, none changed or missing" in capsys.readouterr().out


def test_without_the_key_it_says_so(write, capsys):
    assert main(["auditlog", str(write("log.jsonl")[0])]) == 0
    assert "signature not checked" in capsys.readouterr().out


CHANGES = {
    "truncated": (lambda lines: lines[:6], 6),
    "cut within a line": (lambda lines: [*lines[:5], lines[5][:30]], 5),
    "beginning gone": (lambda lines: [lines[0], *lines[4:]], 1),
    "cut in the middle": (lambda lines: [*lines[:4], *lines[6:]], 4),
    "reordered": (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], 4),
    "repeated": (lambda lines: [*lines[:4], lines[3], *lines[4:]], 4),
    "altered": (lambda lines: [*lines[:4], lines[4].replace(b"grace", b"milo_"), *lines[5:]], 4),
    "last records cut, seal kept": (lambda lines: [*lines[:8], lines[-1]], 8),
    "added after the seal": (lambda lines: [*lines, lines[3]], 11),
    "no records, seal kept": (lambda lines: [lines[0], lines[-1]], 1),
    "something added to a record": (
        lambda lines: [*lines[:4], lines[4].replace(b"}", b', "note": "approved"}'), *lines[5:]],
        4,
    ),
    "a field written twice": (
        lambda lines: [*lines[:4], lines[4].replace(b"{", b'{"actor": "milo", ', 1), *lines[5:]],
        4,
    ),
    "something added to the seal": (lambda lines: [*lines[:-1], lines[-1].replace(b"}}", b', "by": "x"}}')], 11),
    "nonsense in between": (lambda lines: [*lines[:4], b"\xff[1]\n", *lines[4:]], 4),
}


@pytest.mark.parametrize("name", CHANGES)
def test_the_first_record_that_does_not_fit_is_named(name, write, capsys):
    log, key = write("log.jsonl")
    change, first = CHANGES[name]
    log.write_bytes(b"".join(change(log.read_bytes().splitlines(keepends=True))))
    assert main(["auditlog", str(log), "--key", str(key)]) == 1
    assert f": record {first}: expected " in capsys.readouterr().out


@pytest.mark.parametrize("how", ["altered", "removed", "swapped"])
def test_what_was_changed_in_the_database_is_named(how, store, write, capsys):
    write("before.jsonl")
    number = tamper(store, how)
    log, key = write("log.jsonl", 0)
    assert main(["auditlog", str(log), "--key", str(key)]) == 1
    assert f": record {number}: expected " in capsys.readouterr().out


def test_a_log_that_somebody_chained_again_has_no_seal_of_the_issuer(write, capsys):
    log, _ = write("log.jsonl")
    other = log.parent / "other.pem"
    stranger = ec.generate_private_key(ec.SECP256R1()).public_key()
    other.write_bytes(stranger.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    assert main(["auditlog", str(log), "--key", str(other)]) == 1
    assert "record 11: expected a seal signed by the issuer" in capsys.readouterr().out


def test_a_later_export_continues_an_earlier_one(write, capsys):
    earlier, key = write("june.jsonl")
    later, _ = write("july.jsonl", 3)
    assert main(["auditlog", str(later), "--key", str(key), "--earlier", str(earlier)]) == 0
    assert main(["auditlog", str(earlier), "--key", str(key), "--earlier", str(later)]) == 1
    assert "record 11: expected the record of" in capsys.readouterr().out


def test_a_log_that_was_begun_again_does_not_continue_an_earlier_one(write, store, capsys):
    earlier, key = write("june.jsonl")
    with store.write() as connection:
        connection.execute("DELETE FROM audit")
    begun_again, _ = write("july.jsonl", 1)
    assert main(["auditlog", str(begun_again), "--key", str(key)]) == 0
    assert main(["auditlog", str(begun_again), "--key", str(key), "--earlier", str(earlier)]) == 1
    assert "record 2: expected the record of" in capsys.readouterr().out


BAD = {
    "empty": b"",
    "binary": bytes(range(256)),
    "other JSON": b'{"format": "something else"}\n',
    "a list": b"[]\n",
    "deeply nested": b"[" * 100_000,
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_log_is_bad_input(name, tmp_path, capsys):
    log = tmp_path / "log.jsonl"
    log.write_bytes(BAD[name])
    assert main(["auditlog", str(log)]) == 4
    assert "not an exported audit log" in capsys.readouterr().err


def test_missing_files_and_wrong_keys_are_bad_input(write, tmp_path, capsys):
    log, _ = write("log.jsonl")
    assert main(["auditlog", str(tmp_path / "nowhere")]) == 4
    assert main(["auditlog", str(tmp_path)]) == 4
    assert main(["auditlog", str(log), "--key", str(log)]) == 4
    assert "expected a public key on an elliptic curve" in capsys.readouterr().err
