"""The pipeline that a researcher would write: PIL and torchvision decode, the same network in eager PyTorch, a DataLoader
with two workers. Prints one JSON line: photos, seconds, images_per_s, cpu_seconds.

    python3 pipeline_peer.py WEIGHTS.safetensors LIST   # LIST: one path a line
"""
import json
import resource
import struct
import sys
import time

import numpy
import torch
import torchvision
from PIL import Image

# (kernel, stride of the first, width, blocks), expansion 1 in the first group and 6 in the others
GROUPS = [(3, 1, 16, 1), (3, 2, 24, 3), (5, 2, 48, 3), (3, 2, 88, 4), (5, 1, 120, 4), (5, 2, 208, 5), (3, 1, 352, 1)]


def read_safetensors(path):
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))
        data = file.read()
    kinds = {"F32": numpy.float32, "F16": numpy.float16}
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[begin:end], dtype=kinds[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.astype(numpy.float32))
    return tensors


class Network(torch.nn.Module):
    def __init__(self, tensors):
        super().__init__()
        self.tensors = tensors
        self.plan = []
        width = 32
        for kernel, first_stride, out, blocks in GROUPS:
            for index in range(blocks):
                stride = first_stride if index == 0 else 1
                self.plan.append((kernel, stride, stride == 1 and width == out))
                width = out

    def convolve(self, x, name, stride=1, groups=1, padding=0):
        return torch.nn.functional.conv2d(
            x, self.tensors[name + ".weight"], self.tensors[name + ".bias"], stride=stride, padding=padding, groups=groups
        )

    def forward(self, x):
        relu6 = torch.nn.functional.relu6
        pad = torch.nn.functional.pad
        x = relu6(self.convolve(pad(x, (0, 1, 0, 1)), "stem", stride=2))
        for index, (kernel, stride, adds) in enumerate(self.plan):
            name = f"blocks.{index}"
            y = x
            if name + ".expand.weight" in self.tensors:
                y = relu6(self.convolve(y, name + ".expand"))
            padding = kernel // 2
            if index == 1:
                y, padding = pad(y, (0, 1, 0, 1)), 0
            y = relu6(self.convolve(y, name + ".depthwise", stride=stride, groups=y.shape[1], padding=padding))
            y = self.convolve(y, name + ".project")
            x = x + y if adds else y
        return relu6(self.convolve(x, "head")).mean((2, 3))


class Photos(torch.utils.data.Dataset):
    def __init__(self, paths):
        self.paths = paths
        self.transform = torchvision.transforms.Compose(
            [torchvision.transforms.Resize((260, 260)), torchvision.transforms.PILToTensor()]
        )

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index):
        with Image.open(self.paths[index]) as image:
            return self.transform(image.convert("RGB"))


def main():
    weights, listing = sys.argv[1:3]
    with open(listing, encoding="utf-8", errors="surrogateescape") as file:
        paths = file.read().splitlines()
    network = Network(read_safetensors(weights)).eval()
    loader = torch.utils.data.DataLoader(Photos(paths), batch_size=32, num_workers=2)
    begin = time.perf_counter()
    features = []
    with torch.inference_mode():
        for batch in loader:
            features.append(network((batch.float() - 127) / 128))
    seconds = time.perf_counter() - begin
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    photos = sum(len(feature) for feature in features)
    print(json.dumps({"photos": photos, "seconds": seconds, "images_per_s": photos / seconds,
                      "cpu_seconds": sum(u.ru_utime + u.ru_stime for u in usage)}))


if __name__ == "__main__":
    main()
