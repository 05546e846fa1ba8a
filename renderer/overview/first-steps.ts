import type { ConnectionView, KeyView, ReaderView } from '../../src/operator/contract.ts';

/** What a new operator does first, in this order. */
export const FIRST_STEPS = ['key', 'trial', 'page'] as const;

export type FirstStep = (typeof FIRST_STEPS)[number];

/** What tells whether a step is done. */
export interface SetupState {
	readonly keys: readonly KeyView[];
	readonly readers: readonly ReaderView[];
	readonly connections: readonly ConnectionView[];
}

/** The steps that are done. A step that was done once stays so, though its key is revoked or its page has gone. */
export function completedSteps(
	{ keys, readers, connections }: SetupState,
	before: ReadonlySet<FirstStep>,
): ReadonlySet<FirstStep> {
	const isDone: Readonly<Record<FirstStep, boolean>> = {
		key: keys.length > 0,
		trial: readers.some(({ lastActivityAt }) => lastActivityAt !== undefined),
		page:
			keys.some(({ lastUsedAt }) => lastUsedAt !== undefined) || connections.some(({ keyId }) => keyId !== undefined),
	};
	return new Set(FIRST_STEPS.filter((step) => before.has(step) || isDone[step]));
}

/** The steps that a stored text names; anything else in it is passed over. */
export function parseSteps(text: string | null): ReadonlySet<FirstStep> {
	const words = text?.split(' ') ?? [];
	return new Set(FIRST_STEPS.filter((step) => words.includes(step)));
}
