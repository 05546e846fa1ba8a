import { createHash } from 'node:crypto';
import type { AuditEventName } from './audit-event.ts';

/** The `previous` of the first entry. */
export const FIRST_PREVIOUS = '0'.repeat(64);

const NOT_ASCII = /[^\x20-\x7e]/g;
/** A line ends with the hash of everything before it. */
const HASHED_LINE = /^(\{"sequence":(\d{1,15}),.*,"previous":"([0-9a-f]{64})"),"hash":"([0-9a-f]{64})"\}$/;

/** One entry as it was read. */
export interface AuditEntry {
	/** Counts the entries of the trail from 1. */
	readonly sequence: number;
	/** The hash of the entry before. */
	readonly previous: string;
	/** The hash that the line states; `isIntact` tells whether it is right. */
	readonly hash: string;
	readonly isIntact: boolean;
	/** ISO 8601, UTC. */
	readonly time: string;
	readonly event: AuditEventName;
	/** The fields of the event. */
	readonly facts: Readonly<Record<string, unknown>>;
	readonly line: string;
}

/** An entry that has no place in the chain yet. `event` consists only of the fields that `auditEventSchema` lists. */
export interface AuditDraft {
	readonly time: string;
	readonly event: { readonly event: AuditEventName };
}

/** The last entry of the chain. */
export interface ChainEnd {
	readonly sequence: number;
	readonly hash: string;
}

/**
 * Formats an entry as one line of JSON, in ASCII, so that it cannot control a terminal. `previous` is the hash of the entry before,
 * `hash` the SHA-256 of the line without its last field.
 */
export function formatEntry(
	{ time, event }: AuditDraft,
	{ sequence, hash }: ChainEnd,
): { line: string; end: ChainEnd } {
	const fields = { sequence: sequence + 1, time, ...event, previous: hash };
	const start = JSON.stringify(fields).replace(NOT_ASCII, escapeCharacter).slice(0, -1);
	const own = sha256(start);
	return { line: `${start},"hash":"${own}"}`, end: { sequence: sequence + 1, hash: own } };
}

/** Parses one line; `undefined` if it is not a whole entry. */
export function parseEntry(line: string): AuditEntry | undefined {
	const [, start, sequence, previous, hash] = HASHED_LINE.exec(line) ?? [];
	if (start === undefined || previous === undefined || hash === undefined) return undefined;
	const fields = tryParse(line);
	if (fields === undefined) return undefined;
	const { sequence: _sequence, previous: _previous, hash: _hash, time, event, ...facts } = fields;
	return {
		sequence: Number(sequence),
		previous,
		hash,
		isIntact: sha256(start) === hash,
		time: String(time),
		// A later version may have written events that this one does not have.
		event: String(event) as AuditEventName,
		facts,
		line,
	};
}

/** Returns the SHA-256 of a text as 64 hexadecimal digits. */
export function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

function tryParse(line: string): Readonly<Record<string, unknown>> | undefined {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

function escapeCharacter(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
