"""Prints what real PyTorch says of its layers and initializers, as JSON: the truth for the tables of torch.nn.

    /usr/bin/python3 test/oracle/check_tables.py > test/oracle/golden/tables.json

`layers`: name, bases, signature. `samples`: for an expression, attributes, parameters, buffers and children of what it
constructs. `initializers`: name and signature. Written with torch 1.13.1.
"""
import inspect
import json
import warnings

import torch
from torch import nn
from torch.nn import init

SAMPLES = """
Linear(4, 5); Linear(4, 5, bias=False); Bilinear(3, 4, 5); Bilinear(3, 4, 5, bias=False); Identity(3, x=1)
Conv1d(4, 6, 3); Conv2d(4, 6, 3); Conv2d(4, 6, (3, 5), stride=2, padding=1, groups=2, bias=False); Conv3d(4, 6, 3)
Conv2d(4, 6, 3, padding='same', dilation=2, padding_mode='reflect')
ConvTranspose1d(4, 6, 3); ConvTranspose2d(4, 6, 3, stride=2, groups=2); ConvTranspose3d(4, 6, (1, 2, 3), bias=False)
LazyLinear(4); LazyConv1d(4, 3); LazyConv2d(4, 3); LazyConv3d(4, 3, bias=False)
LazyConvTranspose1d(4, 3); LazyConvTranspose2d(4, 3); LazyConvTranspose3d(4, 3)
LazyBatchNorm1d(); LazyBatchNorm2d(); LazyBatchNorm3d(affine=False)
LazyInstanceNorm1d(); LazyInstanceNorm2d(); LazyInstanceNorm3d()
BatchNorm1d(4); BatchNorm2d(4); BatchNorm2d(4, affine=False); BatchNorm2d(4, track_running_stats=False); BatchNorm3d(4)
SyncBatchNorm(4); InstanceNorm1d(4); InstanceNorm2d(4, affine=True); InstanceNorm3d(4, track_running_stats=True)
GroupNorm(2, 4); GroupNorm(2, 4, affine=False); LayerNorm(4); LayerNorm((3, 4)); LayerNorm([4], elementwise_affine=False)
LocalResponseNorm(2); CrossMapLRN2d(2)
Embedding(10, 4); Embedding(10, 4, padding_idx=0); EmbeddingBag(10, 4)
RNN(4, 6); RNN(4, 6, nonlinearity='relu', bias=False); LSTM(4, 6); GRU(4, 6, bidirectional=True)
LSTM(4, 6, num_layers=2, bidirectional=True, proj_size=3); GRU(4, 6, num_layers=3, bias=False, batch_first=True)
RNNCell(4, 6); LSTMCell(4, 6); GRUCell(4, 6, bias=False)
MultiheadAttention(8, 2); MultiheadAttention(8, 2, kdim=6, vdim=4, add_bias_kv=True); MultiheadAttention(8, 2, bias=False)
TransformerEncoderLayer(8, 2); TransformerDecoderLayer(8, 2, dim_feedforward=16); Transformer(8, 2, 1, 2, 16)
TransformerEncoder(nn.TransformerEncoderLayer(8, 2, 16), 2); TransformerDecoder(nn.TransformerDecoderLayer(8, 2, 16), 2)
PReLU(); PReLU(4, init=0.5); AdaptiveLogSoftmaxWithLoss(16, 20, [5, 10]); AdaptiveLogSoftmaxWithLoss(16, 20, [5], head_bias=True)
ReLU(); ReLU6(); RReLU(); Hardtanh(); Hardtanh(-2, 2); Sigmoid(); Hardsigmoid(); Tanh(); SiLU(); Mish(); Hardswish(); ELU(); CELU()
SELU(); GELU(); GELU('tanh'); Hardshrink(); LeakyReLU(0.2); LogSigmoid(); Softplus(); Softshrink(); Softsign(); Tanhshrink()
GLU(); Softmin(); Softmax(1); Softmax2d(); LogSoftmax(-1); Threshold(1, 2)
Dropout(); Dropout1d(); Dropout2d(0.1); Dropout3d(); AlphaDropout(); FeatureAlphaDropout()
MaxPool1d(2); MaxPool2d(2, 1, 1); MaxPool3d((2, 2, 2)); MaxUnpool1d(2); MaxUnpool2d(2); MaxUnpool3d(2)
AvgPool1d(2); AvgPool2d(2); AvgPool3d(2, 1); AdaptiveAvgPool1d(1); AdaptiveAvgPool2d((1, 1)); AdaptiveAvgPool3d(1)
AdaptiveMaxPool1d(1); AdaptiveMaxPool2d(1); AdaptiveMaxPool3d(1); LPPool1d(2, 3); LPPool2d(2, 3)
FractionalMaxPool2d(3, output_size=2); FractionalMaxPool3d(3, output_ratio=(0.5, 0.5, 0.5))
ConstantPad1d(1, 2.0); ConstantPad2d(1, 2.0); ConstantPad3d(1, 0); ReflectionPad1d(1); ReflectionPad2d((1, 2, 3, 4)); ReflectionPad3d(1)
ReplicationPad1d(1); ReplicationPad2d(1); ReplicationPad3d(1); ZeroPad2d(1)
Flatten(); Unflatten(1, (2, 3)); Fold(4, 2); Unfold(2); PixelShuffle(2); PixelUnshuffle(2); ChannelShuffle(2)
Upsample(scale_factor=2); UpsamplingNearest2d(2); UpsamplingBilinear2d(scale_factor=2); CosineSimilarity(); PairwiseDistance()
Sequential(nn.Linear(2, 3), nn.ReLU()); ModuleList([nn.Linear(2, 3), nn.Tanh()]); ModuleDict({'a': nn.Linear(2, 3), 'b': nn.ReLU()})
L1Loss(); NLLLoss(); NLLLoss2d(); PoissonNLLLoss(); GaussianNLLLoss(); KLDivLoss(); MSELoss(); BCELoss(); BCEWithLogitsLoss()
HingeEmbeddingLoss(); MultiLabelMarginLoss(); SmoothL1Loss(); HuberLoss(); SoftMarginLoss(); CrossEntropyLoss()
MultiLabelSoftMarginLoss(); CosineEmbeddingLoss(); MarginRankingLoss(); MultiMarginLoss(); TripletMarginLoss(); CTCLoss()
TripletMarginWithDistanceLoss()
"""


def plain(value):
    """The value as JSON, or nothing where it is no plain one."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return {"value": value}
    if isinstance(value, (tuple, list)) and all(plain(it) for it in value):
        return {"value": [plain(it)["value"] for it in value]}
    return None


def signature(function):
    rows = []
    for parameter in list(inspect.signature(function).parameters.values()):
        if parameter.name == "self":
            continue
        row = {"name": parameter.name, "kind": parameter.kind.name}
        if parameter.default is not inspect.Parameter.empty:
            row["default"] = plain(parameter.default) or {"repr": "callable"}
        rows.append(row)
    return rows


def layers():
    for name in sorted(dir(nn)):
        cls = getattr(nn, name)
        if inspect.isclass(cls) and issubclass(cls, nn.Module):
            own = cls.__init__ is not nn.Module.__init__
            yield {
                "name": name,
                "module": cls.__module__,
                "ancestors": [it.__name__ for it in cls.__mro__[1:] if issubclass(it, nn.Module)],
                "signature": signature(cls.__init__) if own else [],
                "forward": [it["name"] for it in signature(cls.forward)],
            }


def shape(tensor):
    return None if tensor is None or isinstance(tensor, nn.parameter.UninitializedTensorMixin) else list(tensor.shape)


def sample(expression):
    torch.manual_seed(0)
    module = eval(f"nn.{expression}")
    drawn = torch.initial_seed() == 0 and torch.rand(1).item()
    hidden = ("_parameters", "_buffers", "_modules")
    attributes = {key: plain(value) for key, value in vars(module).items() if not key.startswith("_") and key not in hidden}
    return {
        "expression": f"nn.{expression}",
        "parameters": [[name, shape(it)] for name, it in module.named_parameters()],
        "slots": [[name, it is not None] for name, it in module._parameters.items()],
        "buffers": [[name, shape(it)] for name, it in module.named_buffers()],
        "modules": [[name, type(it).__name__] for name, it in module.named_modules()],
        "attributes": {key: value["value"] for key, value in attributes.items() if value},
        "next_uniform": drawn,
    }


def initializers():
    for name in sorted(dir(init)):
        function = getattr(init, name)
        if inspect.isfunction(function):
            yield {"name": name, "signature": signature(function)}


def expressions():
    for line in SAMPLES.strip().splitlines():
        yield from (part.strip() for part in line.split("; "))


def main():
    warnings.simplefilter("ignore")
    out = {
        "torch": torch.__version__,
        "layers": list(layers()),
        "samples": [sample(it) for it in expressions()],
        "initializers": list(initializers()),
    }
    print(json.dumps(out, separators=(",", ":")).replace('},{"', '},\n{"'))


if __name__ == "__main__":
    main()
