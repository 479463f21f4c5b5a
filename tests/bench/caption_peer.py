"""The same captions by the same SC-NLM in Python's torch: beam search over the same structures, all structures of one
length of step at once, each word chosen among those that take the tag. Decoding alone: neither the tagger nor the score
of candidates, which ours does too. Prints one JSON line: seconds_median for all structures in one batch, and for one
structure after another, as such code is mostly written.

    python3 caption_peer.py BUNDLE SCRATCH/captions.json THREADS
"""
import json
import statistics
import struct
import sys
import time

import torch

CONTEXT, WINDOW, BEAM, LEAST_SHARE = 5, 4, 5, 0.1


def tensors(path):
    data = open(path, "rb").read()
    size = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:8 + size])
    types = {"F16": torch.float16, "F32": torch.float32, "U8": torch.uint8}
    found = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        first, last = entry["data_offsets"]
        raw = torch.frombuffer(bytearray(data[8 + size + first:8 + size + last]), dtype=types[entry["dtype"]])
        found[name] = raw.reshape(entry["shape"]).float()
    for name in [name for name in found if name.endswith(".scale")]:
        matrix = name[:-len(".scale")]
        found[matrix] = (found[matrix] - 128) * found[name][:, None]
    return found


class Decoder:
    def __init__(self, bundle):
        self.weights = tensors(f"{bundle}/captions.sc-nlm.safetensors")
        lines = open(f"{bundle}/captions.lexicon.txt", encoding="utf-8").read().splitlines()
        self.tags = lines[0].split()
        words = len(lines) - 1
        self.mask = torch.full((len(self.tags), words), float("-inf"))
        for word, line in enumerate(lines[1:]):
            parts = line.split("\t")
            for tag, share in zip(parts[1::2], parts[2::2]):
                if int(share) / 1000 >= LEAST_SHARE:
                    self.mask[int(tag), word] = torch.log(torch.tensor(int(share) / 1000))
        self.vectors = self.weights["words"] @ self.weights["word_factors"]
        k = self.weights["context"].shape[1]
        self.context = self.weights["context"].reshape(CONTEXT * k, k)
        self.names = [line.split("\t")[0] for line in lines[1:]]

    def step(self, contexts, windows, content):
        w = self.weights
        following = self.vectors[contexts].reshape(len(contexts), -1) @ self.context
        attributes = content + sum(w["structure"][i][windows[:, i]] for i in range(WINDOW))
        factors = (following @ w["word_factors"].t()) * (attributes.relu() @ w["attribute_factors"].t())
        return torch.log_softmax(factors @ w["words"].t() + w["bias"], 1)

    def fill(self, u, structures):
        content = self.weights["attribute_bias"] + u @ self.weights["content"].t()
        beyond = len(self.tags)
        tags = [[self.tags.index(tag) for tag in one.split()] for one in structures]
        beams = [[([], 0.0)] for _ in tags]
        for place in range(max(map(len, tags))):
            active = [i for i, one in enumerate(tags) if place < len(one)]
            contexts, windows, owners = [], [], []
            for i in active:
                for b, (words, _) in enumerate(beams[i]):
                    contexts.append((list(reversed(words)) + [0] * CONTEXT)[:CONTEXT])
                    windows.append((tags[i][place:place + WINDOW] + [beyond] * WINDOW)[:WINDOW])
                    owners.append((i, b))
            logs = self.step(torch.tensor(contexts), torch.tensor(windows), content)
            logs = logs + self.mask[[tags[i][place] for i, _ in owners]]
            for row, (i, b) in enumerate(owners):
                logs[row, beams[i][b][0]] = float("-inf")
            values, ids = logs.topk(BEAM, 1)
            found = {i: [] for i in active}
            for row, (i, b) in enumerate(owners):
                words, score = beams[i][b]
                for value, word in zip(values[row].tolist(), ids[row].tolist()):
                    if value > float("-inf"):
                        found[i].append((score + value, words + [word]))
            for i in active:
                best = sorted(found[i], key=lambda one: -one[0])[:BEAM]
                beams[i] = [(words, score) for score, words in best]
        return beams


def main():
    bundle, path, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
    torch.set_num_threads(threads)
    decoder = Decoder(bundle)
    batched, single = [], []
    with torch.inference_mode():
        for one in json.load(open(path)):
            u = torch.tensor(one["content"])
            before = time.perf_counter()
            decoder.fill(u, one["structures"])
            batched.append(time.perf_counter() - before)
            before = time.perf_counter()
            beams = [decoder.fill(u, [structure])[0] for structure in one["structures"]]
            single.append(time.perf_counter() - before)
    sample = " ".join(decoder.names[word] for word in beams[0][0][0]) if beams[0] else ""
    print(json.dumps({"seconds_median_batched": round(statistics.median(batched), 4),
                      "seconds_median_one_by_one": round(statistics.median(single), 4), "sample": sample}))


main()
