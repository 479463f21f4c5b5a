"""One epoch of the paper's encoders in Python's torch, as a careful researcher would write it: the same sentences, batch,
loss, learning rates and optimiser (Adam; for the table of words the one that touches only the rows of a step), everything
in memory. Prints one JSON line: steps, seconds, steps_per_s, cpu_ms_per_step.

    python3 train_peer.py SENTENCES linear|lstm THREADS   # SENTENCES: a line of ids each, the first one its photo's
"""
import json
import math
import sys
import time

import torch

FEATURES, DIMENSION, BATCH, MARGIN, RATE, WARM_UP, NORM, MIRRORED = 1280, 300, 128, 0.2, 0.002, 200, 2.0, 0.5


class Space(torch.nn.Module):
    def __init__(self, words, kind):
        super().__init__()
        self.image_map = torch.nn.Linear(FEATURES, DIMENSION, bias=False)
        if kind == "linear":
            self.words = torch.nn.EmbeddingBag(words, DIMENSION, mode="sum", sparse=True)
            self.lstm = None
        else:
            self.words = torch.nn.Embedding(words, DIMENSION, sparse=True)
            self.lstm = torch.nn.LSTM(DIMENSION, DIMENSION)

    def photos(self, features):
        return torch.nn.functional.normalize(self.image_map(features))

    def sentences(self, batch):
        lengths = torch.tensor([len(ids) for ids in batch])
        if self.lstm is None:
            offsets = torch.cat([torch.zeros(1, dtype=torch.long), lengths.cumsum(0)[:-1]])
            return torch.nn.functional.normalize(self.words(torch.cat(batch), offsets))
        padded = torch.nn.utils.rnn.pad_sequence(batch)
        packed = torch.nn.utils.rnn.pack_padded_sequence(self.words(padded), lengths, enforce_sorted=False)
        return torch.nn.functional.normalize(self.lstm(packed)[1][0][0])


def sum_of_hinges(scores, same):
    right = scores.diagonal()
    for_photos = (MARGIN + scores - right[:, None]).clamp(min=0)
    for_sentences = (MARGIN + scores - right[None, :]).clamp(min=0)
    return (for_photos + for_sentences).masked_fill(same, 0).sum()


def main():
    path, kind, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    owners, sentences = [], []
    with open(path) as file:
        for line in file:
            photo, *ids = map(int, line.split())
            owners.append(photo)
            sentences.append(torch.tensor(ids))
    owners = torch.tensor(owners)
    count = int(owners.max()) + 1
    views = [torch.nn.functional.normalize(torch.rand(count, FEATURES)) for _ in range(2)]
    space = Space(1 + max(int(ids.max()) for ids in sentences), kind)
    others = [parameter for name, parameter in space.named_parameters() if not name.startswith("words.")]
    optimisers = [torch.optim.Adam(others, lr=RATE), torch.optim.SparseAdam(list(space.words.parameters()), lr=RATE)]
    steps = len(sentences) // BATCH
    order = torch.randperm(len(sentences))
    wall, cpu = time.perf_counter(), time.process_time()
    for step in range(steps):
        chosen = order[step * BATCH : (step + 1) * BATCH]
        photos = owners[chosen]
        mirrored = torch.rand(BATCH, 1) < MIRRORED
        features = torch.where(mirrored, views[1][photos], views[0][photos])
        rate = RATE * min(1, (step + 1) / WARM_UP) * 0.5 * (1 + math.cos(math.pi * step / steps))
        for optimiser in optimisers:
            optimiser.zero_grad(set_to_none=True)
            for group in optimiser.param_groups:
                group["lr"] = rate
        x = space.photos(features)
        v = space.sentences([sentences[i] for i in chosen.tolist()])
        loss = sum_of_hinges(x @ v.T, photos[:, None] == photos[None, :])
        if not math.isfinite(loss.item()):
            sys.exit("the loss is not finite")
        loss.backward()
        table = next(space.words.parameters())
        table.grad = table.grad.coalesce()
        gradients = [parameter.grad for parameter in others] + [table.grad.values()]
        norm = math.sqrt(sum(gradient.square().sum().item() for gradient in gradients))
        if norm > NORM:
            for gradient in gradients:
                gradient.mul_(NORM / norm)
        for optimiser in optimisers:
            optimiser.step()
    seconds = time.perf_counter() - wall
    print(json.dumps({
        "steps": steps,
        "seconds": round(seconds, 2),
        "steps_per_s": round(steps / seconds, 2),
        "cpu_ms_per_step": round(1000 * (time.process_time() - cpu) / steps, 2),
    }))


main()
