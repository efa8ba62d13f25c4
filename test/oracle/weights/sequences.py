"""Recurrent layers, attention and Transformers with the options that change their tables or their order of draws."""
import copy

from torch import nn


class Recurrent(nn.Module):
    def __init__(self, kind, **options):
        super().__init__()
        self.embed = nn.Embedding(20, 6, padding_idx=2)
        self.core = getattr(nn, kind)(6, 8, **options)
        self.head = nn.Linear(8, 3)


class Cells(nn.Module):
    def __init__(self):
        super().__init__()
        self.cells = nn.ModuleList([nn.LSTMCell(4, 5), nn.GRUCell(5, 5, bias=False), nn.RNNCell(5, 4, nonlinearity="relu")])
        for name, parameter in self.cells.named_parameters():
            if "bias" in name:
                nn.init.zeros_(parameter)
            elif "weight_hh" in name:
                nn.init.xavier_uniform_(parameter)


class Tagger(nn.Module):
    """Copies start equal; a tied head is one parameter under its first name."""

    def __init__(self, norm_first=False):
        super().__init__()
        layer = nn.TransformerEncoderLayer(16, 4, 24, norm_first=norm_first, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, 2, norm=nn.LayerNorm(16))
        self.own = nn.ModuleList([copy.deepcopy(layer) for _ in range(2)])
        self.words = nn.Embedding(20, 16)
        self.head = nn.Linear(16, 20, bias=False)
        self.head.weight = self.words.weight


EXACT = [
    "Recurrent('LSTM')",
    "Recurrent('LSTM', num_layers=2, bidirectional=True, proj_size=3)",
    "Recurrent('GRU', num_layers=2, bias=False, dropout=0.1)",
    "Recurrent('RNN', nonlinearity='relu', bidirectional=True, batch_first=True)",
    "Cells()",
    "nn.MultiheadAttention(8, 2)",
    "nn.MultiheadAttention(8, 2, bias=False, kdim=5, vdim=7)",
    "nn.MultiheadAttention(8, 2, add_bias_kv=True)",
    "nn.Transformer(16, 4, 2, 1, 24, activation='gelu')",
    "Tagger()",
    "Tagger(norm_first=True)",
]
