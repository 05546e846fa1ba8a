/** The marker before the fuses in Electron's binary. @see @electron/fuses */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** The fuses of wire version 1 in their order, and whether each is on in a binary that Electron publishes. */
const PUBLISHED_FUSES = [
	['runAsNode', true],
	['enableCookieEncryption', false],
	['enableNodeOptionsEnvironmentVariable', true],
	['enableNodeCliInspectArguments', true],
	['enableEmbeddedAsarIntegrityValidation', false],
	['onlyLoadAppFromAsar', false],
	['loadBrowserProcessSpecificV8Snapshot', false],
	['grantFileProtocolExtraPrivileges', true],
] as const;

/** The name of a fuse, as in `electronFuses` of electron-builder.yml. */
export type FuseName = (typeof PUBLISHED_FUSES)[number][0];

/** Which fuses are on. */
export type Fuses = ReadonlyMap<FuseName, boolean>;

/** Returns the fuse wire of a published binary: sentinel, version 1, number of fuses, one character per fuse. */
export function publishedFuseWire(): Buffer {
	const states = PUBLISHED_FUSES.map(([, isOn]) => (isOn ? '1' : '0'));
	return Buffer.concat([Buffer.from(SENTINEL), Buffer.of(1, states.length), Buffer.from(states.join(''))]);
}

/** Reads the fuses of a binary. @throws Error if it has no fuses of version 1 */
export function readFuses(binary: Buffer): Fuses {
	const start = binary.indexOf(SENTINEL) + SENTINEL.length;
	if (start < SENTINEL.length || binary[start] !== 1) throw new Error('no fuses of version 1 in this binary');
	const states = binary.toString('latin1', start + 2, start + 2 + PUBLISHED_FUSES.length);
	return new Map(PUBLISHED_FUSES.map(([name], index) => [name, states[index] === '1']));
}
