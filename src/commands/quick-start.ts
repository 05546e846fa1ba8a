import type { KeyStore } from '../access/key-store.ts';
import { serviceAddress } from '../server/http/service-address.ts';

/** Where `scan` looks by itself. */
const DEFAULT = { host: 'localhost', port: 8080 };

/**
 * What a newcomer needs for a first scan. A test key is made when there is no key at all yet; it is shown this once.
 *
 * @returns lines for a terminal
 */
export async function quickStartLines(
	keys: KeyStore,
	{ host, port, dataDir }: { host: string; port: number; dataDir?: string },
): Promise<string[]> {
	const command = [
		'npx fingerprint-service scan',
		host === DEFAULT.host ? '' : `--host ${host}`,
		port === DEFAULT.port ? '' : `--port ${port}`,
		dataDir ? `--data-dir ${dataDir}` : '',
	]
		.filter(Boolean)
		.join(' ');
	const page = `http://${serviceAddress({ host, port })}/`;
	if (keys.list().length > 0) {
		return [
			'',
			`First scan in a browser:  ${page} with a test key of yours`,
			`First scan here:          ${command}`,
			'',
		];
	}
	const { key } = await keys.create({ name: 'first steps', environment: 'test' });
	return [
		'',
		`Your test key, shown only now:  ${key}`,
		`First scan in a browser:        ${page}#${key}`,
		`First scan here:                ${command} --key ${key}`,
		'',
	];
}
