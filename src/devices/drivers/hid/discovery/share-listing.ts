import { ServiceError } from '../../../../protocol/errors.ts';
import type { Clock } from '../../../../time/clock.ts';
import type { ListHidDevices } from './hid-device.ts';

/** Longest time to list the devices, ms; 1 to 80 is normal. */
const LIST_TIMEOUT_MS = 10_000;

/**
 * Wraps `list` so that only one call runs at a time, because each call that hangs blocks a thread of the process. Concurrent
 * callers share the result of the running call; each receives DEVICE_TIMEOUT after 10 s.
 */
export function shareListing(list: ListHidDevices, clock: Clock): ListHidDevices {
	let running: ReturnType<ListHidDevices> | undefined;
	return () =>
		new Promise((resolve, reject) => {
			const cancelTimeout = clock.after(LIST_TIMEOUT_MS, () => reject(listTimeout()));
			running ??= list().finally(() => {
				running = undefined;
			});
			running.then(resolve, reject).finally(cancelTimeout);
		});
}

function listTimeout(): ServiceError {
	return new ServiceError('DEVICE_TIMEOUT', {
		message: `The system did not list its HID devices within ${LIST_TIMEOUT_MS / 1_000} s: unplug them, then restart the computer`,
	});
}
