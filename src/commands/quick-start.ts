import { auditedKey } from '../access/audited-key.ts';
import type { KeyStore } from '../access/key-store.ts';
import { DATA_DIR_VARIABLE } from '../config/environment-variables.ts';
import { dataDirFlag } from '../config/own-command.ts';
import { serviceAddress } from '../server/http/service-address.ts';
import { auditCommand, BY_COMMAND } from './audit-command.ts';

/**
 * Returns the lines that explain a first scan to a new user. Creates a test key, which is shown only here, if there is no key yet.
 */
export async function quickStartLines(
	keys: KeyStore,
	{ host, port, dataDir }: { host: string; port: number; dataDir: string },
): Promise<string[]> {
	// In another terminal, where the environment may be different. The command finds address and port through the data folder.
	const command = `npx fingerprint-service scan${dataDirFlag(dataDir, { ...process.env, [DATA_DIR_VARIABLE]: undefined })}`;
	const page = `http://${serviceAddress({ host, port })}/`;
	if (keys.list().length > 0) {
		return [
			'',
			`First scan in a browser:  ${page} with one of your test keys`,
			`First scan here:          ${command}`,
			'',
		];
	}
	const { key, record } = await keys.create({ name: 'first steps', environment: 'test' });
	await auditCommand(dataDir, { event: 'key:created', ...auditedKey(record), by: BY_COMMAND });
	return [
		'',
		`Your test key, shown only now:  ${key}`,
		`First scan in a browser:        ${page}#${key}`,
		`First scan here:                ${command} --key ${key}`,
		'',
	];
}
