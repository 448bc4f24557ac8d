"""Whatever a token answers, the judge comes to an evaluation of every requirement and never raises."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dpc_conformance.checks.registry import Evidence, checks
from dpc_conformance.checks.token import judge  # noqa: F401  imported for the checks it declares
from dpc_conformance.evidence.card_reading import ObjectAnswer
from dpc_conformance.formats import ber, containers
from dpc_conformance.formats.der import DerError
from dpc_conformance.formats.off_card_key_history import OffCardKeyHistoryFile

FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
statuses = st.sampled_from([0x9000, 0x6982, 0x6A82, 0x6A80, 0])
wrapped = st.binary(max_size=60).map(lambda content: ber.write(containers.WRAPPER, content))
answers = st.builds(ObjectAnswer, statuses, st.one_of(st.binary(max_size=40), wrapped))
objects = st.dictionaries(st.sampled_from([each.tag for each in containers.CONTAINERS]), answers)


@FEW
@given(changed=objects, template=st.one_of(st.none(), st.binary(max_size=30)))
def test_any_answers(tokens, good, changed, template):
    reading = replace(
        good,
        before_pin={**good.before_pin, **changed},
        after_pin={**good.after_pin, **changed},
        property_template=good.property_template if template is None else template,
    )
    assert set(tokens.judged(reading)) == {each.requirement for each in checks(Evidence.TOKEN)}


@FEW
@given(place=st.integers(min_value=0), octet=st.integers(0, 255), which=st.sampled_from(list(containers.CONTAINERS)))
def test_one_octet_of_an_object_changed(tokens, good, place, octet, which):
    held = good.answer(which)
    if not held.data:
        return
    at = place % len(held.data)
    changed = {which.tag: ObjectAnswer(held.status, held.data[:at] + bytes([octet]) + held.data[at + 1 :])}
    reading = replace(good, before_pin={**good.before_pin, **changed}, after_pin={**good.after_pin, **changed})
    assert set(tokens.judged(reading)) == {each.requirement for each in checks(Evidence.TOKEN)}


@FEW
@given(response=st.binary(max_size=80), block=st.binary(max_size=100), place=st.integers(0, 40))
def test_any_answer_of_a_key(tokens, good, response, block, place):
    keys = list(good.keys)
    keys[place % len(keys)] = replace(keys[place % len(keys)], response=response, block=block, status=0x9000)
    judged = tokens.judged(replace(good, keys=tuple(keys)))
    assert set(judged) == {each.requirement for each in checks(Evidence.TOKEN)}


@FEW
@given(data=st.one_of(st.binary(max_size=80), st.binary(max_size=60).map(lambda value: ber.write(b"\x30", value))))
def test_any_file_of_retired_certificates(data):
    try:
        file = OffCardKeyHistoryFile.from_bytes(data)
    except DerError:
        return
    assert 1 <= len(file.entries) <= 20
