import type { ConnectionView, KeyView, ReaderView } from '../../src/operator/contract.ts';

/** The setup steps of a new operator, in order. */
export const FIRST_STEPS = ['reader', 'key', 'trial', 'page'] as const;

export type FirstStep = (typeof FIRST_STEPS)[number];

/** The state that shows which steps are done. */
export interface SetupState {
	readonly keys: readonly KeyView[];
	readonly readers: readonly ReaderView[];
	readonly connections: readonly ConnectionView[];
}

/** Returns the completed steps. A step stays completed even if its key is revoked or its page disconnects. */
export function completedSteps(
	{ keys, readers, connections }: SetupState,
	before: ReadonlySet<FirstStep>,
): ReadonlySet<FirstStep> {
	const isDone: Readonly<Record<FirstStep, boolean>> = {
		// A virtual reader is only for testing.
		reader: readers.some(({ isVirtual, status }) => !isVirtual && status !== 'error'),
		key: keys.length > 0,
		trial: readers.some(({ lastActivityAt }) => lastActivityAt !== undefined),
		page:
			keys.some(({ lastUsedAt }) => lastUsedAt !== undefined) || connections.some(({ keyId }) => keyId !== undefined),
	};
	return new Set(FIRST_STEPS.filter((step) => before.has(step) || isDone[step]));
}

/** Parses stored step names; unknown names are ignored. */
export function parseSteps(text: string | null): ReadonlySet<FirstStep> {
	const words = text?.split(' ') ?? [];
	return new Set(FIRST_STEPS.filter((step) => words.includes(step)));
}
