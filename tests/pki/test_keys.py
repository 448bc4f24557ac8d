"""Keys: EC keys from the seed, RSA keys from the machine's pool."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.entropy import SeededEntropy
from dpc_conformance.reference.pki.keys import OTHER_SLOTS, KeyPool, default_folder, ec_key

BITS = 1024  # quick to make; the sizes in use differ only in how long that takes


def modulus(key):
    return key.private_numbers().public_numbers.n


@pytest.mark.parametrize("curve", [ec.SECP256R1(), ec.SECP384R1()], ids=lambda curve: curve.name)
def test_ec_keys_follow_the_seed(curve):
    first, again, other = (ec_key(SeededEntropy(seed), curve) for seed in ("a", "a", "b"))
    assert first.private_numbers() == again.private_numbers() != other.private_numbers()
    assert first.curve.name == curve.name


def test_rsa_keys_follow_the_seed_and_never_repeat(tmp_path):
    pool = KeyPool(tmp_path)
    keys = [pool.rsa(BITS, SeededEntropy("a")) for _ in range(3)]
    assert len({modulus(key) for key in keys}) == 3
    assert [modulus(KeyPool(tmp_path).rsa(BITS, SeededEntropy("a")))] == [modulus(keys[0])]
    assert keys[0].public_key().public_numbers().e == 65537


def test_a_scenario_takes_again_what_another_took_but_nothing_of_the_pki(tmp_path):
    pool = KeyPool(tmp_path)
    of_pki = modulus(pool.rsa(BITS, SeededEntropy("a")))
    first, second = (modulus(pool.scenario().rsa(BITS, SeededEntropy("a"))) for _ in range(2))
    assert first == second != of_pki


def test_the_pool_grows_when_everything_is_taken(tmp_path):
    pool = KeyPool(tmp_path)
    entropy = SeededEntropy("many")
    count = OTHER_SLOTS + 2
    assert len({modulus(pool.rsa(BITS, entropy)) for _ in range(count)}) == count
    assert len(list(tmp_path.iterdir())) == count


def test_files_are_closed_to_others_and_survive_competition(tmp_path):
    folder = tmp_path / "cache" / "rsa"
    with ThreadPoolExecutor(4) as threads:
        keys = list(threads.map(lambda _: KeyPool(folder).rsa(BITS, SeededEntropy("same")), range(4)))
    assert len({modulus(key) for key in keys}) == 1
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]


def test_a_file_that_holds_something_else_is_named(tmp_path):
    pool = KeyPool(tmp_path)
    pool.rsa(BITS, SeededEntropy("a"))
    [path] = tmp_path.iterdir()
    path.rename(tmp_path / path.name.replace(str(BITS), "2048"))
    with pytest.raises(ValueError, match="delete it"):
        KeyPool(tmp_path).rsa(2048, SeededEntropy("a"))


def test_the_cache_folder_follows_the_users_setting(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "dpc-conformance" / "rsa"
