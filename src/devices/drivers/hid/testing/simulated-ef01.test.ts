import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../../biometrics/images/grey-image.ts';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { COMMANDS } from '../ef01/commands.ts';
import { type DecoderEvent, Ef01Decoder } from '../ef01/packet-decoder.ts';
import { encodePacket } from '../ef01/packets.ts';
import { endless, silence, torn } from './ef01-disturbances.ts';
import { Ef01Simulator, type Ef01SimulatorOptions } from './simulated-ef01.ts';

const SENSOR = { width: 8, height: 8 };

function createModule(options: Partial<Ef01SimulatorOptions> = {}) {
	const clock = new FakeClock();
	const pieces: Uint8Array[] = [];
	const module = new Ef01Simulator({ sensor: SENSOR, ...options, clock, send: (bytes) => pieces.push(bytes) });
	/** What it answers, as payloads in hexadecimal. */
	const ask = (command: Uint8Array, baud?: number): string[] => {
		pieces.length = 0;
		module.receive(encodePacket({ type: 'command', payload: command }), baud);
		return payloadsIn(pieces);
	};
	return { clock, module, pieces, ask };
}

function payloadsIn(pieces: Uint8Array[]): string[] {
	const decoder = new Ef01Decoder();
	const payloadOf = (event: DecoderEvent) =>
		event.kind === 'packet' ? Buffer.from(event.packet.payload).toString('hex') : event.fault;
	return pieces.flatMap((piece) => decoder.push(piece)).map(payloadOf);
}

function picture(width: number, height: number, levelAt: (x: number, y: number) => number): GreyImage {
	const data = Uint8Array.from({ length: width * height }, (_, i) => levelAt(i % width, Math.floor(i / width)));
	return { width, height, dpi: 500, data };
}

describe('Ef01Simulator', () => {
	it('sees a finger while one rests', () => {
		const { module, ask } = createModule();
		expect(ask(COMMANDS.captureImage)).toEqual(['02']);
		module.putDown(picture(8, 8, () => 0));
		expect(ask(COMMANDS.captureImage)).toEqual(['00']);
		module.lift();
		expect(ask(COMMANDS.captureImage)).toEqual(['02']);
		expect(module.commands).toEqual(['GenImg', 'GenImg', 'GenImg']);
	});

	it('sends the middle of a larger picture, two pixels a byte, in packets of its size', () => {
		const { module, ask } = createModule();
		module.packetSizeBytes = 32;
		module.putDown(picture(12, 10, (x, y) => (x === 2 && y === 1 ? 0xa5 : 0x30)));
		ask(COMMANDS.captureImage);
		expect(ask(COMMANDS.uploadImage)).toEqual(['00', `a3${'33'.repeat(31)}`]);
	});

	it('fills up a smaller picture with white', () => {
		const { module, ask } = createModule();
		module.putDown(picture(6, 8, () => 0));
		ask(COMMANDS.captureImage);
		expect(ask(COMMANDS.uploadImage)).toEqual(['00', 'f000000f'.repeat(8)]);
	});

	it('has no picture before it has seen a finger', () => {
		expect(createModule().ask(COMMANDS.uploadImage)).toEqual(['15']);
	});

	it('says how it is set, and changes it after it has said yes', () => {
		const { module, ask } = createModule();
		expect(ask(COMMANDS.readSystemParameters)).toEqual(['000000000000000000ffffffff00020006']);
		expect(ask(COMMANDS.setSystemParameter(4, 12))).toEqual(['00']);
		expect(ask(COMMANDS.setSystemParameter(6, 3))).toEqual(['00']);
		expect([module.baud, module.packetSizeBytes]).toEqual([115_200, 256]);
	});

	it('hears nothing at another speed than its own', () => {
		expect(createModule().ask(COMMANDS.captureImage, 9_600)).toEqual([]);
	});

	it('says what it is only if it is a model that can', () => {
		expect(createModule().ask(COMMANDS.readProductInfo)).toEqual(['01']);
		const [info = ''] = createModule({ model: 'R503' }).ask(COMMANDS.readProductInfo);
		expect(info).toHaveLength(2 * 47);
		expect(info.slice(0, 10)).toBe('0052353033');
	});

	it('takes the time that its speed needs, when told to', () => {
		const { clock, pieces, ask } = createModule({ isPaced: true });
		ask(COMMANDS.captureImage);
		clock.advance(2);
		expect(pieces).toHaveLength(0);
		clock.advance(1);
		expect(pieces).toHaveLength(1);
	});

	it('disturbs as many answers as it is told, and only those', () => {
		const { module, ask, pieces } = createModule();
		module.disturb('GenImg', silence, 1);
		expect([ask(COMMANDS.captureImage), ask(COMMANDS.captureImage)]).toEqual([[], ['02']]);
		module.disturb('any', torn(5));
		expect(ask(COMMANDS.captureImage)).toEqual(['02']);
		expect(pieces.map((piece) => piece.length)).toEqual([5, 5, 2]);
	});

	it('sends without end until it is mended', () => {
		const { clock, module, pieces, ask } = createModule();
		module.disturb('any', endless(Uint8Array.of(0xef)));
		ask(COMMANDS.captureImage);
		clock.advance(100);
		expect(pieces).toHaveLength(101);
		module.mend();
		expect(clock.pending).toBe(0);
		expect(ask(COMMANDS.captureImage)).toEqual(['02']);
	});
});
