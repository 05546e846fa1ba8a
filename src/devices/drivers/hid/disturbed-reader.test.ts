import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../biometrics/images/grey-image.ts';
import { encodePacket } from './ef01/packets.ts';
import {
	corrupted,
	cutAfter,
	type Disturbance,
	delayed,
	endless,
	falseLength,
	followedByReplyToNothing,
	merged,
	refused,
	silence,
	torn,
	undisturbed,
	without,
	wrongAddress,
	wrongChecksum,
} from './testing/ef01-disturbances.ts';
import { SimulatedReader } from './testing/simulated-reader.ts';

const SIZE = { width: 64, height: 64, dpi: 500 };
const PICTURE: GreyImage = { ...SIZE, data: Uint8Array.from({ length: 64 * 64 }, (_, i) => (i % 16) * 17) };
/** The longest time-out of a scan, ms. */
const SCAN_TIMEOUT_MS = 120_000;

const HARMLESS: [name: string, disturbance: Disturbance][] = [
	['torn into single bytes', torn(1)],
	['torn every 7 bytes', torn(7)],
	['merged', merged],
	['delayed by 300 ms', delayed(300)],
];

const DAMAGE: [name: string, disturbance: Disturbance][] = [
	['corrupted', corrupted],
	['with wrong sums', wrongChecksum],
	['from a wrong address', wrongAddress],
	['behind a length of 0', falseLength(0)],
	['behind a length of 65535', falseLength(65_535)],
	['behind the start of a packet that never comes', falseLength(258)],
	['followed by a reply to nothing', followedByReplyToNothing],
	['cut short', cutAfter(1)],
	['with a packet missing', without(1)],
	['that cannot be sent', refused(0x0f)],
	['that never come', silence],
	['late by more than the time-out', delayed(2_000)],
];

const HOSTILE: [name: string, disturbance: Disturbance][] = [
	...DAMAGE,
	['zeros without end', endless(new Uint8Array(60))],
	['headers without end', endless(Uint8Array.of(0xef, 0x01))],
	['acknowledgements without end', endless(encodePacket({ type: 'acknowledgement', payload: Uint8Array.of(0) }))],
	['data without end', endless(encodePacket({ type: 'data', payload: new Uint8Array(256) }))],
	['empty data without end', endless(encodePacket({ type: 'data', payload: new Uint8Array() }))],
	['nothing but unknown codes', refused(0x77)],
];

async function openReader() {
	const rig = new SimulatedReader({ model: 'R503', sensor: SIZE });
	await rig.until(rig.reader.open());
	rig.module.putDown(PICTURE);
	return { rig, scan: new AbortController() };
}

describe('HidReader with a disturbed line', () => {
	it.each(HARMLESS)('works as ever with answers %s', async (_name, disturbance) => {
		const { rig, scan } = await openReader();
		rig.module.disturb('any', disturbance);
		expect(await rig.until(rig.reader.nextTouch(scan.signal))).toEqual(PICTURE);
		expect(rig.module.commands.filter((name) => name === 'UpImage')).toHaveLength(1);
		expect(rig.clock.pending).toBe(0);
	});

	it.each(DAMAGE)('fetches again a picture %s', async (_name, disturbance) => {
		const { rig, scan } = await openReader();
		rig.module.disturb('UpImage', disturbance, 1);
		expect(await rig.until(rig.reader.nextTouch(scan.signal))).toEqual(PICTURE);
		expect([rig.module.baud, rig.module.packetSizeBytes]).toEqual([57_600, 128]);
		expect(rig.failures).toEqual([]);
		rig.module.stop();
		expect(rig.clock.pending).toBe(0);
	});

	it.each(DAMAGE)('asks again when an answer is one %s', async (_name, disturbance) => {
		const { rig, scan } = await openReader();
		rig.module.disturb('any', disturbance, 1);
		expect(await rig.until(rig.reader.nextTouch(scan.signal))).toEqual(PICTURE);
		expect(rig.failures).toEqual([]);
	});

	it.each(HOSTILE)('ends a scan within its time-out when every answer is: %s', async (_name, disturbance) => {
		const { rig, scan } = await openReader();
		rig.module.disturb('any', disturbance);
		const start = rig.clock.now();
		const outcome = await rig.until(rig.reader.nextTouch(scan.signal)).catch((error: unknown) => error);
		expect(rig.clock.now() - start).toBeLessThan(SCAN_TIMEOUT_MS / 4);
		if (outcome instanceof Error) expect(rig.failures).toEqual([outcome]);
		else expect(outcome).toEqual(PICTURE);
	});

	it.each(HOSTILE)(
		'lets go at once when aborted, and can be closed, when every answer is: %s',
		async (_n, disturbance) => {
			const { rig, scan } = await openReader();
			rig.module.disturb('any', disturbance);
			const touched = rig.reader.nextTouch(scan.signal).catch((error: unknown) => error);
			await rig.pass(400);
			scan.abort();
			await touched;
			await rig.until(rig.reader.close());
			rig.module.stop();
			expect(rig.port?.closeCalls).toBe(1);
			expect(rig.clock.pending).toBe(0);
		},
	);

	it.each(HOSTILE)('ends an opening when every answer is: %s', async (_name, disturbance) => {
		const rig = new SimulatedReader();
		rig.module.disturb('any', disturbance);
		await rig.until(rig.reader.open()).catch(() => {});
		await rig.until(rig.reader.close());
		rig.module.stop();
		expect(rig.port?.closeCalls).toBe(1);
		expect(rig.clock.pending).toBe(0);
	});

	it('gives the right picture or none, whatever noise comes before each answer', async () => {
		const noise = fc.array(fc.oneof(fc.constantFrom(0xef, 0x01, 0xff, 0x07, 0x00), fc.nat(255)), { maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(noise, async (bytes) => {
				const { rig, scan } = await openReader();
				rig.module.disturb('any', (packets) => [{ send: Uint8Array.from(bytes) }, ...undisturbed(packets)], 5);
				const outcome = await rig.until(rig.reader.nextTouch(scan.signal)).catch(() => PICTURE);
				expect(outcome).toEqual(PICTURE);
			}),
			{ numRuns: 30 },
		);
	});
});
