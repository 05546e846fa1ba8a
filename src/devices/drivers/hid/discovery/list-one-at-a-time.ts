import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { ListHidDevices } from './hid-device.ts';

/** How long the system may take to list its devices, ms; usual is 1 to 80. */
const LIST_LIMIT_MS = 10_000;

/**
 * Keeps to one call of `list` at a time: a call that hangs holds a thread of the process, and another would take the next.
 * Whoever asks meanwhile gets the answer of the call under way, or DEVICE_TIMEOUT.
 */
export function listOneAtATime(list: ListHidDevices, clock: Clock): ListHidDevices {
	let underWay: ReturnType<ListHidDevices> | undefined;
	return () =>
		new Promise((resolve, reject) => {
			const cancelLimit = clock.after(LIST_LIMIT_MS, () => reject(tookTooLong()));
			underWay ??= list().finally(() => {
				underWay = undefined;
			});
			underWay.then(resolve, reject).finally(cancelLimit);
		});
}

function tookTooLong(): ServiceError {
	return new ServiceError('DEVICE_TIMEOUT', {
		message: `The system has not listed its HID devices within ${LIST_LIMIT_MS / 1_000} s: unplug them, then restart the computer`,
	});
}
