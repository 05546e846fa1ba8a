import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { FingerPresence } from './finger-presence.ts';

const THUMB: GreyImage = { width: 1, height: 1, dpi: 500, data: Uint8Array.of(1) };
const INDEX: GreyImage = { width: 1, height: 1, dpi: 500, data: Uint8Array.of(2) };

const INPUTS: Record<'place' | 'lift' | 'interrupt', (presence: FingerPresence) => void> = {
	place: (presence) => presence.place(INDEX),
	lift: (presence) => presence.lift(),
	interrupt: (presence) => presence.interrupt(new Error('interrupted')),
};

describe('FingerPresence', () => {
	it.each([
		['nothing', 'place', true],
		['nothing', 'lift', false],
		['nothing', 'interrupt', false],
		['thumb', 'place', true],
		['thumb', 'lift', false],
		['thumb', 'interrupt', true],
	] as const)('with %s on the reader, after %s has isTouched %s', (finger, input, isTouched) => {
		const presence = new FingerPresence();
		if (finger === 'thumb') presence.place(THUMB);
		INPUTS[input](presence);
		expect(presence.isTouched).toBe(isTouched);
	});

	it.each([
		['nextTouch', 'place', 'resolved'],
		['nextTouch', 'lift', 'waiting'],
		['nextTouch', 'interrupt', 'rejected'],
		['waitForLift', 'place', 'waiting'],
		['waitForLift', 'lift', 'resolved'],
		['waitForLift', 'interrupt', 'rejected'],
	] as const)('lets a %s call on %s be %s', async (call, input, expected) => {
		const presence = new FingerPresence();
		if (call === 'waitForLift') presence.place(THUMB);
		let outcome = 'waiting';
		const settled = presence[call]().then(
			() => {
				outcome = 'resolved';
			},
			() => {
				outcome = 'rejected';
			},
		);
		INPUTS[input](presence);
		await new Promise((resolve) => setImmediate(resolve));
		expect(outcome).toBe(expected);
		INPUTS[call === 'nextTouch' ? 'place' : 'lift'](presence);
		await settled;
		expect(outcome).toBe(expected === 'waiting' ? 'resolved' : expected);
	});

	it('returns the image of the finger that replaced another', async () => {
		const presence = new FingerPresence();
		presence.place(THUMB);
		presence.place(INDEX);
		expect(await presence.nextTouch()).toBe(INDEX);
	});
});
