import type { ServiceState } from '../../src/operator/contract.ts';
import { useOperatorStore, useText } from '../window-context.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Readonly<Record<ServiceState['phase'], Tone>> = {
	stopped: 'neutral',
	starting: 'active',
	running: 'good',
	stopping: 'active',
	failed: 'bad',
};

/** The state of the service, or "Not connected" while the connection is lost, because the last known state may be outdated. */
export function ServiceBadge({ phase }: { readonly phase: ServiceState['phase'] }) {
	const { shell } = useText();
	if (useOperatorStore().link.value.phase !== 'connected') return <Badge tone="bad">{shell.notConnected}</Badge>;
	return <Badge tone={TONES[phase]}>{shell.phases[phase]}</Badge>;
}
