import { linkSync, mkdirSync, readFileSync, rmdirSync, unlinkSync, writeFileSync } from 'node:fs';

const POLL_MS = 250;

/**
 * Runs `work` while no other process holds `file`. Waits its turn; a lock whose owner has died is taken over.
 *
 * @param file  a path in an existing folder; holds the owner's process id while locked.
 * @param say   told once when there is something to wait for.
 */
export async function withLock(file, say, work) {
  let told = false;
  while (!take(file)) {
    if (removeIfOwnerDied(file)) continue;
    if (!told) say(`waiting for process ${ownerOf(file) ?? '?'} to finish preparing (${file})`);
    told = true;
    await new Promise((wake) => setTimeout(wake, POLL_MS));
  }
  const release = () => unlinkQuietly(file);
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/** A hard link appears with its content in place, so nobody ever reads a lock without an owner. */
function take(file) {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkQuietly(draft);
  }
}

/** Two who find the same dead owner must not remove each other's fresh lock: a folder lets one of them through. */
function removeIfOwnerDied(file) {
  const owner = ownerOf(file);
  if (owner === undefined || isAlive(owner)) return false;
  const gate = `${file}.takeover`;
  try {
    mkdirSync(gate);
  } catch {
    return false;
  }
  try {
    if (ownerOf(file) === owner) unlinkQuietly(file);
    return true;
  } finally {
    rmdirSync(gate);
  }
}

function ownerOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function unlinkQuietly(file) {
  try {
    unlinkSync(file);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
