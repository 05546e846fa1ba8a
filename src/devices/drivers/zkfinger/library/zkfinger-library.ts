import { reasonOf } from '../../../../config/system-error.ts';
import { ServiceError } from '../../../../protocol/errors.ts';
import type { Koffi } from './load-koffi.ts';

/** What the library calls a HANDLE: an address, 8 bytes on 64-bit systems. */
export type ZkFingerHandle = bigint;

/**
 * The entry points of the vendor's library that the service uses, as they are: each returns the raw code, see
 * zkfinger-codes.ts, and blocks until the reader has answered. Not safe to call from two threads.
 *
 * @see ZKFinger SDK C API v2.0, September 2016; libzkfp.h
 */
export interface ZkFingerLibrary {
	init(): number;
	/** Invalidates every handle. */
	terminate(): number;
	/** How many readers there were at `init`, or a negative code. */
	deviceCount(): number;
	/** @param index from 0. @returns undefined when it cannot be opened; the library does not say why */
	openDevice(index: number): ZkFingerHandle | undefined;
	closeDevice(handle: ZkFingerHandle): number;
	/** @param value filled from its start. @returns also how many bytes the parameter has, never more than fit */
	getParameter(handle: ZkFingerHandle, parameter: number, value: Uint8Array): { code: number; length: number };
	/** Set a parameter that is a whole number of 32 bits. */
	setParameter(handle: ZkFingerHandle, parameter: number, value: number): number;
	/** @param picture width times height bytes; untouched unless the code is 0 */
	acquireImage(handle: ZkFingerHandle, picture: Uint8Array): number;
}

/** Which file the system is asked for when no path is set. */
function systemLibraryName(platform: NodeJS.Platform = process.platform): string {
	return platform === 'win32' ? 'libzkfp.dll' : 'libzkfp.so';
}

/**
 * Load the vendor's library and bind its entry points with the platform's calling convention: stdcall, which makes a
 * difference on 32-bit Windows alone.
 *
 * @param path of the library; without one the system's own is looked for
 * @throws ServiceError DEVICE_INIT_FAILED with reason and remedy when it cannot be loaded or is another library
 */
export function loadZkFingerLibrary(koffi: Koffi, path: string | undefined): ZkFingerLibrary {
	const file = path ?? systemLibraryName();
	const library = load(koffi, file);
	const bind = (name: string, result: string, parameters: string[]) => {
		try {
			return library.func('__stdcall', name, result, parameters);
		} catch (cause) {
			throw wrongLibrary(file, name, isNewerSdk(library), cause);
		}
	};
	const init: () => number = bind('ZKFPM_Init', 'int', []);
	const terminate: () => number = bind('ZKFPM_Terminate', 'int', []);
	const deviceCount: () => number = bind('ZKFPM_GetDeviceCount', 'int', []);
	const openDevice: (index: number) => bigint | null = bind('ZKFPM_OpenDevice', 'void *', ['int']);
	const closeDevice: (handle: bigint) => number = bind('ZKFPM_CloseDevice', 'int', ['void *']);
	const getParameters: (handle: bigint, parameter: number, value: Uint8Array, size: [number]) => number = bind(
		'ZKFPM_GetParameters',
		'int',
		['void *', 'int', '_Out_ uint8_t *', '_Inout_ uint32_t *'],
	);
	const setParameters: (handle: bigint, parameter: number, value: Uint8Array, size: number) => number = bind(
		'ZKFPM_SetParameters',
		'int',
		['void *', 'int', 'uint8_t *', 'uint32_t'],
	);
	const acquireImage: (handle: bigint, picture: Uint8Array, size: number) => number = bind(
		'ZKFPM_AcquireFingerprintImage',
		'int',
		['void *', '_Out_ uint8_t *', 'uint32_t'],
	);
	return {
		init,
		terminate,
		deviceCount,
		openDevice: (index) => openDevice(index) || undefined,
		closeDevice,
		getParameter: (handle, parameter, value) => {
			// Its capacity before the call, the length of the parameter after it.
			const size: [number] = [value.length];
			const code = getParameters(handle, parameter, value, size);
			return { code, length: Math.min(size[0], value.length) };
		},
		setParameter: (handle, parameter, value) => setParameters(handle, parameter, littleEndian(value), 4),
		acquireImage: (handle, picture) => acquireImage(handle, picture, picture.length),
	};
}

function load(koffi: Koffi, file: string): ReturnType<Koffi['load']> {
	try {
		return koffi.load(file);
	} catch (cause) {
		const message = `The ZKFinger library ${file} cannot be loaded (${reasonOf(cause)}): install the ZKFinger SDK for ${process.platform} ${process.arch}, or set zkfinger.libraryPath`;
		throw new ServiceError('DEVICE_INIT_FAILED', { message, details: { library: file }, cause });
	}
}

/** Newer editions for Linux have other entry points: `sensorOpen` and so on. */
function isNewerSdk(library: ReturnType<Koffi['load']>): boolean {
	try {
		library.symbol('sensorOpen');
		return true;
	} catch {
		return false;
	}
}

function wrongLibrary(file: string, name: string, isNewer: boolean, cause: unknown): ServiceError {
	const kind = isNewer ? 'is of another generation of the SDK' : 'is no ZKFinger library';
	const message = `${file} ${kind}, it lacks ${name}: install the ZKFinger SDK 5 with libzkfp`;
	return new ServiceError('DEVICE_INIT_FAILED', { message, details: { library: file }, cause });
}

function littleEndian(value: number): Uint8Array {
	const bytes = new Uint8Array(4);
	new DataView(bytes.buffer).setInt32(0, value, true);
	return bytes;
}
