import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../biometrics/worker-engine.ts';
import { FingerPresence } from './finger-presence.ts';

const THUMB: GreyImage = { width: 1, height: 1, dpi: 500, data: Uint8Array.of(1) };
const INDEX: GreyImage = { width: 1, height: 1, dpi: 500, data: Uint8Array.of(2) };

const INPUTS: Record<'putDown' | 'lift' | 'interrupt', (sensor: FingerPresence) => void> = {
	putDown: (sensor) => sensor.putDown(INDEX),
	lift: (sensor) => sensor.lift(),
	interrupt: (sensor) => sensor.interrupt(new Error('interrupted')),
};

describe('FingerPresence', () => {
	it.each([
		['an empty sensor', 'nothing', 'putDown', true],
		['an empty sensor', 'nothing', 'lift', false],
		['an empty sensor', 'nothing', 'interrupt', false],
		['a touched sensor', 'thumb', 'putDown', true],
		['a touched sensor', 'thumb', 'lift', false],
		['a touched sensor', 'thumb', 'interrupt', true],
	] as const)('is, from %s with %s, after %s touched: %s', (_state, finger, input, isTouched) => {
		const sensor = new FingerPresence();
		if (finger === 'thumb') sensor.putDown(THUMB);
		INPUTS[input](sensor);
		expect(sensor.isTouched).toBe(isTouched);
		expect(sensor.isAwaited).toBe(false);
	});

	it.each([
		['nextTouch', 'putDown', 'resolved'],
		['nextTouch', 'lift', 'waiting'],
		['nextTouch', 'interrupt', 'rejected'],
		['waitForLift', 'putDown', 'waiting'],
		['waitForLift', 'lift', 'resolved'],
		['waitForLift', 'interrupt', 'rejected'],
	] as const)('has %s, on %s, %s', async (call, input, expected) => {
		const sensor = new FingerPresence();
		if (call === 'waitForLift') sensor.putDown(THUMB);
		const waiting = sensor[call]().then(
			() => 'resolved',
			() => 'rejected',
		);
		INPUTS[input](sensor);
		expect(sensor.isAwaited).toBe(expected === 'waiting');
		INPUTS[call === 'nextTouch' ? 'putDown' : 'lift'](sensor);
		expect(await waiting).toBe(expected === 'waiting' ? 'resolved' : expected);
	});

	it('shows the finger that replaced another', async () => {
		const sensor = new FingerPresence();
		sensor.putDown(THUMB);
		sensor.putDown(INDEX);
		expect(await sensor.nextTouch()).toBe(INDEX);
	});
});
