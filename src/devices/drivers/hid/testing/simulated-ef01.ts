import type { GreyImage } from '../../../../biometrics/worker-engine.ts';
import type { Clock } from '../../../../time/clock.ts';
import {
	BAUD_STEP,
	INSTRUCTIONS,
	NO_FINGER,
	OK,
	PACKET_ERROR,
	PACKET_SIZES,
	PARAMETERS,
	PRODUCT_INFO_BYTES,
	SYSTEM_PARAMETERS_BYTES,
} from '../ef01/commands.ts';
import { Ef01Decoder } from '../ef01/packet-decoder.ts';
import { encodePacket } from '../ef01/packets.ts';
import { type AnswerFault, noFault } from './ef01-faults.ts';
import { packImage } from './pack-image.ts';
import { SimulatedSender } from './simulated-sender.ts';

const NO_IMAGE = 0x15;
const NO_SUCH_SETTING = 0x1a;

export interface SimulatedEf01Options {
	readonly clock: Clock;
	/** Receives what the module sends. */
	readonly send: (bytes: Uint8Array) => void;
	/** Size of the sensor, pixels; default 256 x 288. */
	readonly sensor?: { readonly width: number; readonly height: number };
	/** Model for ReadProdInfo; default: undefined, because most modules do not support the command. */
	readonly model?: string;
	/** Whether it rejects SetSysPara; default false. */
	readonly hasFixedSettings?: boolean;
	/** Whether sending takes as long as at its baud rate; default false: no time. */
	readonly isPaced?: boolean;
}

/** A command by the name in the manuals. */
export type Instruction = keyof typeof INSTRUCTIONS | 'unknown';

/** Simulates a module with the EF01 protocol and any 8-bit image on its sensor. */
export class SimulatedEf01 {
	/** Every complete command that arrived, in order. */
	readonly commands: Instruction[] = [];
	/** Baud rate; the module receives nothing at another rate. */
	baud = 57_600;
	packetSizeBytes: (typeof PACKET_SIZES)[number] = 128;
	isLit = false;
	private readonly options: SimulatedEf01Options;
	private readonly decoder = new Ef01Decoder();
	private readonly faults = new Map<Instruction | 'any', { fault: AnswerFault; times: number }>();
	private readonly sender: SimulatedSender;
	private finger: GreyImage | undefined;
	/** Image in its memory, two pixels per byte. */
	private packed: Uint8Array | undefined;

	constructor(options: SimulatedEf01Options) {
		this.options = options;
		this.sender = new SimulatedSender(options.clock, options.send);
	}

	/** Places a finger on the sensor, which captures the centre of `image`. */
	placeFinger(image: GreyImage): void {
		this.finger = image;
	}

	liftFinger(): void {
		this.finger = undefined;
	}

	/** Applies a fault to the next `times` answers to a command (or to any command). */
	injectFault(instruction: Instruction | 'any', fault: AnswerFault, times = Number.POSITIVE_INFINITY): void {
		this.faults.set(instruction, { fault, times });
	}

	/** Removes all faults and stops sending. */
	clearFaults(): void {
		this.faults.clear();
		this.stop();
	}

	/** Stops sending, as after a power cut. */
	stop(): void {
		this.sender.stop();
	}

	/** Receives bytes from the line. @param baud of the line; default: the module's */
	receive(bytes: Uint8Array, baud = this.baud): void {
		if (baud !== this.baud) return;
		for (const event of this.decoder.push(bytes)) {
			if (event.kind === 'packet' && event.packet.type === 'command') this.execute(event.packet.payload);
		}
	}

	private execute(command: Uint8Array): void {
		const name = nameOf(command[0]);
		this.commands.push(name);
		const packets = this.answer(name, command);
		this.sender.run(this.faultFor(name)(packets), this.options.isPaced ? this.baud : undefined);
		if (name === 'SetSysPara' && !this.options.hasFixedSettings) this.applySetting(command);
	}

	private faultFor(name: Instruction): AnswerFault {
		const key = this.faults.has(name) ? name : 'any';
		const entry = this.faults.get(key);
		if (!entry) return noFault;
		entry.times--;
		if (entry.times <= 0) this.faults.delete(key);
		return entry.fault;
	}

	private answer(name: Instruction, command: Uint8Array): Uint8Array[] {
		switch (name) {
			case 'VfyPwd':
				return acknowledge(OK);
			case 'SetSysPara':
				return acknowledge(this.options.hasFixedSettings || !isSetting(command) ? NO_SUCH_SETTING : OK);
			case 'GenImg':
				this.packed = this.finger && packImage(this.finger, this.sensor);
				return acknowledge(this.finger ? OK : NO_FINGER);
			case 'UpImage':
				return this.packed ? [...acknowledge(OK), ...this.dataPackets(this.packed)] : acknowledge(NO_IMAGE);
			case 'ReadSysPara':
				return acknowledge(OK, this.systemParameters());
			case 'ReadProdInfo':
				return this.options.model === undefined ? acknowledge(PACKET_ERROR) : acknowledge(OK, this.productInfo());
			case 'LedOn':
			case 'LedOff':
			case 'AuraLedConfig':
				this.isLit = name === 'LedOn' || (name === 'AuraLedConfig' && command[1] === 1);
				return acknowledge(OK);
			default:
				return acknowledge(PACKET_ERROR);
		}
	}

	private applySetting([, number, value = 0]: Uint8Array): void {
		if (number === PARAMETERS.baud) this.baud = value * BAUD_STEP;
		if (number === PARAMETERS.packetSize) this.packetSizeBytes = PACKET_SIZES[value] ?? this.packetSizeBytes;
	}

	private get sensor() {
		return this.options.sensor ?? { width: 256, height: 288 };
	}

	private dataPackets(data: Uint8Array): Uint8Array[] {
		const count = Math.ceil(data.length / this.packetSizeBytes);
		return Array.from({ length: count }, (_, i) => {
			const payload = data.subarray(i * this.packetSizeBytes, (i + 1) * this.packetSizeBytes);
			return encodePacket({ type: i === count - 1 ? 'last-data' : 'data', payload });
		});
	}

	private systemParameters(): Uint8Array {
		const data = new Uint8Array(SYSTEM_PARAMETERS_BYTES).fill(0xff, 8, 12);
		const view = new DataView(data.buffer);
		view.setUint16(12, PACKET_SIZES.indexOf(this.packetSizeBytes));
		view.setUint16(14, this.baud / BAUD_STEP);
		return data;
	}

	private productInfo(): Uint8Array {
		const data = new Uint8Array(PRODUCT_INFO_BYTES);
		data.set(new TextEncoder().encode(this.options.model));
		data.set([1, 2], 28);
		const view = new DataView(data.buffer);
		view.setUint16(38, this.sensor.width);
		view.setUint16(40, this.sensor.height);
		return data;
	}
}

function acknowledge(code: number, data: Uint8Array = new Uint8Array()): Uint8Array[] {
	return [encodePacket({ type: 'acknowledgement', payload: Uint8Array.of(code, ...data) })];
}

function isSetting([, number]: Uint8Array): boolean {
	return number === PARAMETERS.baud || number === PARAMETERS.packetSize;
}

function nameOf(code: number | undefined): Instruction {
	const names = Object.keys(INSTRUCTIONS) as (keyof typeof INSTRUCTIONS)[];
	return names.find((name) => INSTRUCTIONS[name] === code) ?? 'unknown';
}
