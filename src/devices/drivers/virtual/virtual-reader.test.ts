import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../../protocol/errors.ts';
import { FakeClock } from '../../../time/testing/fake-clock.ts';
import { describeReaderContract } from '../../testing/reader-contract.ts';
import type { TouchRequest } from '../../virtual-control.ts';
import { FakeFingerSynthesis } from './testing/fake-finger-synthesis.ts';
import { VirtualReader } from './virtual-reader.ts';

const TOUCH_DELAY_MS = 700;
const LIFT_DELAY_MS = 200;
const THUMB: TouchRequest = { person: 7, finger: 1, condition: 'wet', window: 'keystone' };

function createReader(options: { autoTouch: boolean }) {
	const clock = new FakeClock();
	const synthesis = new FakeFingerSynthesis();
	const serialNumber = 'VIRTUAL-0001';
	const reader = new VirtualReader({
		serialNumber,
		clock,
		synthesis,
		person: 1,
		touchDelayMs: TOUCH_DELAY_MS,
		...options,
	});
	return { clock, synthesis, reader };
}

async function openReader(options: { autoTouch: boolean }) {
	const setup = createReader(options);
	await setup.reader.open();
	return { ...setup, scan: new AbortController() };
}

describeReaderContract('VirtualReader', async () => {
	const { reader } = createReader({ autoTouch: false });
	return {
		reader,
		touch: () => reader.touch(THUMB),
		lift: async () => reader.lift(),
		unplug: async () => reader.unplug(),
		fault: async () => {
			reader.fail(new ServiceError('DEVICE_TIMEOUT'));
			return 'DEVICE_TIMEOUT';
		},
	};
});

describe('VirtualReader with manual touches', () => {
	it('reports that it is virtual', () => {
		expect(createReader({ autoTouch: false }).reader.info).toEqual({
			driver: 'virtual',
			serialNumber: 'VIRTUAL-0001',
			model: 'Virtual SLK20R',
			firmwareVersion: '1.0.0',
			isVirtual: true,
		});
	});

	it('synthesises the requested touch with the requested seed', async () => {
		const { reader, synthesis } = await openReader({ autoTouch: false });
		await reader.touch({ ...THUMB, seed: 5 });
		expect(synthesis.touches).toEqual([{ ...THUMB, seed: 5 }]);
	});

	it('uses a different seed for each touch without a seed', async () => {
		const { reader, synthesis } = await openReader({ autoTouch: false });
		await reader.touch(THUMB);
		await reader.touch(THUMB);
		expect(synthesis.touches[0]?.seed).not.toBe(synthesis.touches[1]?.seed);
	});

	it('does nothing automatically', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: false });
		const touched = reader.nextTouch(scan.signal);
		expect(clock.pending).toBe(0);
		await reader.touch(THUMB);
		await touched;
		const lifted = reader.waitForLift(scan.signal);
		expect(clock.pending).toBe(0);
		reader.lift();
		await lifted;
		expect(synthesis.touches).toHaveLength(1);
	});

	it('keeps the finger from one scan to the next', async () => {
		const { reader, scan } = await openReader({ autoTouch: false });
		await reader.touch(THUMB);
		const image = await reader.nextTouch(scan.signal);
		scan.abort();
		expect(await reader.nextTouch(new AbortController().signal)).toBe(image);
	});

	it('changes the image on a second touch without a lift', async () => {
		const { reader, scan } = await openReader({ autoTouch: false });
		await reader.touch(THUMB);
		let isLifted = false;
		const lifted = reader.waitForLift(scan.signal).then(() => {
			isLifted = true;
		});
		await reader.touch(THUMB);
		await new Promise((resolve) => setImmediate(resolve));
		expect(isLifted).toBe(false);
		reader.lift();
		await lifted;
	});

	it('returns the image of a finger that is lifted during its synthesis to a waiting scan, then lifts the finger', async () => {
		const { reader, synthesis, scan } = await openReader({ autoTouch: false });
		const touched = reader.nextTouch(scan.signal);
		synthesis.hold();
		const touching = reader.touch(THUMB);
		reader.lift();
		synthesis.release();
		await touching;
		await touched;
		await expect(reader.waitForLift(scan.signal)).resolves.toBeUndefined();
	});

	it('rejects a touch if the reader is unplugged during its synthesis', async () => {
		const { reader, synthesis } = await openReader({ autoTouch: false });
		synthesis.hold();
		const touching = reader.touch(THUMB);
		reader.unplug();
		synthesis.release();
		await expect(touching).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
	});

	it('refuses a second call while the first is waiting', async () => {
		const { reader, scan } = await openReader({ autoTouch: false });
		const first = reader.nextTouch(scan.signal);
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_BUSY' });
		await reader.touch(THUMB);
		await first;
	});

	it('rejects a waiting call when closed, and refuses calls until opened', async () => {
		const { reader, scan } = await openReader({ autoTouch: false });
		const waiting = reader.nextTouch(scan.signal);
		const ended = expect(waiting).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
		await reader.close();
		await ended;
		await expect(reader.nextTouch(scan.signal)).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
	});
});

describe('VirtualReader with automatic touches', () => {
	it('places a finger after the delay, with an image synthesised in the meantime', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		const touched = reader.nextTouch(scan.signal);
		expect(synthesis.touches).toMatchObject([{ person: 1, finger: 2, condition: 'good' }]);
		clock.advance(TOUCH_DELAY_MS - 1);
		expect(clock.pending).toBe(1);
		clock.advance(1);
		expect((await touched).data).toEqual(Uint8Array.of(1));
	});

	it('lifts the finger when the scan waits for a lift, and touches again with another seed', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		const touched = reader.nextTouch(scan.signal);
		clock.advance(TOUCH_DELAY_MS);
		await touched;
		const lifted = reader.waitForLift(scan.signal);
		clock.advance(LIFT_DELAY_MS);
		await lifted;
		const again = reader.nextTouch(scan.signal);
		clock.advance(TOUCH_DELAY_MS);
		expect((await again).data).toEqual(Uint8Array.of(2));
		expect(synthesis.touches[0]?.seed).not.toBe(synthesis.touches[1]?.seed);
	});

	it('lifts the finger when the scan ends', async () => {
		const { reader, clock, scan } = await openReader({ autoTouch: true });
		const touched = reader.nextTouch(scan.signal);
		clock.advance(TOUCH_DELAY_MS);
		await touched;
		scan.abort();
		await expect(reader.waitForLift(new AbortController().signal)).resolves.toBeUndefined();
	});

	it('waits for a synthesis that takes longer than the delay', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		synthesis.hold();
		const touched = reader.nextTouch(scan.signal);
		clock.advance(TOUCH_DELAY_MS);
		synthesis.release();
		expect((await touched).data).toEqual(Uint8Array.of(1));
	});

	it('does not touch if the scan ends during the synthesis', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		synthesis.hold();
		const touched = reader.nextTouch(scan.signal);
		clock.advance(TOUCH_DELAY_MS);
		scan.abort();
		await expect(touched).rejects.toBe(scan.signal.reason);
		synthesis.release();
		const next = reader.nextTouch(new AbortController().signal);
		clock.advance(TOUCH_DELAY_MS);
		expect((await next).data).toEqual(Uint8Array.of(2));
	});

	it('rejects the call if the synthesis fails', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		synthesis.failure = new Error('synthesis failed');
		const touched = reader.nextTouch(scan.signal);
		clock.advance(TOUCH_DELAY_MS);
		await expect(touched).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED', cause: synthesis.failure });
		expect(clock.pending).toBe(0);
	});

	it('has no timers and no listeners left after 1000 scans', async () => {
		const { reader, clock } = await openReader({ autoTouch: true });
		for (let i = 0; i < 1000; i++) {
			const scan = new AbortController();
			const touched = reader.nextTouch(scan.signal);
			if (i % 2 === 0) clock.advance(TOUCH_DELAY_MS);
			if (i % 4 === 0) await touched;
			const lifted = i % 4 === 0 ? reader.waitForLift(scan.signal) : touched;
			scan.abort();
			await expect(lifted).rejects.toBe(scan.signal.reason);
			expect(getEventListeners(scan.signal, 'abort')).toHaveLength(0);
			expect(clock.pending).toBe(0);
		}
	});
});

describe('VirtualReader with a manual touch during automatic touches', () => {
	it('returns the manual image and neither touches nor lifts automatically for the rest of the scan', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		const touched = reader.nextTouch(scan.signal);
		await reader.touch(THUMB);
		expect((await touched).data).toEqual(Uint8Array.of(2));
		const lifted = reader.waitForLift(scan.signal);
		expect(clock.pending).toBe(0);
		reader.lift();
		await lifted;
		const again = reader.nextTouch(scan.signal);
		expect(clock.pending).toBe(0);
		await reader.touch(THUMB);
		await again;
		expect(synthesis.touches).toHaveLength(3);
	});

	it('does not touch automatically during the synthesis of a manual touch', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		const touched = reader.nextTouch(scan.signal);
		synthesis.hold();
		const touching = reader.touch(THUMB);
		clock.advance(TOUCH_DELAY_MS);
		synthesis.release();
		await touching;
		expect((await touched).data).toEqual(Uint8Array.of(2));
	});

	it('lifts the manual finger when the scan ends, and uses it for later automatic touches', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		const touched = reader.nextTouch(scan.signal);
		await reader.touch(THUMB);
		await touched;
		scan.abort();
		const next = reader.nextTouch(new AbortController().signal);
		clock.advance(TOUCH_DELAY_MS);
		await next;
		expect(synthesis.touches.at(-1)).toMatchObject({ person: 7, finger: 1, condition: 'good' });
	});

	it('returns the image of a finger placed before the scan, which stays until the scan ends', async () => {
		const { reader, clock, scan } = await openReader({ autoTouch: true });
		await reader.touch(THUMB);
		expect((await reader.nextTouch(scan.signal)).data).toEqual(Uint8Array.of(1));
		const lifted = reader.waitForLift(scan.signal);
		expect(clock.pending).toBe(0);
		scan.abort();
		await expect(lifted).rejects.toBe(scan.signal.reason);
		await expect(reader.waitForLift(new AbortController().signal)).resolves.toBeUndefined();
	});

	it('does not touch automatically in a scan that starts during the synthesis of a manual touch', async () => {
		const { reader, clock, synthesis, scan } = await openReader({ autoTouch: true });
		synthesis.hold();
		const touching = reader.touch(THUMB);
		const touched = reader.nextTouch(scan.signal);
		expect(clock.pending).toBe(0);
		synthesis.release();
		await touching;
		expect((await touched).data).toEqual(Uint8Array.of(1));
	});
});
