import type { GreyImage } from '../../../src/biometrics/worker-engine.ts';
import { FakeReader } from '../../../src/devices/testing/fake-driver.ts';
import { ServiceError } from '../../../src/protocol/errors.ts';

/** What a method does instead of its work. */
export interface Misbehaviour {
	readonly name: string;
	/** Typed as never returning, so that it can replace any method. */
	readonly act: () => never;
}

const unreadable = new Proxy(
	{},
	{
		get: () => {
			throw new Error('a getter fails');
		},
		ownKeys: () => {
			throw new Error('ownKeys fails');
		},
	},
);

const HUGE_MESSAGE = 'x'.repeat(10_000_000);

const THROWN: readonly (readonly [name: string, value: unknown])[] = [
	['an Error', new Error('simulated')],
	['a ServiceError', new ServiceError('DEVICE_TIMEOUT')],
	['an Error with a huge message', new Error(HUGE_MESSAGE)],
	['undefined', undefined],
	['null', null],
	['a text', 'simulated'],
	['a symbol', Symbol('simulated')],
	['an object without a prototype', Object.create(null)],
	['an object that cannot be read', unreadable],
];

/** Every way in which a method can fail to do what its port says. */
export const MISBEHAVIOURS: readonly Misbehaviour[] = [
	...THROWN.flatMap(([name, value]) => [
		{
			name: `throws ${name}`,
			act: () => {
				throw value;
			},
		},
		{ name: `rejects with ${name}`, act: () => Promise.reject(value) as never },
	]),
	{ name: 'never settles', act: () => new Promise(() => {}) as never },
	{ name: 'returns undefined', act: () => undefined as never },
	{ name: 'resolves with null', act: () => Promise.resolve(null) as never },
];

export type ReaderMethod = 'open' | 'close' | 'nextTouch' | 'waitForLift';
export const READER_METHODS: readonly ReaderMethod[] = ['open', 'close', 'nextTouch', 'waitForLift'];

/** A reader one of whose methods misbehaves at every call. The others work, and a finger touches and lifts at once. */
export class HostileReader extends FakeReader {
	constructor(method: ReaderMethod, { act }: Misbehaviour) {
		super({ serialNumber: 'HOSTILE' });
		this[method] = act;
	}

	override async nextTouch(): Promise<GreyImage> {
		return { width: 4, height: 4, dpi: 500, data: new Uint8Array(16) };
	}

	override async waitForLift(): Promise<void> {}
}
