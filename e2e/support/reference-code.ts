import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../../shared/spec/websocket-api.md', import.meta.url));

/** The address and the key that the reference prints in its examples. */
const PRINTED = { url: 'ws://localhost:8080', key: 'your-api-key' } as const;

/** Why tests are skipped where `hasReference` is false. */
export const NO_REFERENCE = `no ${FILE} here to take the reference clients from`;

export function hasReference(): boolean {
	return existsSync(FILE);
}

/**
 * A client of the API reference as it is printed there, but for address and key.
 *
 * @param heading the section it is in
 * @param language of its code block
 * @throws Error if the reference has no such block
 */
export function referenceCode(heading: string, language: string, actual: { url: string; key: string }): string {
	const [, section] = readFileSync(FILE, 'utf8').split(`\n### ${heading}\n`);
	const [, block] = section?.split(`\n\`\`\`${language}\n`) ?? [];
	const [code] = block?.split('\n```') ?? [];
	if (code === undefined) throw new Error(`The reference has no ${language} below "${heading}"`);
	return code.replaceAll(PRINTED.url, actual.url).replaceAll(PRINTED.key, actual.key);
}
