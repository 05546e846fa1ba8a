import { resolveDataDir } from '../config/data-folder.ts';
import type { AuditEvent } from '../log/audit/audit-event.ts';
import { redactText } from '../log/redact.ts';
import { writeToStderr } from '../log/stderr.ts';
import { openAuditTrail } from '../service/open-audit-trail.ts';
import { systemClock } from '../time/clock.ts';

/** `by` of the events that commands record. */
export const BY_COMMAND = 'command';

/**
 * Records what a command did in the audit trail. If that is impossible the command succeeds with a warning, because what it did
 * cannot be undone.
 *
 * @param flag the value of `--data-dir`
 */
export async function auditCommand(flag: string | undefined, event: AuditEvent): Promise<void> {
	const logger = {
		error: (message: string, metadata: Readonly<Record<string, unknown>> = {}) =>
			writeToStderr(`warning: ${message}. ${redactText(String(metadata.error))}`),
	};
	const trail = openAuditTrail({ dataDir: resolveDataDir({ flag, env: process.env }), clock: systemClock, logger });
	trail.record(event);
	await trail.flush();
}
