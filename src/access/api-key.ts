import { createHash, timingSafeEqual } from 'node:crypto';
import { randomText } from './random-text.ts';

/** Environments of a key. Live keys can use only real readers, test keys only virtual ones. */
export const KEY_ENVIRONMENTS = ['live', 'test'] as const;

export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number];

/** A valid name of a key: printable characters, at least one of them not a space. */
export const KEY_NAME = /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u;

/** Describes `KEY_NAME`, to follow "must have". */
export const KEY_NAME_ALLOWED = '1 to 100 printable characters';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_LENGTH = 32;
const KEY_PATTERN = /^ak_(?:live|test)_[A-Za-z0-9]{32}$/;

/** Returns a new key: `ak_live_` or `ak_test_` and 32 characters [A-Za-z0-9], each equally likely (190 bits in all). */
export function generateApiKey(environment: KeyEnvironment): string {
	return `ak_${environment}_${randomText(ALPHABET, RANDOM_LENGTH)}`;
}

/** Returns whether `value` has the format of a key. */
export function isApiKey(value: unknown): value is string {
	return typeof value === 'string' && KEY_PATTERN.test(value);
}

/** Returns what is stored instead of a key: its SHA-256 as 64 lower-case hexadecimal digits. With 190 random bits it needs no salt. */
export function hashApiKey(apiKey: string): string {
	return createHash('sha256').update(apiKey).digest('hex');
}

/** Returns whether two hashes are equal; the time taken does not depend on where they differ. */
export function areHashesEqual(one: string, other: string): boolean {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
}
