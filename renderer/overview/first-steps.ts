import type { ConnectionView, KeyView, ReaderView } from '../../src/operator/contract.ts';

/** What a new operator does first, in this order. */
export const STEPS = ['key', 'trial', 'page'] as const;

export type Step = (typeof STEPS)[number];

/** What tells whether a step is done. */
export interface Evidence {
	readonly keys: readonly KeyView[];
	readonly readers: readonly ReaderView[];
	readonly connections: readonly ConnectionView[];
}

/** The steps that are done. A step that was done once stays so, though its key is revoked or its page has gone. */
export function stepsDone({ keys, readers, connections }: Evidence, before: ReadonlySet<Step>): ReadonlySet<Step> {
	const isDone: Readonly<Record<Step, boolean>> = {
		key: keys.length > 0,
		trial: readers.some(({ lastActivityAt }) => lastActivityAt !== undefined),
		page:
			keys.some(({ lastUsedAt }) => lastUsedAt !== undefined) || connections.some(({ keyId }) => keyId !== undefined),
	};
	return new Set(STEPS.filter((step) => before.has(step) || isDone[step]));
}

/** The steps that a stored text names; anything else in it is passed over. */
export function parseSteps(text: string | null): ReadonlySet<Step> {
	const words = text?.split(' ') ?? [];
	return new Set(STEPS.filter((step) => words.includes(step)));
}
