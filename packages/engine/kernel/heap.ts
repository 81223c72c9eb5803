/**
 * A heap of the best rows of one probe: its count (u32), its threshold (f32), then pairs of reach (f32) and row (u32),
 * lowest reach first. Rows whose reach exceeds the threshold are pushed; a full heap keeps the highest reaches and its
 * threshold is the lowest of them.
 */

const HEAP_HEAD: usize = 8;

/** Several rows are compared with one threshold, so it is looked at again here. */
export function push(heap: usize, capacity: u32, reach: f32, row: u32): void {
  if (!(reach > load<f32>(heap, 4))) return;
  const first = heap + HEAP_HEAD;
  const count = load<u32>(heap);
  if (count < capacity) {
    siftUp(first, count, reach, row);
    store<u32>(heap, count + 1);
    if (count + 1 === capacity) store<f32>(heap, load<f32>(first), 4);
  } else {
    siftDown(first, capacity, reach, row);
    store<f32>(heap, load<f32>(first), 4);
  }
}

function siftUp(first: usize, count: u32, reach: f32, row: u32): void {
  let at = count;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const from = first + ((<usize>parent) << 3);
    if (load<f32>(from) <= reach) break;
    store<u64>(first + ((<usize>at) << 3), load<u64>(from));
    at = parent;
  }
  put(first, at, reach, row);
}

function siftDown(first: usize, count: u32, reach: f32, row: u32): void {
  let at: u32 = 0;
  for (;;) {
    let child: u32 = 2 * at + 1;
    if (child >= count) break;
    let from = first + ((<usize>child) << 3);
    if (child + 1 < count && load<f32>(from, 8) < load<f32>(from)) {
      child++;
      from += 8;
    }
    if (load<f32>(from) >= reach) break;
    store<u64>(first + ((<usize>at) << 3), load<u64>(from));
    at = child;
  }
  put(first, at, reach, row);
}

function put(first: usize, at: u32, reach: f32, row: u32): void {
  const to = first + ((<usize>at) << 3);
  store<f32>(to, reach);
  store<u32>(to, row, 4);
}
