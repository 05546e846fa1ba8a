import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import { repeat } from '../../../../time/repeat.ts';
import { loadKoffi } from '../library/load-koffi.ts';
import { ZKTECO_VENDOR_ID } from '../zkteco-products.ts';
import type { UsbDevice, UsbPresence } from './usb-presence.ts';

export interface WindowsUsbPresenceOptions {
	readonly clock: Clock;
	/** The system's library that lists devices; default cfgmgr32.dll. */
	readonly library?: string;
}

const POLL_INTERVAL_MS = 1_000;

/** CM_GETIDLIST_FILTER_ENUMERATOR | CM_GETIDLIST_FILTER_PRESENT: devices of the named enumerator that are plugged in now. */
const PRESENT_OF_ENUMERATOR = 0x101;
const CR_SUCCESS = 0;
const CR_BUFFER_SMALL = 0x1a;

type DeviceIdList = () => string;

/**
 * Lists the instance ids of plugged-in devices, such as `USB\VID_1B55&PID_0120\5&2C1D&0&3`, with the Configuration Manager.
 * The part after the last backslash is the serial number or, for a device without one, its port; in both cases a replug
 * between two calls of `list` is not noticed.
 *
 * Not verified on Windows: written from the manual, and tested with a simulated library that has the same two functions.
 *
 * @see CM_Get_Device_ID_ListW, cfgmgr32.h, Windows driver documentation
 */
export class WindowsUsbPresence implements UsbPresence {
	private readonly clock: Clock;
	private readonly library: string;
	private deviceIds: Promise<DeviceIdList> | undefined;

	constructor({ clock, library = 'cfgmgr32.dll' }: WindowsUsbPresenceOptions) {
		this.clock = clock;
		this.library = library;
	}

	async list(): Promise<readonly UsbDevice[]> {
		this.deviceIds ??= bindDeviceIdList(this.library);
		const ids = (await this.deviceIds)().split('\0');
		return ids.map(parseInstanceId).filter((device) => device !== undefined);
	}

	watch(onHint: () => void): () => void {
		return repeat(this.clock, POLL_INTERVAL_MS, onHint);
	}
}

/** Parses an instance id. @returns undefined for a device of another vendor, and for an interface of a device (`&MI_00`) */
function parseInstanceId(id: string): UsbDevice | undefined {
	const [, vendor = '', product = ''] = /^USB\\VID_([0-9A-F]{4})&PID_([0-9A-F]{4})\\/i.exec(id) ?? [];
	if (Number.parseInt(vendor, 16) !== ZKTECO_VENDOR_ID) return undefined;
	return { address: id, productId: Number.parseInt(product, 16) };
}

async function bindDeviceIdList(file: string): Promise<DeviceIdList> {
	const library = (await loadKoffi()).load(file);
	const getSize: (length: [number], filter: string, flags: number) => number = library.func(
		'__stdcall',
		'CM_Get_Device_ID_List_SizeW',
		'uint32_t',
		['_Out_ uint32_t *', 'str16', 'uint32_t'],
	);
	const getList: (filter: string, buffer: Uint16Array, length: number, flags: number) => number = library.func(
		'__stdcall',
		'CM_Get_Device_ID_ListW',
		'uint32_t',
		['str16', '_Out_ uint16_t *', 'uint32_t', 'uint32_t'],
	);
	return () => {
		// A device that is plugged in between the two calls makes the buffer too small.
		for (let attempt = 0; attempt < 3; attempt++) {
			const length: [number] = [0];
			check('CM_Get_Device_ID_List_SizeW', getSize(length, 'USB', PRESENT_OF_ENUMERATOR));
			const buffer = new Uint16Array(length[0]);
			const result = getList('USB', buffer, buffer.length, PRESENT_OF_ENUMERATOR);
			if (result === CR_BUFFER_SMALL) continue;
			check('CM_Get_Device_ID_ListW', result);
			return Buffer.from(buffer.buffer).toString('utf16le');
		}
		return '';
	};
}

function check(call: string, result: number): void {
	if (result === CR_SUCCESS) return;
	throw new ServiceError('DEVICE_INIT_FAILED', { message: `${call} returned ${result}`, details: { call, result } });
}
