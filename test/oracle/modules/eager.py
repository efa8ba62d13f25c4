"""Code that asks whether it is being traced, scripted, compiled or exported: it is run as it is."""
import torch

result = [
    torch._C._get_tracing_state(),
    torch.jit.is_tracing(),
    torch.jit.is_scripting(),
    torch.onnx.is_in_onnx_export(),
]
