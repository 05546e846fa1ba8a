import type { LinkState } from '../carriers/carrier.ts';
import { Button } from '../components/buttons/button.tsx';
import { CopyableCode } from '../components/buttons/copyable-code.tsx';
import { Notices } from '../components/messages/notices.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { Masthead } from './masthead.tsx';

/** Shown until the first state of the service arrives. */
export function Connecting() {
	const { shell } = useText();
	const link = useOperatorStore().link.value;
	return (
		<div class="start-page">
			<Masthead />
			<main class="start-page-card" aria-live="polite">
				{link.phase === 'lost' ? <Unreachable link={link} /> : <h1>{shell.connecting}</h1>}
			</main>
			<Notices />
		</div>
	);
}

function Unreachable({ link }: { readonly link: Extract<LinkState, { phase: 'lost' }> }) {
	const { shell } = useText();
	return (
		<>
			<h1>{shell.unreachable}</h1>
			<p>{shell.unreachableHelp}</p>
			<CopyableCode text="fingerprint-service serve" what={shell.command} />
			<Button icon="restart" isBusy={link.isRetrying} onClick={link.retry}>
				{shell.retryNow}
			</Button>
		</>
	);
}
