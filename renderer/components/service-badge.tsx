import type { ServiceState } from '../../src/operator/contract.ts';
import { useText } from '../window-context.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Readonly<Record<ServiceState['phase'], Tone>> = {
	stopped: 'neutral',
	starting: 'active',
	running: 'good',
	stopping: 'active',
	failed: 'bad',
};

/** The state of the service, or "Not connected" if it is unknown. */
export function ServiceBadge({ phase }: { readonly phase: ServiceState['phase'] | undefined }) {
	const { shell } = useText();
	if (phase === undefined) return <Badge tone="bad">{shell.notConnected}</Badge>;
	return <Badge tone={TONES[phase]}>{shell.phases[phase]}</Badge>;
}
