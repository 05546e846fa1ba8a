import { readFile } from 'node:fs/promises';
import { type AuditEntry, FIRST_PREVIOUS, parseEntry, sha256 } from './audit-entry.ts';
import { type AuditFile, listAuditFiles } from './audit-files.ts';

/** A place where the trail is not as it was written. */
export interface TrailProblem {
	/** Name of the file. */
	readonly file: string;
	/** From 1. */
	readonly line: number;
	/** Human-readable, to follow the place. */
	readonly problem: string;
}

export interface TrailReport {
	readonly problems: readonly TrailProblem[];
	readonly files: number;
	readonly entries: number;
	readonly first: AuditEntry | undefined;
	readonly last: AuditEntry | undefined;
	/** Whether the last line is incomplete: it is being written, or a crash cut it short. That is not a problem. */
	readonly isLastLineUnfinished: boolean;
}

/** Files that disappear while they are read were removed because of their age; the trail is then read again. */
const MAX_ATTEMPTS = 3;

/** Checks the chain of a trail. The service may be running. @throws the error of the file system */
export async function verifyTrail(dir: string): Promise<TrailReport> {
	for (let attempt = 1; ; attempt++) {
		try {
			const check = new ChainCheck();
			for (const file of await listAuditFiles(dir)) check.addFile(file, await readFile(file.path, 'utf8'));
			return check.finish();
		} catch (error) {
			const isRemoved = error instanceof Error && 'code' in error && error.code === 'ENOENT';
			if (!isRemoved || attempt === MAX_ATTEMPTS) throw error;
		}
	}
}

/** Returns the entries of a trail, oldest first; lines that are not entries are left out. */
export async function* readTrail(dir: string): AsyncGenerator<AuditEntry> {
	for (const { path } of await listAuditFiles(dir)) {
		const text = await readFile(path, 'utf8').catch(() => '');
		for (const line of text.split('\n')) {
			const entry = parseEntry(line);
			if (entry !== undefined) yield entry;
		}
	}
}

interface Place {
	readonly file: string;
	readonly line: number;
}

class ChainCheck {
	private readonly problems: TrailProblem[] = [];
	private files = 0;
	private entries = 0;
	private first: { readonly entry: AuditEntry; readonly place: Place } | undefined;
	private last: AuditEntry | undefined;
	/** The last sequence number whose removal is documented. */
	private prunedThrough = 0;
	/** Lines that are not entries, since the last entry. */
	private damaged: { readonly place: Place; readonly lines: string[]; readonly isTerminated: boolean } | undefined;

	addFile({ name }: AuditFile, text: string): void {
		this.files++;
		const lines = text.split('\n');
		const isTerminated = lines.at(-1) === '';
		if (isTerminated) lines.pop();
		for (const [i, line] of lines.entries()) {
			this.addLine({ file: name, line: i + 1 }, line, isTerminated || i < lines.length - 1);
		}
	}

	finish(): TrailReport {
		const isLastLineUnfinished = this.damaged !== undefined && !this.damaged.isTerminated;
		if (this.damaged !== undefined && !isLastLineUnfinished) this.report(this.damaged.place, 'is not an entry');
		this.checkStart();
		const { problems, files, entries, first, last } = this;
		return { problems, files, entries, first: first?.entry, last, isLastLineUnfinished };
	}

	private addLine(place: Place, line: string, isTerminated: boolean): void {
		const entry = parseEntry(line);
		if (entry === undefined) {
			const { place: start = place, lines = [] } = this.damaged ?? {};
			this.damaged = { place: start, lines: [...lines, line], isTerminated };
			return;
		}
		this.entries++;
		if (!entry.isIntact) this.report(place, 'was changed: its hash does not fit its content');
		this.checkLink(entry, place);
		if (entry.event === 'audit:pruned') this.prunedThrough = Number(entry.facts.through);
		this.first ??= { entry, place };
		this.last = entry;
		this.damaged = undefined;
	}

	private checkLink(entry: AuditEntry, place: Place): void {
		const { last, damaged } = this;
		const isRecovered =
			entry.event === 'audit:recovered' && entry.facts.fragment === sha256(damaged?.lines.join('\n') ?? '');
		if (damaged !== undefined && !isRecovered) {
			this.report(damaged.place, 'is not an entry');
			// The damaged line may have been the entry before this one.
			return;
		}
		if (last === undefined) return;
		if (entry.sequence > last.sequence + 1) {
			const missing = entry.sequence - last.sequence - 1;
			this.report(place, `follows a gap: ${missing} ${missing === 1 ? 'entry is' : 'entries are'} missing before it`);
		} else if (entry.sequence !== last.sequence + 1 || entry.previous !== last.hash) {
			this.report(place, 'does not follow the entry before it');
		}
	}

	/** The first entry is number 1, or the removal of those before it is documented. */
	private checkStart(): void {
		if (this.first === undefined) return;
		const { entry, place } = this.first;
		const isStart = entry.sequence === 1 && entry.previous === FIRST_PREVIOUS;
		if (!isStart && entry.sequence > this.prunedThrough + 1) {
			this.report(place, 'is the first entry, but the removal of those before it is not recorded');
		}
	}

	private report(place: Place, problem: string): void {
		this.problems.push({ ...place, problem });
	}
}
