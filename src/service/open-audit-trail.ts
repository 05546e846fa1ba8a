import { join } from 'node:path';
import { withFileLock } from '../config/file-lock.ts';
import { AuditTrail } from '../log/audit/audit-trail.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../time/clock.ts';

export interface OpenAuditTrailOptions {
	readonly dataDir: string;
	readonly clock: Clock;
	/** Receives what is wrong when entries cannot be written. */
	readonly logger: Pick<Logger, 'error'>;
}

/** Returns the folder of the audit trail in a data folder. */
export function auditDir(dataDir: string): string {
	return join(dataDir, 'audit');
}

/** Opens the audit trail of a data folder; the service and commands may write to it at the same time. */
export function openAuditTrail({ dataDir, clock, logger }: OpenAuditTrailOptions): AuditTrail {
	const dir = auditDir(dataDir);
	return new AuditTrail({ dir, clock, logger, lock: (write) => withFileLock(dir, write) });
}
