import { describe, expect, it } from 'vitest';
import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import { FakeClock } from '../../../../time/testing/fake-clock.ts';
import { COMMANDS } from '../ef01/commands.ts';
import { type DecoderEvent, Ef01Decoder } from '../ef01/packet-decoder.ts';
import { encodePacket } from '../ef01/packets.ts';
import { endlessBytes, noAnswer, splitEvery } from './ef01-faults.ts';
import { SimulatedEf01, type SimulatedEf01Options } from './simulated-ef01.ts';

const SENSOR = { width: 8, height: 8 };

function createSimulation(options: Partial<SimulatedEf01Options> = {}) {
	const clock = new FakeClock();
	const pieces: Uint8Array[] = [];
	const module = new SimulatedEf01({ sensor: SENSOR, ...options, clock, send: (bytes) => pieces.push(bytes) });
	/** Sends a command. @returns the payloads of the answer, in hexadecimal */
	const request = (command: Uint8Array, baud?: number): string[] => {
		pieces.length = 0;
		module.receive(encodePacket({ type: 'command', payload: command }), baud);
		return payloadsIn(pieces);
	};
	return { clock, module, pieces, request };
}

function payloadsIn(pieces: Uint8Array[]): string[] {
	const decoder = new Ef01Decoder();
	const payloadOf = (event: DecoderEvent) =>
		event.kind === 'packet' ? Buffer.from(event.packet.payload).toString('hex') : event.fault;
	return pieces.flatMap((piece) => decoder.push(piece)).map(payloadOf);
}

function image(width: number, height: number, levelAt: (x: number, y: number) => number): GreyImage {
	const data = Uint8Array.from({ length: width * height }, (_, i) => levelAt(i % width, Math.floor(i / width)));
	return { width, height, dpi: 500, data };
}

describe('Ef01Simulator', () => {
	it('captures a finger while one rests on the sensor', () => {
		const { module, request } = createSimulation();
		expect(request(COMMANDS.captureImage)).toEqual(['02']);
		module.placeFinger(image(8, 8, () => 0));
		expect(request(COMMANDS.captureImage)).toEqual(['00']);
		module.liftFinger();
		expect(request(COMMANDS.captureImage)).toEqual(['02']);
		expect(module.commands).toEqual(['GenImg', 'GenImg', 'GenImg']);
	});

	it('sends the centre of a larger image, two pixels per byte, in packets of its packet size', () => {
		const { module, request } = createSimulation();
		module.packetSizeBytes = 32;
		module.placeFinger(image(12, 10, (x, y) => (x === 2 && y === 1 ? 0xa5 : 0x30)));
		request(COMMANDS.captureImage);
		expect(request(COMMANDS.uploadImage)).toEqual(['00', `a3${'33'.repeat(31)}`]);
	});

	it('pads a smaller image with white', () => {
		const { module, request } = createSimulation();
		module.placeFinger(image(6, 8, () => 0));
		request(COMMANDS.captureImage);
		expect(request(COMMANDS.uploadImage)).toEqual(['00', 'f000000f'.repeat(8)]);
	});

	it('has no image before the first capture', () => {
		expect(createSimulation().request(COMMANDS.uploadImage)).toEqual(['15']);
	});

	it('reports its settings, and changes them after the acknowledgement', () => {
		const { module, request } = createSimulation();
		expect(request(COMMANDS.readSystemParameters)).toEqual(['000000000000000000ffffffff00020006']);
		expect(request(COMMANDS.setSystemParameter(4, 12))).toEqual(['00']);
		expect(request(COMMANDS.setSystemParameter(6, 3))).toEqual(['00']);
		expect([module.baud, module.packetSizeBytes]).toEqual([115_200, 256]);
	});

	it('receives nothing at another baud rate', () => {
		expect(createSimulation().request(COMMANDS.captureImage, 9_600)).toEqual([]);
	});

	it('reports product information only when it has a model', () => {
		expect(createSimulation().request(COMMANDS.readProductInfo)).toEqual(['01']);
		const [info = ''] = createSimulation({ model: 'R503' }).request(COMMANDS.readProductInfo);
		expect(info).toHaveLength(2 * 47);
		expect(info.slice(0, 10)).toBe('0052353033');
	});

	it('sends with the speed of its baud rate when isPaced is set', () => {
		const { clock, pieces, request } = createSimulation({ isPaced: true });
		request(COMMANDS.captureImage);
		clock.advance(2);
		expect(pieces).toHaveLength(0);
		clock.advance(1);
		expect(pieces).toHaveLength(1);
	});

	it('applies a fault to the given number of answers only', () => {
		const { module, request, pieces } = createSimulation();
		module.injectFault('GenImg', noAnswer, 1);
		expect([request(COMMANDS.captureImage), request(COMMANDS.captureImage)]).toEqual([[], ['02']]);
		module.injectFault('any', splitEvery(5));
		expect(request(COMMANDS.captureImage)).toEqual(['02']);
		expect(pieces.map((piece) => piece.length)).toEqual([5, 5, 2]);
	});

	it('sends endlessly until faults are cleared', () => {
		const { clock, module, pieces, request } = createSimulation();
		module.injectFault('any', endlessBytes(Uint8Array.of(0xef)));
		request(COMMANDS.captureImage);
		clock.advance(100);
		expect(pieces).toHaveLength(101);
		module.clearFaults();
		expect(clock.pending).toBe(0);
		expect(request(COMMANDS.captureImage)).toEqual(['02']);
	});
});
