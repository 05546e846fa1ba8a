/** What Electron's binary has before its fuses (@electron/fuses). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Fuses of wire version 1, in their order, each with its state in a binary as Electron publishes it. */
const PUBLISHED_FUSES = {
	runAsNode: true,
	enableCookieEncryption: false,
	enableNodeOptionsEnvironmentVariable: true,
	enableNodeCliInspectArguments: true,
	enableEmbeddedAsarIntegrityValidation: false,
	onlyLoadAppFromAsar: false,
	loadBrowserProcessSpecificV8Snapshot: false,
	grantFileProtocolExtraPrivileges: true,
} as const;

/** The name of a fuse, as in `electronFuses` of electron-builder.yml. */
export type FuseName = keyof typeof PUBLISHED_FUSES;

const NAMES = Object.keys(PUBLISHED_FUSES);

/** The fuses as Electron publishes them: sentinel, version 1, number of fuses, one character for each. */
export function publishedFuseWire(): Buffer {
	const states = Object.values(PUBLISHED_FUSES).map((isOn) => (isOn ? '1' : '0'));
	return Buffer.concat([Buffer.from(SENTINEL), Buffer.of(1, states.length), Buffer.from(states.join(''))]);
}

/**
 * Which fuses of a binary are on.
 *
 * @throws Error if it has no fuses, or of another version
 */
export function readFuses(binary: Buffer): Record<FuseName, boolean> {
	const start = binary.indexOf(SENTINEL) + SENTINEL.length;
	if (start < SENTINEL.length || binary[start] !== 1) throw new Error('no fuses of version 1 in this binary');
	const isOn = (name: FuseName) => binary[start + 2 + NAMES.indexOf(name)] === '1'.charCodeAt(0);
	return {
		runAsNode: isOn('runAsNode'),
		enableCookieEncryption: isOn('enableCookieEncryption'),
		enableNodeOptionsEnvironmentVariable: isOn('enableNodeOptionsEnvironmentVariable'),
		enableNodeCliInspectArguments: isOn('enableNodeCliInspectArguments'),
		enableEmbeddedAsarIntegrityValidation: isOn('enableEmbeddedAsarIntegrityValidation'),
		onlyLoadAppFromAsar: isOn('onlyLoadAppFromAsar'),
		loadBrowserProcessSpecificV8Snapshot: isOn('loadBrowserProcessSpecificV8Snapshot'),
		grantFileProtocolExtraPrivileges: isOn('grantFileProtocolExtraPrivileges'),
	};
}
