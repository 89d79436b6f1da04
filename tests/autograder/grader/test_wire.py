"""Messages between the two sides: faithful for values, deaf to forgeries."""

import json
import socket
import struct

import numpy as np
import pytest
import torch

from autograder.jail.frames import Frames, ProtocolError
from autograder.judging import wire
from autograder.judging.changes import (
    Seeds,
    apply_change,
    fingerprint,
    is_changed,
    set_states,
)
from autograder.judging.decode import Decoder
from autograder.judging.encode import Encoder
from autograder.judging.wire import CannotCross


def refuse(encoder, value, depth):
    raise CannotCross(type(value).__name__)


def unknown(decoder, node, depth):
    raise ProtocolError("unknown")


def round_trip(value):
    encoder = Encoder(refuse)
    node = json.loads(json.dumps(encoder.encode(value)))
    return Decoder(encoder.buffers, unknown).decode(node)


@pytest.mark.parametrize(
    "value",
    [
        *(0, -(10**500), 1.5, -0.0, "ä\n", "", b"\0", None, True, 2 - 3j, ...),
        *([], [[1], (2,)], {}, {"a": {1: None}}, frozenset({2})),
        pytest.param({1, "x"}, id="a set in whatever order"),
        *(slice(None), slice(1, 2, 3), range(2, 9, 3), float, np.float32),
        *(np.dtype("int8"), torch.int16, torch.device("cpu")),
    ],
    ids=repr,
)
def test_value_arrives_equal_and_of_the_same_type(value):
    got = round_trip(value)
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 4), (2, 3, 4)])
@pytest.mark.parametrize("kind", ["?", "i1", "u8", "f2", "f8", "c16", "U2", "S3"])
def test_array_arrives_bit_for_bit(shape, kind):
    value = np.ones(shape, kind)
    got = round_trip([value])[0]
    assert got.dtype == value.dtype
    assert np.array_equal(got, value)
    assert got.flags.writeable


def test_array_of_objects_does_not_cross():
    with pytest.raises(CannotCross, match="ndarray"):
        Encoder(refuse).encode(np.array([object()]))


def test_shared_and_circular_structure_survives():
    inner = [1]
    value = [inner, inner]
    value.append(value)
    got = round_trip(value)
    assert got[0] is got[1]
    assert got[2] is got


def test_deep_nesting_does_not_cross():
    value = []
    for _ in range(200):
        value = [value]
    with pytest.raises(CannotCross, match="too deeply"):
        Encoder(refuse).encode(value)


def nested(depth):
    node = 1
    for _ in range(depth):
        node = ["tuple", [node]]
    return node


FORGED = {
    "array_of_objects": ["array", "|O", [1], 0],
    "structured_array": ["array", "i4,O", [1], 0],
    "array_larger_than_its_data": ["array", "<f8", [1000], 0],
    "array_of_negative_length": ["array", "<f8", [-1, -1], 0],
    "array_of_unknown_buffer": ["array", "<f8", [1], 7],
    "array_counting_from_the_end": ["array", "<f8", [1], -1],
    "array_of_half_an_element": ["array", "<f8", [0.125], 0],
    "tensor_larger_than_its_data": ["tensor", "float32", [99], 0, False, False, None],
    "tensor_of_unknown_kind": ["tensor", "quint8", [8], 0, False, False, None],
    "tensor_kind_that_is_a_function": ["tensor", "load", [8], 0, False, False, None],
    "tensor_of_integers_with_gradient": ["tensor", "int8", [8], 0, True, False, None],
    "class_that_runs_something": ["class", "subprocess.Popen"],
    "unknown_tag": ["pickle", "gASVCQ=="],
    "tag_that_is_no_text": [["array"], 1],
    "method_of_the_decoder": ["__init__"],
    "reference_to_nothing": ["again", 0],
    "reference_from_the_end": ["again", -1],
    "unknown_object": ["known", 0],
    "list_as_key": ["dict", "dict", "", [["list", []]], [1]],
    "keys_without_values": ["dict", "dict", "", [1, 2], [1]],
    "unknown_dictionary": ["dict", "UserDict", "", [], []],
    "object_that_is_no_node": {"a": 1},
    "empty_node": [],
    "deep_nesting": nested(300),
    "integer_that_is_none": ["int", "zz"],
    "range_with_step_zero": ["range", [0, 1, 0]],
    "generator_with_wrong_state": ["generator", 1],
    "torch_generator_with_wrong_state": ["torch.generator", 0],
    "device_that_is_none": ["device", "nothing"],
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_node_is_a_protocol_error(name):
    with pytest.raises(ProtocolError):
        Decoder([b"12345678"], unknown).decode(FORGED[name])


@pytest.mark.parametrize(
    "data",
    [
        struct.pack(">II", 1 << 31, 0),
        struct.pack(">II", 2, 1 << 31),
        struct.pack(">IIQ", 2, 1, 1 << 40),
        struct.pack(">II", 2, 0) + b"{{",
        struct.pack(">II", 4, 0) + b"\xff\xff\xff\xff",
    ],
    ids=["long_text", "many_buffers", "long_buffer", "no_json", "no_unicode"],
)
def test_message_of_wrong_size_or_form_is_a_protocol_error(data):
    here, there = socket.socketpair()
    with here, there:
        there.sendall(data)
        with pytest.raises(ProtocolError):
            wire.receive(here)


def test_end_of_the_other_process_is_noticed():
    here, there = socket.socketpair()
    with here:
        there.close()
        with pytest.raises(EOFError):
            wire.receive(here)


def test_frames_are_cut_out_of_a_stream():
    frames = Frames(100)
    data = b"".join(struct.pack(">I", 8) + b'{"a": %d}' % n for n in (1, 2))
    assert frames.feed(data[:15]) == [{"a": 1}]
    assert frames.feed(data[15:]) == [{"a": 2}]


@pytest.mark.parametrize(
    "data",
    [struct.pack(">I", 101), struct.pack(">I", 2) + b"[]", struct.pack(">I", 1) + b"{"],
)
def test_frame_too_long_or_no_object_is_a_protocol_error(data):
    with pytest.raises(ProtocolError):
        Frames(100).feed(data)


@pytest.mark.parametrize(
    ("value", "change"),
    [
        (np.zeros(2), lambda v: v.__setitem__(0, 1)),
        (torch.zeros(2), lambda v: v.add_(1)),
        (torch.ones(1, requires_grad=True), lambda v: (v * 2).sum().backward()),
        ([1], lambda v: v.append(2)),
        ({1: 2}, lambda v: v.update({1: 3})),
        (np.random.default_rng(0), lambda v: v.normal()),
        (torch.Generator(), lambda v: torch.rand(1, generator=v)),
    ],
    ids=["array", "tensor", "gradient", "list", "dict", "generator", "torch generator"],
)
def test_change_in_place_is_seen_and_applied(value, change):
    before, copy = fingerprint(value), round_trip([value])[0]
    assert not is_changed(before, value)
    change(value)
    assert is_changed(before, value)
    apply_change(copy, value)
    assert not is_changed(fingerprint(copy), value)


def test_generator_does_not_take_another_stream():
    own, other = np.random.default_rng(0), np.random.default_rng(1)
    before = own.bit_generator.state
    apply_change(own, other)
    assert own.bit_generator.state == before


def test_looking_for_changes_never_asks_the_values():
    class Liar:
        def __eq__(self, other):
            raise AssertionError("asked")

        __hash__ = None

    value = [Liar()]
    before = fingerprint(value)
    value[0] = Liar()
    assert is_changed(before, value)


def test_seeding_anew_shows_even_with_the_same_seed():
    torch.manual_seed(5)
    seeds = Seeds()
    assert seeds.take_changed() is None
    torch.manual_seed(5)
    assert seeds.take_changed() is None
    np.random.seed(1)
    assert seeds.take_changed() is not None
    assert seeds.take_changed() is None
    np.random.seed(1)
    states = seeds.take_changed()
    expected = np.random.RandomState(1).rand()
    set_states(states)
    assert np.random.rand() == expected
