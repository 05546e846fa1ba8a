import { randomInt } from 'node:crypto';

/** Characters of ids: easy to read aloud, and safe in a URL. */
export const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Returns random text from a cryptographic source. `randomInt` avoids modulo bias, so all characters are equally likely. */
export function randomText(alphabet: string, length: number): string {
	return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
