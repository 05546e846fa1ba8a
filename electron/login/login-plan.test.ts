import { describe, expect, it } from 'vitest';
import { planLogin } from './login-plan.ts';

describe('planLogin', () => {
	it.each([
		['adds an entry when only the setting is on', true, false, { hasOwnEntry: true, mustQuit: false }],
		['adds no entry when the installer has added one', true, true, { hasOwnEntry: false, mustQuit: false }],
		['adds no entry when the setting is off', false, false, { hasOwnEntry: false, mustQuit: false }],
		["quits when only the installer's entry is on", false, true, { hasOwnEntry: false, mustQuit: true }],
	])('%s', (_title, isWanted, isForAllUsers, plan) => {
		expect(planLogin({ isWanted, isForAllUsers, isHidden: true })).toEqual(plan);
	});

	it('does not quit an app that the operator opened', () => {
		expect(planLogin({ isWanted: false, isForAllUsers: true, isHidden: false }).mustQuit).toBe(false);
	});
});
