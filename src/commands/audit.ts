import { resolveDataDir } from '../config/data-folder.ts';
import type { AuditEntry } from '../log/audit/audit-entry.ts';
import { readTrail, type TrailReport, verifyTrail } from '../log/audit/verify-trail.ts';
import { escapeUnprintable } from '../log/log-line.ts';
import { ServiceError } from '../protocol/errors.ts';
import { auditDir } from '../service/open-audit-trail.ts';
import { systemClock } from '../time/clock.ts';

interface DataDirOption {
	readonly dataDir?: string;
}

export interface ShowAuditOptions extends DataDirOption {
	/** Only the entries of this time until now, ms. */
	readonly since?: number;
	/** Only entries of this event, such as `scan`, or of this group of events, such as `auth`. */
	readonly event?: string;
	readonly json?: boolean;
}

/** Most problems that are printed. */
const MAX_PROBLEMS = 20;

const COVERAGE =
	'The chain of hashes shows accidents and edits in the files. It does not protect against a person with the rights of the\n' +
	'operator, who can write a new chain or remove the latest entries: copy the folder elsewhere to compare.\n';

/** Checks the audit trail, also while the service runs. @throws ServiceError DB_QUERY_FAILED if it is not intact */
export async function verifyAudit({ dataDir: flag }: DataDirOption): Promise<void> {
	const dir = auditDir(resolveDataDir({ flag, env: process.env }));
	const report = await verifyTrail(dir).catch((cause: unknown) => {
		throw unreadableError(dir, cause);
	});
	for (const { file, line, problem } of report.problems.slice(0, MAX_PROBLEMS)) {
		process.stdout.write(`BROKEN  ${file}, line ${line}: ${problem}\n`);
	}
	process.stdout.write(`${summaryOf(dir, report)}\n${COVERAGE}`);
	const { length } = report.problems;
	if (length === 0) return;
	throw new ServiceError('DB_QUERY_FAILED', {
		message: `The audit trail is not as it was written (${length} ${length === 1 ? 'place' : 'places'}): compare it with a backup`,
	});
}

/** Prints the entries of the audit trail, oldest first. @throws ServiceError DB_QUERY_FAILED if it cannot be read */
export async function showAudit({ since: sinceMs, event, json, dataDir: flag }: ShowAuditOptions): Promise<void> {
	const dir = auditDir(resolveDataDir({ flag, env: process.env }));
	const start = sinceMs === undefined ? '' : new Date(systemClock.now() - sinceMs).toISOString();
	try {
		for await (const entry of readTrail(dir)) {
			const isChosen = event === undefined || entry.event === event || entry.event.startsWith(`${event}:`);
			if (isChosen && entry.time >= start) process.stdout.write(`${json ? entry.line : toText(entry)}\n`);
		}
	} catch (cause) {
		throw unreadableError(dir, cause);
	}
}

function summaryOf(dir: string, { files, entries, first, last, isLastLineUnfinished }: TrailReport): string {
	if (first === undefined || last === undefined) return `There are no entries in ${dir} yet.`;
	const unfinished = isLastLineUnfinished ? '; the last line is incomplete, which is normal while it is written' : '';
	return `${entries} entries (${first.sequence} to ${last.sequence}), files: ${files} in ${dir}, from ${first.time} to ${last.time}${unfinished}.`;
}

function toText({ time, event, facts }: AuditEntry): string {
	const words = Object.entries(facts).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
	return escapeUnprintable([time, event.padEnd(16), ...words].join(' '));
}

function unreadableError(dir: string, cause: unknown): ServiceError {
	return new ServiceError('DB_QUERY_FAILED', {
		message: `The audit trail in ${dir} cannot be read: give this user permission to read it`,
		details: { file: dir },
		cause,
	});
}
