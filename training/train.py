r"""Fine-tune the statement finder. Resumable: run again with the same --out and it goes on.

python -m training.train --polnear ../shared/data/polnear/train --start MODEL_FOLDER --out training/runs/a
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.finding.pieces import Vocabulary
from onrecord.finding.scores import LINK_WIDTH, LINKS, TAGS
from training.corpus import MarkedText, is_held_out, one_sentence_a_line, read_polnear
from training.examples import ROLES, UNKNOWN, Batch, Example, collate, cut, make_example
from training.measure import measure, predict
from training.nest import with_nested
from training.network import Finder, start_from
from training.own import read_passages
from training.teach import read_taught


def parse() -> argparse.Namespace:
    """Return the options."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--polnear", type=Path, required=True, help="the training part of PolNeAR")
    options.add_argument("--start", type=Path, required=True, help="folder of the encoder to start from")
    options.add_argument("--weights", type=Path, help="finder.pt of an earlier run to go on from")
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--layers", type=int, help="keep so many layers of the encoder")
    options.add_argument("--epochs", type=int, default=5)
    options.add_argument("--rate", type=float, default=2e-4, help="learning rate of the last layer")
    options.add_argument("--decay", type=float, default=0.9, help="factor of the rate from layer to layer")
    options.add_argument("--head-rate", type=float, default=1e-3)
    options.add_argument("--dropout", type=float, default=0.1)
    options.add_argument("--pieces", type=int, default=3072, help="pieces in a batch")
    options.add_argument("--most", type=int, default=382, help="pieces in a window")
    options.add_argument("--repeat", type=int, default=2, help="times that own passages are read an epoch")
    options.add_argument("--nested", type=Path, help="nested statements found in PolNeAR (training.nest)")
    options.add_argument("--taught", type=Path, help="what teachers say of texts (training.teach)")
    options.add_argument("--taught-share", type=float, default=0.5, help="their weight beside the key's")
    options.add_argument("--everything", action="store_true", help="train on the held-out articles too")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--threads", type=int, default=2)
    return options.parse_args()


def batches(
    examples: Sequence[Example], vocabulary: Vocabulary, budget: int, most: int, rng: random.Random
) -> list[Batch]:
    """Cut all examples anew and return the batches of one epoch in random order."""
    windows = [(e, a, b) for e in examples for a, b in cut(e, rng, most)]
    rng.shuffle(windows)

    def size(window: tuple[Example, int, int]) -> int:
        return 2 + sum(len(window[0].pieces[i]) for i in range(window[1], window[2]))

    found = []
    # Sorted by length within a chunk, so that little is padding and batches still mix.
    for at in range(0, len(windows), 256):
        group: list[tuple[Example, int, int]] = []
        for window in sorted(windows[at : at + 256], key=size):
            if group and size(window) * (len(group) + 1) > budget:
                found.append(group)
                group = []
            group.append(window)
        found.append(group)
    rng.shuffle(found)
    return [collate(group, vocabulary, rng) for group in found]


def loss_of(finder: Finder, batch: Batch, taught_share: float) -> tuple[Tensor, Tensor]:
    """Return the losses of tags and of links.

    Where there are both a key and a teacher, ``taught_share`` is the teacher's weight.
    """
    with torch.autocast("cpu", dtype=torch.bfloat16):
        tags, vectors, nothing = finder(*batch.inputs)
    tags, vectors, nothing = tags.float(), vectors.float(), nothing.float()
    levels = tags.view(*tags.shape[:2], 2, len(TAGS))
    guess = levels.log_softmax(-1)
    keyed, taught = batch.tags != UNKNOWN, ~batch.taught.isnan().any(-1)
    hard = functional.nll_loss(
        guess.reshape(-1, len(TAGS)), batch.tags.reshape(-1), ignore_index=UNKNOWN, reduction="none"
    ).view(keyed.shape)
    soft = -(batch.taught.nan_to_num() * guess).sum(-1)
    share = torch.where(keyed & taught, taught_share, taught.float())
    loss = ((1 - share) * hard + share * soft).sum() / (keyed | taught).sum().clamp(min=1)
    return loss, _link_loss(finder, batch, vectors, nothing)


def _link_loss(finder: Finder, batch: Batch, vectors: Tensor, nothing: Tensor) -> Tensor:
    rows = [row for row in batch.links if row.candidates]
    if not rows:
        return vectors.sum() * 0
    vectors = vectors.view(*vectors.shape[:2], len(LINKS), 2, 2, LINK_WIDTH)
    most = max(len(row.candidates) for row in rows)
    link = torch.tensor([row.link for row in rows])
    window = torch.tensor([row.window for row in rows])
    ends = torch.tensor([(row.first, row.last) for row in rows])
    places = torch.zeros(len(rows), most, 2, dtype=torch.long)
    buckets = torch.zeros(len(rows), most, dtype=torch.long)
    empty = torch.ones(len(rows), most, dtype=torch.bool)
    for i, row in enumerate(rows):
        count = len(row.candidates)
        places[i, :count] = torch.tensor(row.candidates)
        buckets[i, :count] = torch.tensor(row.buckets)
        empty[i, :count] = False
    origin = vectors[window, ends[:, 0], link, 0, 0] + vectors[window, ends[:, 1], link, 0, 1]
    wide = window[:, None].expand(-1, most)
    which = link[:, None].expand(-1, most)
    target = vectors[wide, places[..., 0], which, 1, 0] + vectors[wide, places[..., 1], which, 1, 1]
    scores = torch.einsum("rd,rcd->rc", origin, target) / math.sqrt(LINK_WIDTH)
    scores = scores + finder.distance(link[:, None], buckets)
    scores = scores.masked_fill(empty, -1e4)
    scores = torch.cat([nothing[window, ends[:, 0], link][:, None], scores], 1)
    return functional.cross_entropy(scores, torch.tensor([row.right for row in rows]))


def optimiser(finder: Finder, options: argparse.Namespace) -> torch.optim.AdamW:
    """Return AdamW with a rate a layer; word embeddings stay as they are."""
    finder.pieces.weight.requires_grad_(False)
    if finder.relative is not None:
        # A bias that learns keeps attention from its fast path, and takes twice the time.
        finder.relative.weight.requires_grad_(False)
    groups = []
    depth = len(finder.layers)
    for name, parameter in finder.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("layers."):
            rate = options.rate * options.decay ** (depth - 1 - int(name.split(".")[1]))
        elif name.startswith(("positions", "norm", "relative")):
            rate = options.rate * options.decay**depth
        else:
            rate = options.head_rate
        weight_decay = 0.01 if parameter.ndim > 1 else 0.0
        groups.append({"params": [parameter], "lr": rate, "base": rate, "weight_decay": weight_decay})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def read_examples(
    options: argparse.Namespace, vocabulary: Vocabulary
) -> tuple[list[Example], list[MarkedText]]:
    """Return what is trained on, and the articles held out to choose on."""
    articles = list(read_polnear(options.polnear))
    held_out = [a for a in articles if is_held_out(a)]
    kept = articles if options.everything else [a for a in articles if not is_held_out(a)]
    if options.nested:
        nested = json.loads(options.nested.read_text())
        kept = [with_nested(text, nested.get(text.name, [])) for text in kept]
    own = read_passages() * options.repeat
    # One article in six is read a second time, one sentence a line.
    lined = [one_sentence_a_line(text) for text in kept[::6]]
    examples = [make_example(text, vocabulary) for text in [*kept, *lined, *own]]
    if options.taught:
        tags, read = read_taught(options.taught)
        for example in examples:
            found = tags.get(example.name)
            if found is not None and len(found) == len(example.words):
                example.taught = found
        for text in read:
            example = make_example(text, vocabulary)
            example.taught = tags[text.name]
            # Nobody marked these: what is known of their tags is what the teachers say.
            for level in example.levels:
                level.tags = [UNKNOWN] * len(level.tags)
                # Nor does a link that the teacher leaves open say that there is nothing to link to.
                placed = {(segment.statement, segment.role) for segment in level.segments}
                level.unknown |= {(n, r) for n, _ in placed for r in ROLES} - placed
            examples.append(example)
    print(f"{len(examples)} texts, of them {len(own)} own, {len(held_out)} held out", flush=True)
    return examples, held_out


def train(options: argparse.Namespace) -> None:
    """Train, measure on the held-out articles after each epoch, keep a running average of the weights."""
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    vocabulary = Vocabulary(options.start / "tokenizer.json")
    examples, held_out = read_examples(options, vocabulary)
    finder = start_from(options.start, options.layers, options.dropout)
    if options.weights:
        finder.load_state_dict(Finder.load(options.weights).state_dict())
    average = copy.deepcopy(finder).eval()
    optimizer = optimiser(finder, options)
    state = options.out / "state.pt"
    epoch, step = 0, 0
    if state.exists():
        stored = torch.load(state, weights_only=True)
        finder.load_state_dict(stored["finder"])
        average.load_state_dict(stored["average"])
        optimizer.load_state_dict(stored["optimizer"])
        epoch, step = stored["epoch"], stored["step"]
        rng.seed(options.seed + epoch)
        torch.manual_seed(options.seed + epoch)
    while epoch < options.epochs:
        started = time.time()
        todo = batches(examples, vocabulary, options.pieces, options.most, rng)
        total = (options.epochs - epoch) * len(todo) + step
        share = options.taught_share
        step, losses = run_epoch(finder, average, optimizer, todo, step, total, share)
        epoch += 1
        seconds = time.time() - started
        found = [predict(average, vocabulary, text, options.most) for text in held_out]
        figures = measure(held_out, found)
        line = {"epoch": epoch, "seconds": round(seconds), "losses": losses, **figures}
        print(json.dumps(line), flush=True)
        with (options.out / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        torch.save(
            {
                "finder": finder.state_dict(),
                "average": average.state_dict(),
                "optimizer": optimizer.state_dict(),
                "epoch": epoch,
                "step": step,
            },
            state,
        )
        average.save(options.out / "finder.pt")


def run_epoch(
    finder: Finder,
    average: Finder,
    optimizer: torch.optim.Optimizer,
    todo: list[Batch],
    step: int,
    total: int,
    taught_share: float,
) -> tuple[int, list[float]]:
    """Take one step a batch; return the number of steps so far and the mean losses."""
    finder.train()
    sums = np.zeros(2)
    for number, batch in enumerate(todo):
        warm = min(1.0, (step + 1) / 100)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * warm * max(0.02, 1 - step / total)
        tags, links = loss_of(finder, batch, taught_share)
        (tags + 0.3 * links).backward()
        nn.utils.clip_grad_norm_(finder.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step += 1
        keep = min(0.998, step / (step + 10))
        with torch.no_grad():
            for old, new in zip(average.parameters(), finder.parameters(), strict=True):
                if new.requires_grad:
                    old.lerp_(new, 1 - keep)
        sums += tags.item(), links.item()
        if number % 50 == 49:
            print(f"step {step} of {total}: {sums / (number + 1)}", flush=True)
    return step, [round(float(x), 4) for x in sums / len(todo)]


if __name__ == "__main__":
    train(parse())
