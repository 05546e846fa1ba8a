import * as z from 'zod';
import { SERVICE_STATUSES } from '../../protocol/server-messages.ts';
import { serviceAddress } from '../http/service-address.ts';

/** Distinguishes `/health` of a fingerprint service from that of another program. */
const healthSchema = z.object({ status: z.enum(SERVICE_STATUSES) });

/** Time for a service to answer, ms. */
const HEALTH_TIMEOUT_MS = 2_000;

/** Returns whether a fingerprint service answers at this address, in any state. */
export async function isServiceRunning(server: { readonly host: string; readonly port: number }): Promise<boolean> {
	try {
		const response = await fetch(`http://${serviceAddress(server)}/health`, {
			signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS),
		});
		return healthSchema.safeParse(await response.json()).success;
	} catch {
		// No program answers, or a different one; listening on the port reports which.
		return false;
	}
}
