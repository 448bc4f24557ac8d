"""Seeded defects of the Key History, its file and the retired keys."""

from cryptography.hazmat.primitives.asymmetric import ec

from dpc_conformance.faults.token.data_door import content, data_fault, put
from dpc_conformance.formats import containers
from dpc_conformance.reference.card import card_data
from dpc_conformance.reference.card.keys import CardKey, PinRule
from dpc_conformance.reference.card.wire import objects_in
from dpc_conformance.reference.pki.keys import ec_key
from dpc_conformance.reference.scene import Scene
from dpc_conformance.reference.token.virtual_token import VirtualToken

ON_TOKEN, ELSEWHERE, URL = b"\xc1", b"\xc2", b"\xf3"
ONE_TOO_MANY = 0x96


def _fields(token: VirtualToken) -> tuple[int, int, str]:
    held = objects_in(content(token, containers.KEY_HISTORY))
    return held[ON_TOKEN][0], held[ELSEWHERE][0], held[URL].decode("ascii")


@data_fault("token has retired keys and no Key History", {"DPC-APP-KH-01"})
def no_history(token: VirtualToken, _: Scene) -> None:
    token.application.objects.remove(containers.KEY_HISTORY)
    token.seal()


@data_fault("Key History names no URL for certificates that are elsewhere", {"DPC-APP-KH-02"})
def no_url(token: VirtualToken, _: Scene) -> None:
    on_token, elsewhere, _url = _fields(token)
    put(token, containers.KEY_HISTORY, card_data.key_history(on_token, elsewhere), seal=True)


@data_fault("Key History counts one key too few", {"DPC-APP-KH-03"})
def one_too_few(token: VirtualToken, _: Scene) -> None:
    on_token, elsewhere, url = _fields(token)
    put(token, containers.KEY_HISTORY, card_data.key_history(on_token - 1, elsewhere, url), seal=True)


@data_fault("file of retired certificates is not that of its name", {"DPC-APP-KH-04"})
def another_file(token: VirtualToken, _: Scene) -> None:
    url = _fields(token)[2]
    token.published[url] = token.published[url][::-1]


@data_fault("token has a twenty-first retired key", {"DPC-APP-RETIRED-01"})
def one_too_many(token: VirtualToken, scene: Scene) -> None:
    key = ec_key(scene.entropy.branch("one retired key too many"), ec.SECP256R1())
    token.application.keys[ONE_TOO_MANY] = CardKey(key, PinRule.PIN, key_management=True)
