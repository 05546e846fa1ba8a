import { AdminTokens } from '../access/admin-tokens.ts';
import { prepareDataDir, resolveDataDir } from '../config/data-folder.ts';
import { systemClock } from '../time/clock.ts';
import { auditCommand, BY_COMMAND } from './audit-command.ts';

/** Prints a token with every permission. @param options.ttl validity in ms, at most 12 hours; default 30 minutes */
export async function adminToken({ ttl, dataDir: flag }: { ttl?: number; dataDir?: string }): Promise<void> {
	const dataDir = resolveDataDir({ flag, env: process.env });
	await prepareDataDir(dataDir);
	const tokens = await AdminTokens.open({ dataDir, clock: systemClock });
	const token = await tokens.issue(ttl);
	await auditCommand(flag, { event: 'token:issued', kind: 'token', by: BY_COMMAND });
	process.stdout.write(`${token}\n`);
}
