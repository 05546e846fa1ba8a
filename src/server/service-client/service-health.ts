import * as z from 'zod';
import { SERVICE_STATUSES } from '../../protocol/server-messages.ts';
import { serviceAddress } from '../http/service-address.ts';
import { getFromService } from './get-from-service.ts';

/** Distinguishes `/health` of a fingerprint service from that of another program. */
const healthSchema = z.object({ status: z.enum(SERVICE_STATUSES) });

/** Returns whether a fingerprint service answers at this address, in any state. */
export async function isServiceRunning(server: { readonly host: string; readonly port: number }): Promise<boolean> {
	try {
		const { body } = await getFromService(serviceAddress(server), '/health');
		return healthSchema.safeParse(JSON.parse(body)).success;
	} catch {
		// No program answers, or a different one; listening on the port reports which.
		return false;
	}
}
