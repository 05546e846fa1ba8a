import type { KeyStore } from '../access/key-store.ts';

/** The port that needs no naming. */
const DEFAULT_PORT = 8080;

/**
 * What a newcomer needs for a first scan. A test key is made when there is no key at all yet; it is shown this once.
 *
 * @returns lines for a terminal
 */
export async function quickStartLines(
	keys: KeyStore,
	port: number,
	{ dataDir }: { dataDir?: string },
): Promise<string[]> {
	const command = [
		'npx fingerprint-service scan',
		port === DEFAULT_PORT ? '' : `--port ${port}`,
		dataDir ? `--data-dir ${dataDir}` : '',
	]
		.filter(Boolean)
		.join(' ');
	if (keys.list().length > 0) {
		return [
			'',
			`First scan in a browser:  http://localhost:${port}/ with a test key of yours`,
			`First scan here:          ${command}`,
			'',
		];
	}
	const { key } = await keys.create({ name: 'first steps', environment: 'test' });
	return [
		'',
		`Your test key, shown only now:  ${key}`,
		`First scan in a browser:        http://localhost:${port}/#${key}`,
		`First scan here:                ${command} --key ${key}`,
		'',
	];
}
