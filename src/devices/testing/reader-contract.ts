import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { ErrorName } from '../../protocol/errors.ts';
import type { Reader } from '../reader.ts';

/** A reader in a test's hands. Each way of handling it resolves once the reader has noticed. */
export interface ReaderFixture {
	/** Plugged in, not opened, no finger on it; touches and lifts only when told to. */
	readonly reader: Reader;
	/** Put a finger down. */
	touch(): Promise<void>;
	lift(): Promise<void>;
	unplug(): Promise<void>;
	/** Break it in a way that opening it again mends. @returns what calls reject with */
	fault(): Promise<ErrorName>;
}

/** The two calls that wait, and how to bring a rig to where they do. */
const WAITS: { call: 'nextTouch' | 'waitForLift'; prepare(rig: ReaderFixture): Promise<void> }[] = [
	{ call: 'nextTouch', prepare: async () => {} },
	{ call: 'waitForLift', prepare: (rig) => rig.touch() },
];

/** What every `Reader` must do, as tests: call it once, at the top level of that reader's test file. */
export function describeReaderContract(name: string, createRig: () => Promise<ReaderFixture>): void {
	const openRig = async (): Promise<ReaderFixture> => {
		const rig = await createRig();
		await rig.reader.open();
		return rig;
	};

	describe(`${name} as a Reader`, () => {
		describeTouches(openRig);
		describeAborts(openRig);
		describeFaults(openRig);
		describeClosing(createRig);
	});
}

function describeTouches(openRig: () => Promise<ReaderFixture>): void {
	it('waits for a finger and gives its picture', async () => {
		const { reader, touch } = await openRig();
		const touched = reader.nextTouch(new AbortController().signal);
		expect(await isPending(touched)).toBe(true);
		await touch();
		const picture = await touched;
		expect(picture.data).toHaveLength(picture.width * picture.height);
		expect(picture.dpi).toBeGreaterThan(0);
	});

	it('gives the picture of a finger that rests already', async () => {
		const { reader, touch } = await openRig();
		await touch();
		const { signal } = new AbortController();
		expect(await reader.nextTouch(signal)).toEqual(await reader.nextTouch(signal));
	});

	it('waits for the lift of a resting finger', async () => {
		const { reader, touch, lift } = await openRig();
		await touch();
		const lifted = reader.waitForLift(new AbortController().signal);
		expect(await isPending(lifted)).toBe(true);
		await lift();
		await lifted;
	});

	it('does not wait for a lift when no finger rests', async () => {
		const { reader } = await openRig();
		await expect(reader.waitForLift(new AbortController().signal)).resolves.toBeUndefined();
	});

	it('takes one finger three times in one scan', async () => {
		const { reader, touch, lift } = await openRig();
		const { signal } = new AbortController();
		for (let scan = 0; scan < 3; scan++) {
			const touched = reader.nextTouch(signal);
			await touch();
			await touched;
			const lifted = reader.waitForLift(signal);
			await lift();
			await lifted;
		}
	});
}

function describeAborts(openRig: () => Promise<ReaderFixture>): void {
	it.each(WAITS)('ends $call with the reason of the abort', async ({ call, prepare }) => {
		const rig = await openRig();
		await prepare(rig);
		const scan = new AbortController();
		const waiting = rig.reader[call](scan.signal);
		const reason = new Error('scan stopped');
		scan.abort(reason);
		await expect(waiting).rejects.toBe(reason);
		expect(getEventListeners(scan.signal, 'abort')).toHaveLength(0);
	});

	it.each(WAITS)('refuses $call with a signal that is aborted already', async ({ call, prepare }) => {
		const rig = await openRig();
		await prepare(rig);
		const reason = new Error('scan stopped');
		await expect(rig.reader[call](AbortSignal.abort(reason))).rejects.toBe(reason);
	});

	it('serves the next scan after an abort', async () => {
		const { reader, touch } = await openRig();
		const scan = new AbortController();
		const waiting = reader.nextTouch(scan.signal);
		scan.abort();
		const next = reader.nextTouch(new AbortController().signal);
		await expect(waiting).rejects.toThrow();
		await touch();
		await expect(next).resolves.toBeDefined();
	});
}

function describeFaults(openRig: () => Promise<ReaderFixture>): void {
	it.each(WAITS)('ends $call when unplugged, and refuses it from then on', async ({ call, prepare }) => {
		const rig = await openRig();
		await prepare(rig);
		const scan = new AbortController();
		const waiting = rig.reader[call](scan.signal);
		const ended = expect(waiting).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		await rig.unplug();
		await ended;
		await expect(rig.reader[call](scan.signal)).rejects.toMatchObject({ error: 'DEVICE_DISCONNECTED' });
		expect(getEventListeners(scan.signal, 'abort')).toHaveLength(0);
	});

	it('cannot be opened once unplugged', async () => {
		const { reader, unplug } = await openRig();
		await unplug();
		await reader.close();
		await expect(reader.open()).rejects.toMatchObject({ error: 'DEVICE_INIT_FAILED' });
	});

	it.each(WAITS)('ends $call on a fault and works again once reopened', async ({ call, prepare }) => {
		const rig = await openRig();
		await prepare(rig);
		const scan = new AbortController();
		const waiting = rig.reader[call](scan.signal).catch((error: unknown) => error);
		const error = await rig.fault();
		expect(await waiting).toMatchObject({ error });
		scan.abort();
		await rig.reader.close();
		await rig.reader.open();
		await rig.touch();
		await expect(rig.reader.nextTouch(new AbortController().signal)).resolves.toBeDefined();
	});
}

function describeClosing(createRig: () => Promise<ReaderFixture>): void {
	it.each<[string, (rig: ReaderFixture) => Promise<unknown>]>([
		['was never opened', async () => {}],
		['is open', (rig) => rig.reader.open()],
		['is unplugged', (rig) => rig.unplug()],
		['has failed', (rig) => rig.fault()],
	])('closes, twice, when it %s', async (_state, prepare) => {
		const rig = await createRig();
		await prepare(rig);
		await rig.reader.close();
		await expect(rig.reader.close()).resolves.toBeUndefined();
	});
}

async function isPending(promise: Promise<unknown>): Promise<boolean> {
	return Promise.race([promise.then(() => false), setImmediate(true)]);
}
