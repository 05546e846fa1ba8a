import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../../shared/spec/websocket-api.md', import.meta.url));

/** Address and key in the examples of the API reference. */
const PRINTED = { url: 'ws://localhost:8080', key: 'your-api-key' } as const;

/** Why tests are skipped when `hasReference` is false. */
export const NO_REFERENCE =
	'the text of the API reference is not available; our own clients in e2e/pages/clients are tested';

export function hasReference(): boolean {
	return existsSync(FILE);
}

/**
 * Returns a client from the API reference unchanged except for address and key.
 *
 * @param heading its section
 * @param language language of its code block
 * @throws Error if the reference has no such block
 */
export function referenceCode(heading: string, language: string, actual: { url: string; key: string }): string {
	const [, section] = readFileSync(FILE, 'utf8').split(`\n### ${heading}\n`);
	const [, block] = section?.split(`\n\`\`\`${language}\n`) ?? [];
	const [code] = block?.split('\n```') ?? [];
	if (code === undefined) throw new Error(`The reference has no ${language} below "${heading}"`);
	return code.replaceAll(PRINTED.url, actual.url).replaceAll(PRINTED.key, actual.key);
}
