"""The statement finder's network: a BERT-like encoder, two tag heads, and vectors that link segments.

The encoder is written out here, small, so that it can be exported to plain ONNX operators and start from
the weights of any BERT (MiniLM: Wang et al. 2020) or MPNet (Song et al. 2020) of its width.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from onrecord.finding.scores import DISTANCES, LINK_WIDTH, LINKS, TAGS
from onrecord.finding.words import CASES, GAPS, QUOTES


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder."""

    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    first_position: int = 0
    relative: int = 0
    epsilon: float = 1e-12


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """Return the next states; ``bias`` is added to the attention scores."""
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        if torch.onnx.is_in_onnx_export():
            # Scaled before the product: there the numbers are fewer.
            scores = (q / math.sqrt(q.shape[-1])) @ k.transpose(-1, -2)
            mixed = (scores if bias is None else scores + bias).softmax(-1) @ v
        else:
            mask = None if bias is None else bias.to(q.dtype)
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + functional.dropout(self.out(mixed), self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, self.dropout, self.training))


class Finder(nn.Module):
    """Encoder and heads.

    ``forward`` takes ``pieces``, ``cases``, ``gaps``, ``quotes`` and ``mask``, all (windows, length), no mask
    where nothing is padded, and returns tag scores of both levels (windows, length, 2 * 7) and link vectors
    (windows, length, 3 links * 2 sides * 2 ends * 64).
    """

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.dropout = dropout
        self.pieces = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(CASES + 1, shape.width)
        self.gaps = nn.Embedding(GAPS + 1, shape.width)
        self.quotes = nn.Embedding(QUOTES + 1, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.relative = nn.Embedding(shape.relative, shape.heads) if shape.relative else None
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.tags = nn.Linear(shape.width, 2 * len(TAGS))
        self.links = nn.Linear(shape.width, len(LINKS) * 4 * LINK_WIDTH)
        self.link_bias = nn.Embedding(len(LINKS) * DISTANCES, 1)
        self.link_none = nn.Linear(shape.width, len(LINKS))
        for extra in (self.cases, self.gaps, self.quotes):
            nn.init.normal_(extra.weight, std=0.02)
        nn.init.zeros_(self.link_bias.weight)

    def encode(
        self, pieces: Tensor, cases: Tensor, gaps: Tensor, quotes: Tensor, mask: Tensor | None
    ) -> Tensor:
        """Return the last states, (windows, length, width)."""
        length = pieces.shape[1]
        places = torch.arange(length, device=pieces.device) + self.shape.first_position
        x = self.pieces(pieces) + self.positions(places)
        x = self.norm(x + self.cases(cases) + self.gaps(gaps) + self.quotes(quotes))
        x = functional.dropout(x, self.dropout, self.training)
        bias = None if mask is None else (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        if self.relative is not None:
            table = self.relative(_buckets(length, self.shape.relative).to(x.device)).permute(2, 0, 1)[None]
            bias = table if bias is None else bias + table
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(
        self, pieces: Tensor, cases: Tensor, gaps: Tensor, quotes: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return tag scores, link vectors, and scores of "linked to nothing" (windows, length, 3)."""
        x = self.encode(pieces, cases, gaps, quotes, mask)
        return self.tags(x), self.links(x), self.link_none(x)

    def distance(self, link: Tensor, bucket: Tensor) -> Tensor:
        """Return the learned score of a distance bucket for each link."""
        return self.link_bias(link * DISTANCES + bucket).squeeze(-1)

    def save(self, path: Path) -> None:
        """Write weights and shape."""
        torch.save({"shape": asdict(self.shape), "weights": self.state_dict()}, path)

    @staticmethod
    def load(path: Path) -> Finder:
        """Read what :meth:`save` wrote."""
        stored = torch.load(path, weights_only=True)
        finder = Finder(Shape(**stored["shape"]))
        finder.load_state_dict(stored["weights"])
        return finder


def _buckets(length: int, count: int) -> Tensor:
    """Return MPNet's (T5's) buckets of relative position, (length, length)."""
    places = torch.arange(length)
    distance = places[:, None] - places[None, :]
    half = count // 2
    side = (distance < 0).long() * half
    distance = distance.abs()
    exact = half // 2
    large = exact + (
        torch.log(distance.float().clamp(min=1) / exact) / math.log(128 / exact) * (half - exact)
    ).long().clamp(max=half - exact - 1)
    return side + torch.where(distance < exact, distance, large)


def start_from(folder: Path, layers: int | None = None, dropout: float = 0.1) -> Finder:
    """Return a finder whose encoder has the weights of the BERT or MPNet model in ``folder``."""
    config = json.loads((folder / "config.json").read_text())
    mpnet = config["model_type"] == "mpnet"
    shape = Shape(
        width=config["hidden_size"],
        layers=layers or config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        vocabulary=config["vocab_size"],
        positions=config["max_position_embeddings"],
        first_position=2 if mpnet else 0,
        relative=config.get("relative_attention_num_buckets", 0) if mpnet else 0,
        epsilon=config["layer_norm_eps"],
    )
    finder = Finder(shape, dropout)
    stored = {k.removeprefix("bert.").removeprefix("mpnet."): v.float() for k, v in _tensors(folder).items()}
    _copy_encoder(finder, stored, config["num_hidden_layers"], mpnet)
    return finder


def _tensors(folder: Path) -> dict[str, Tensor]:
    return load_file(folder / "model.safetensors")


def _copy_encoder(finder: Finder, stored: dict[str, Tensor], stored_layers: int, mpnet: bool) -> None:
    with torch.no_grad():
        finder.pieces.weight.copy_(stored["embeddings.word_embeddings.weight"])
        finder.positions.weight.copy_(stored["embeddings.position_embeddings.weight"])
        if not mpnet:
            finder.positions.weight += stored["embeddings.token_type_embeddings.weight"][0]
        _copy(finder.norm, stored, "embeddings.LayerNorm")
        if finder.relative is not None:
            finder.relative.weight.copy_(stored["encoder.relative_attention_bias.weight"])
        # A shallower encoder starts from layers spread over the whole depth.
        step = stored_layers / len(finder.layers)
        for number, layer in enumerate(finder.layers):
            base = f"encoder.layer.{int(number * step)}."
            attention = base + ("attention.attn." if mpnet else "attention.self.")
            names = ("q", "k", "v") if mpnet else ("query", "key", "value")
            layer.qkv.weight.copy_(torch.cat([stored[f"{attention}{n}.weight"] for n in names]))
            layer.qkv.bias.copy_(torch.cat([stored[f"{attention}{n}.bias"] for n in names]))
            _copy(layer.out, stored, f"{attention}o" if mpnet else base + "attention.output.dense")
            norm = "attention.LayerNorm" if mpnet else "attention.output.LayerNorm"
            _copy(layer.norm1, stored, base + norm)
            _copy(layer.up, stored, base + "intermediate.dense")
            _copy(layer.down, stored, base + "output.dense")
            _copy(layer.norm2, stored, base + "output.LayerNorm")


def _copy(module: nn.Linear | nn.LayerNorm, stored: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(stored[f"{name}.weight"])
    module.bias.copy_(stored[f"{name}.bias"])
