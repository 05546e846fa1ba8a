import { mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
	type AuditDraft,
	type AuditEntry,
	type ChainEnd,
	FIRST_PREVIOUS,
	formatEntry,
	parseEntry,
	sha256,
} from './audit-entry.ts';
import type { AuditEvent } from './audit-event.ts';

/** Largest file, bytes, apart from the entries that are written together. */
const MAX_FILE_BYTES = 4 * 1024 ** 2;
/** Limit for all files, bytes. The newest file may still grow to its own limit. */
const MAX_TOTAL_BYTES = 50_000_000 - 2 * MAX_FILE_BYTES;
/** Entries are kept this long, ms. A file holds the entries of one day and is removed when the first of them may be older. */
const RETENTION_MS = 90 * 24 * 3_600_000;
/** Enough for the last entry, bytes: entries have at most about 20 KB. */
const TAIL_BYTES = 64 * 1024;

const FILE_NAME = /^audit-(\d{4}-\d{2}-\d{2})-(\d{10})\.jsonl$/;

/** One file of the trail. Its name contains the day and the sequence number of its first entry. */
export interface AuditFile {
	readonly name: string;
	readonly path: string;
	/** Such as `2026-01-31`, UTC. */
	readonly day: string;
	readonly firstSequence: number;
}

/** Returns the files in the order of their entries; none if the folder does not exist. */
export async function listAuditFiles(dir: string): Promise<AuditFile[]> {
	const names = await readdir(dir).catch((error: unknown) => {
		if (isMissing(error)) return [];
		throw error;
	});
	return names
		.flatMap((name) => {
			const [, day, sequence] = FILE_NAME.exec(name) ?? [];
			return day === undefined ? [] : [{ name, path: join(dir, name), day, firstSequence: Number(sequence) }];
		})
		.sort((one, other) => one.firstSequence - other.firstSequence || one.name.localeCompare(other.name));
}

/**
 * Appends entries to the trail in one write, starts a new file on a new day or when the last one is full, and removes files that
 * are too old. The end of the chain is read from the file each time, because other processes append to it as well; the caller
 * holds the lock of the trail.
 *
 * @throws the error of the file system; then nothing was written, or an incomplete line that the next call handles
 */
export async function appendEntries(dir: string, nowMs: number, drafts: readonly AuditDraft[]): Promise<void> {
	await mkdir(dir, { recursive: true, mode: 0o700 });
	const files = await listAuditFiles(dir);
	const { end, fragment, isTerminated } = await readEnd(files);
	const time = new Date(nowMs).toISOString();
	const last = files.at(-1);
	const isSameFile = last?.day === time.slice(0, 10) && (await stat(last.path)).size < MAX_FILE_BYTES;
	const outdated = isSameFile ? [] : await findOutdated(files, nowMs);
	const own: AuditEvent[] = [];
	if (fragment !== undefined) own.push({ event: 'audit:recovered', fragment: sha256(fragment) });
	const [oldest] = outdated;
	if (oldest !== undefined) {
		const through = (files[outdated.length]?.firstSequence ?? end.sequence + 1) - 1;
		own.push({ event: 'audit:pruned', from: oldest.firstSequence, through });
	}
	const text = formatAll([...own.map((event) => ({ time, event })), ...drafts], end);
	const path = isSameFile ? last.path : join(dir, fileName(time.slice(0, 10), end.sequence + 1));
	await append(path, isSameFile && !isTerminated ? `\n${text}` : text);
	// After the entry that documents it. A file that cannot be removed is removed with the next new file.
	for (const { path: old } of outdated) await rm(old, { force: true }).catch(() => {});
}

function formatAll(drafts: readonly AuditDraft[], start: ChainEnd): string {
	let end = start;
	let text = '';
	for (const draft of drafts) {
		const { line, end: next } = formatEntry(draft, end);
		text += `${line}\n`;
		end = next;
	}
	return text;
}

function fileName(day: string, firstSequence: number): string {
	return `audit-${day}-${String(firstSequence).padStart(10, '0')}.jsonl`;
}

async function append(path: string, text: string): Promise<void> {
	const file = await open(path, 'a', 0o600);
	try {
		const { size } = await file.stat();
		try {
			await file.appendFile(text);
		} catch (error) {
			// A full disk may have taken a part. If it cannot be removed either, the next call finds an incomplete line.
			await file.truncate(size).catch(() => {});
			throw error;
		}
	} finally {
		await file.close();
	}
}

interface TrailEnd {
	readonly end: ChainEnd;
	/** What follows the last entry, if a crash cut a line short. */
	readonly fragment: string | undefined;
	/** Whether the last file ends with a line feed. */
	readonly isTerminated: boolean;
}

async function readEnd(files: readonly AuditFile[]): Promise<TrailEnd> {
	const last = await readFileEnd(files.at(-1));
	// Lines that end with a line feed were written as a whole. If they are not entries, they were changed later, which
	// `verifyTrail` must still report.
	const fragment = last.isTerminated || last.rest === '' ? undefined : last.rest;
	const ending = { fragment, isTerminated: last.isTerminated };
	if (last.entry !== undefined) return { end: last.entry, ...ending };
	for (const file of files.slice(0, -1).toReversed()) {
		const { entry } = await readFileEnd(file);
		if (entry !== undefined) return { end: entry, ...ending };
	}
	return { end: { sequence: 0, hash: FIRST_PREVIOUS }, ...ending };
}

interface FileEnd {
	/** The last line that is an entry. */
	readonly entry?: AuditEntry;
	/** The lines after it. */
	readonly rest: string;
	readonly isTerminated: boolean;
}

async function readFileEnd(file: AuditFile | undefined): Promise<FileEnd> {
	if (file === undefined) return { rest: '', isTerminated: true };
	const tail = lastEntryIn(await readTail(file.path));
	return tail.entry === undefined ? lastEntryIn(await readFile(file.path, 'utf8')) : tail;
}

function lastEntryIn(text: string): FileEnd {
	const lines = text.split('\n');
	const isTerminated = lines.at(-1) === '';
	for (let i = lines.length - 1; i >= 0; i--) {
		const entry = parseEntry(lines[i] ?? '');
		if (entry !== undefined) return { entry, rest: lines.slice(i + 1).join('\n'), isTerminated };
	}
	return { rest: text, isTerminated };
}

async function readTail(path: string): Promise<string> {
	const file = await open(path, 'r');
	try {
		const { size } = await file.stat();
		const length = Math.min(size, TAIL_BYTES);
		const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
		return buffer.toString('utf8', 0, bytesRead);
	} finally {
		await file.close();
	}
}

/** Returns the oldest files that must be removed, because of their age or because all files together are too large. */
async function findOutdated(files: readonly AuditFile[], nowMs: number): Promise<AuditFile[]> {
	const sizes = await Promise.all(files.map(async ({ path }) => (await stat(path)).size));
	let total = sizes.reduce((sum, size) => sum + size, 0);
	let outdated = 0;
	for (const [i, { day }] of files.entries()) {
		if (Date.parse(day) >= nowMs - RETENTION_MS && total <= MAX_TOTAL_BYTES) break;
		total -= sizes[i] ?? 0;
		outdated++;
	}
	return files.slice(0, outdated);
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
