import { describe, expect, it } from 'vitest';
import { planLogin } from './login-plan.ts';

describe('the start at login', () => {
	it.each([
		['wanted, by an entry of one user', true, false, { hasOwnEntry: true, mustEnd: false }],
		['wanted, by that of the installer', true, true, { hasOwnEntry: false, mustEnd: false }],
		['not wanted, and nobody asked for it', false, false, { hasOwnEntry: false, mustEnd: false }],
		['not wanted, but the installer asked for it', false, true, { hasOwnEntry: false, mustEnd: true }],
	])('is %s', (_what, isWanted, isForEverybody, plan) => {
		expect(planLogin({ isWanted, isForEverybody, isHidden: true })).toEqual(plan);
	});

	it('never ends an app that somebody has opened', () => {
		expect(planLogin({ isWanted: false, isForEverybody: true, isHidden: false }).mustEnd).toBe(false);
	});
});
