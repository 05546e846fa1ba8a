import { createHash, timingSafeEqual } from 'node:crypto';
import { randomText } from './random-text.ts';

/** Live keys see real readers only, test keys virtual ones only. */
export const KEY_ENVIRONMENTS = ['live', 'test'] as const;

export type KeyEnvironment = (typeof KEY_ENVIRONMENTS)[number];

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const RANDOM_LENGTH = 32;
const SHAPE = /^ak_(?:live|test)_[A-Za-z0-9]{32}$/;

/** A new key: `ak_live_` or `ak_test_` and 32 characters [A-Za-z0-9], each equally likely (190 bits in all). */
export function generateApiKey(environment: KeyEnvironment): string {
	return `ak_${environment}_${randomText(ALPHABET, RANDOM_LENGTH)}`;
}

/** Whether `value` has the shape of a key, known or not. */
export function isApiKey(value: unknown): value is string {
	return typeof value === 'string' && SHAPE.test(value);
}

/** What is stored in place of a key: SHA-256, 64 lower-case hexadecimal digits. With 190 random bits it needs no salt. */
export function hashApiKey(apiKey: string): string {
	return createHash('sha256').update(apiKey).digest('hex');
}

/** Whether two hashes are equal, in a time that does not tell where they differ. */
export function areHashesEqual(one: string, other: string): boolean {
	const [a, b] = [Buffer.from(one), Buffer.from(other)];
	return a.length === b.length && timingSafeEqual(a, b);
}
