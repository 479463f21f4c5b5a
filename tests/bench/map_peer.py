# umap-learn on the rows that bench_map lays out: cold (import and compile included), then warm, seeded as ours is.
#     map_peer.py FILE DIMENSION POSITIONS     prints one JSON line; the positions go into POSITIONS
import json
import resource
import sys
import time


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


started = time.time()
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import umap

file, dimension, out = sys.argv[1], int(sys.argv[2]), sys.argv[3]
rows = np.fromfile(file, dtype=np.float32).reshape(-1, dimension)
options = {"n_neighbors": 15, "min_dist": 0.1, "metric": "euclidean"}
umap.UMAP(random_state=1, **options).fit_transform(rows)
cold, cold_processor = time.time() - started, processor_seconds()

result = {"rows": len(rows), "cold_seconds": cold, "cold_cpu_seconds": cold_processor}
umap.UMAP(**options).fit(rows[:1000])  # what runs in parallel is compiled too
# Seeded it uses one thread for the layout; without a seed all of them.
for name, seed in (("seeded", 1), ("unseeded", None)):
    before, before_processor = time.time(), processor_seconds()
    positions = umap.UMAP(random_state=seed, **options).fit_transform(rows)
    result[f"{name}_seconds"] = time.time() - before
    result[f"{name}_cpu_seconds"] = processor_seconds() - before_processor
    positions.astype(np.float32).tofile(f"{out}.{name}")
print(json.dumps(result))
