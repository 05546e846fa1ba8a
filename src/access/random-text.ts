import { randomInt } from 'node:crypto';

/** What ids consist of: easy to read out, safe in any address. */
export const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Random text from a cryptographic source; `randomInt` rejects instead of folding, so that no character is favoured. */
export function randomText(alphabet: string, length: number): string {
	return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
