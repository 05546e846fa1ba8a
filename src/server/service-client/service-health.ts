import * as z from 'zod';
import { SERVICE_STATUSES } from '../../protocol/server-messages.ts';
import { serviceAddress } from '../http/service-address.ts';

/** What tells our `/health` from that of another program. */
const healthSchema = z.object({ status: z.enum(SERVICE_STATUSES) });

/** How long a service may take to answer, ms. */
const PATIENCE_MS = 2_000;

/** Whether a fingerprint service answers there, in whatever state; false for another program and for nobody. */
export async function isServiceRunning(server: { readonly host: string; readonly port: number }): Promise<boolean> {
	try {
		const response = await fetch(`http://${serviceAddress(server)}/health`, {
			signal: AbortSignal.timeout(PATIENCE_MS),
		});
		return healthSchema.safeParse(await response.json()).success;
	} catch {
		// Nobody answers, or somebody else: whether the port can be had is what listening tells.
		return false;
	}
}
