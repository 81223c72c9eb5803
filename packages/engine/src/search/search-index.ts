import { EngineError } from '../vocabulary/errors.ts';
import { BatchFineness } from './batch-fineness.ts';
import { reachToScore } from './certificate.ts';
import { checkOptions, checkQuery, requireDimension, unitVectorsOf } from './check-input.ts';
import { FreeRows } from './free-rows.ts';
import { GatheredLists } from './gathered-lists.ts';
import { loadKernels } from './kernel.ts';
import { BLOCK_ROWS, heapCapacity, type Layout, layoutOf } from './layout.ts';
import { quantiseProbe, quantiseRow } from './quantise.ts';
import { rerank, type Verdict, type Wanted } from './rerank.ts';
import { RowValues } from './row-values.ts';
import { ScanLane } from './scan-lane.ts';
import { ScanPool } from './scan-pool.ts';
import { type RunTask, ScanQueue, type ScanRequest } from './scan-queue.ts';
import type { Finding, ScanTask } from './scan-task.ts';
import type { SearchAnswer, SearchIndexOptions, SearchQuery } from './search-query.ts';
import { Segments } from './segments.ts';
import { type RowSelection, shareSelection } from './selection.ts';

type Look = Pick<ScanRequest, 'kind' | 'capacity'>;

/** Every row that may belong to the answer, however many; heaps are emptied after each block. */
const LOOK_AT_ALL: Look = { kind: 'all', capacity: BLOCK_ROWS };

/**
 * How many rows a lane keeps beyond twice those asked for. Too few and a second pass is needed, too many and the heaps
 * cost time.
 */
const SPARE_ROWS = 60;

/** A row looked at alone is waited for: it costs what eight cost that are read in passing. */
const BYTES_PER_LISTED_CODE = 8;

/**
 * A scan for one probe up to this is begun here while others wake up, and holds this thread for two milliseconds at most,
 * about.
 */
const BYTES_BEGUN_HERE = 64 * 2 ** 20;

/**
 * An exact index over vectors of unit length: a search answers with just the candidates, and the scores, that comparing
 * the probe with every row would (see `certificate.ts` for why).
 *
 * Belongs to one thread, its owner. Rows may change while searches run:
 *
 * - a row that is there from a search's start to its end is found if it belongs to the answer;
 * - a row added meanwhile may be found or not, with its true score if it is;
 * - a row removed before a search ends is not in its answer;
 * - a row's number is not given to another vector while a search that began before the removal runs, so a selection
 *   never lets a stranger through.
 */
export class SearchIndex {
  readonly dimension: number;
  readonly #layout: Layout;
  readonly #rowsMax: number;
  readonly #ownScanBytesMax: number;
  readonly #segments: Segments;
  readonly #values: RowValues;
  readonly #gathered: GatheredLists;
  readonly #fineness: BatchFineness;
  readonly #freeRows = new FreeRows();
  readonly #pool: ScanPool;
  readonly #ownLane: ScanLane;
  readonly #queue: ScanQueue;
  /** A row's codes on their way, and the same four to a word. */
  readonly #codes: Int8Array;
  readonly #codeWords: Int32Array;
  #size = 0;
  #rowsUsed = 0;
  #isClosed = false;

  /** @throws EngineError `invalid-request` for options out of range, `internal` when the kernel is not built. */
  constructor(options: SearchIndexOptions) {
    const { dimension, threads, rowsMax, ownScanBytesMax, segmentBytes } = checkOptions(options);
    this.dimension = dimension;
    this.#rowsMax = rowsMax;
    this.#ownScanBytesMax = ownScanBytesMax;
    this.#layout = layoutOf(dimension, threads + 1, segmentBytes);
    const kernels = loadKernels();
    this.#pool = new ScanPool(this.#layout, kernels, threads);
    this.#ownLane = new ScanLane(this.#layout, kernels, threads);
    this.#segments = new Segments(this.#layout, (memory) => {
      this.#ownLane.addSegment(memory);
      this.#pool.addSegment(memory);
    });
    this.#gathered = new GatheredLists(dimension, kernels);
    this.#fineness = new BatchFineness(this.#layout.padded);
    this.#values = new RowValues(dimension);
    this.#codes = new Int8Array(this.#layout.padded);
    this.#codeWords = new Int32Array(this.#codes.buffer);
    this.#queue = new ScanQueue((task) => this.#run(task));
  }

  /** Rows in use. */
  get size(): number {
    return this.#size;
  }

  /** Rows that exist, removed ones included: every row is below this. */
  get capacity(): number {
    return this.#rowsUsed;
  }

  has(row: number): boolean {
    return this.#values.has(row);
  }

  /**
   * Adds a vector; the next search finds it.
   *
   * @returns its row, which a vector removed earlier may have had.
   * @throws  EngineError `invalid-request` for a wrong dimension, a vector not of unit length, or a full index;
   *          `internal` when there is no memory.
   */
  add(values: Float32Array): number {
    requireDimension(values, this.dimension);
    return this.addMany(values)[0]!;
  }

  /**
   * Adds many vectors that lie behind one another: all of them, or none when one is refused. Holds the thread for up to
   * ten microseconds a vector of 512 values, most of it for fresh memory; split a large load so that others get their
   * turn.
   *
   * @returns their rows, in the same order.
   * @throws  EngineError as {@link add} does.
   */
  addMany(values: Float32Array): Uint32Array {
    this.#requireOpen();
    const vectors = unitVectorsOf(values, this.dimension);
    const rows = this.#takeRows(vectors.length);
    for (const [i, vector] of vectors.entries()) this.#write(rows[i]!, vector);
    return rows;
  }

  /**
   * Takes a row out of every answer from now on, and overwrites its values.
   *
   * @returns whether the row was in use.
   */
  remove(row: number): boolean {
    if (!this.#values.has(row)) return false;
    this.#segments.clear(row);
    this.#gathered.clear(row);
    this.#values.wipe(row);
    this.#freeRows.free(row);
    this.#size -= 1;
    return true;
  }

  /**
   * The best candidates, exactly.
   *
   * @throws EngineError `invalid-request` for a query out of range, `timeout` when `signal` gives up, `internal` when a
   *         thread fails.
   * @cost   one pass over all codes at the speed of memory; searches that wait for one another share a pass.
   */
  async search(query: SearchQuery, signal?: AbortSignal): Promise<SearchAnswer> {
    this.#requireOpen();
    const wanted = checkQuery(query, this.dimension);
    const selection = query.rows && shareSelection(query.rows);
    const search = this.#freeRows.beginSearch();
    try {
      // A copy, since the caller may use the array again while the search waits.
      return await this.#searchFor(query.values.slice(), wanted, selection, signal);
    } finally {
      this.#freeRows.endSearch(search);
    }
  }

  /** Reads all codes with all threads and computes nothing: what memory allows, to hold a search against. */
  async readAll(): Promise<void> {
    this.#requireOpen();
    const probe = { codes: new Int16Array(this.#layout.padded), weight: 0, floor: Number.POSITIVE_INFINITY };
    await this.#queue.scan({ kind: 'read', probe, capacity: 1 });
  }

  /** Ends the threads. Searches that run or wait fail with `internal`. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#pool.close();
  }

  async #searchFor(
    values: Float32Array,
    wanted: Wanted,
    selection: RowSelection | undefined,
    signal: AbortSignal | undefined,
  ): Promise<SearchAnswer> {
    const probe = quantiseProbe(values, this.#layout.padded);
    const look = async (scan: Look, scoreFrom: number): Promise<Verdict> => {
      const floor = reachToScore(scoreFrom, probe);
      const findings = await this.#queue.scan({ ...scan, probe: { ...probe, floor }, selection }, signal);
      const verdict = rerank({ findings, scoreFrom }, values, probe, this.#values, wanted);
      if (findings.some(({ isCoarse }) => isCoarse)) this.#fineness.judge(verdict.isCertain);
      return verdict;
    };
    let verdict = await look(firstLook(wanted.k), wanted.scoreMin);
    let { reranked } = verdict;
    let rescans = 0;
    for (; !verdict.isCertain; rescans++) {
      verdict = await look(LOOK_AT_ALL, verdict.scoreToReach);
      reranked += verdict.reranked;
    }
    return { candidates: verdict.candidates, reranked, rescans };
  }

  /** Small scans and gathered lists stay here; the rest goes to the threads. */
  async #run(task: Parameters<RunTask>[0]): Promise<Finding[][]> {
    this.#requireOpen();
    const gathered = this.#gathered.of(task.selection, { source: this.#segments, capacity: this.#rowsUsed });
    if (gathered) return [[gathered.scan(task)]];
    const blocks = Math.ceil(this.#rowsUsed / BLOCK_ROWS);
    const whole: ScanTask = { ...task, blocks, digits: this.#fineness.digits };
    const bytes = this.#bytesToScan(whole);
    if (bytes <= this.#ownScanBytesMax) return [this.#runHere(whole)];
    const isBegunHere = whole.probes.length === 1 && bytes <= BYTES_BEGUN_HERE;
    const findings = await (isBegunHere ? this.#runTogether(whole) : this.#pool.run(whole));
    this.#requireOpen();
    return findings;
  }

  /** One probe after the other. */
  #runHere(task: ScanTask): Finding[] {
    return task.probes.map((probe) =>
      this.#ownLane.run({ ...task, probes: [probe], nextBlock: new Int32Array(1) }),
    );
  }

  /** One of the threads less: with this one they are as many as cores. */
  async #runTogether(task: ScanTask): Promise<Finding[][]> {
    const others = this.#pool.run(task, this.#layout.lanes - 2);
    const own = [this.#ownLane.run(task)];
    return [own, ...(await others)];
  }

  #bytesToScan({ blocks, probes, selection }: ScanTask): number {
    const rows =
      selection?.kind === 'list' ? selection.rows.length * BYTES_PER_LISTED_CODE : blocks * BLOCK_ROWS;
    return rows * this.#layout.padded * probes.length;
  }

  /** As many unused rows; none when there are not enough. */
  #takeRows(count: number): Uint32Array {
    const rows = new Uint32Array(count);
    for (let i = 0; i < count; i++) {
      try {
        rows[i] = this.#freeRows.take() ?? this.#newRow();
      } catch (error) {
        for (const row of rows.subarray(0, i)) this.#freeRows.free(row);
        throw error;
      }
    }
    return rows;
  }

  #write(row: number, values: Float32Array): void {
    this.#values.write(row, values);
    const scale = quantiseRow(values, this.#codes);
    this.#segments.write(row, this.#codeWords, scale);
    this.#gathered.write(row, this.#codeWords, scale);
    this.#size += 1;
  }

  #newRow(): number {
    if (this.#rowsUsed >= this.#rowsMax) {
      throw new EngineError('invalid-request', `The index is full: it holds ${this.#rowsMax} rows.`);
    }
    if (this.#rowsUsed % BLOCK_ROWS === 0) {
      this.#segments.addBlock();
      this.#values.addBlock();
    }
    return this.#rowsUsed++;
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new EngineError('internal', 'The search index is closed.');
  }
}

function firstLook(k: number): Look {
  const capacity = 2 * k + SPARE_ROWS;
  return capacity <= heapCapacity(1) ? { kind: 'best', capacity } : LOOK_AT_ALL;
}
