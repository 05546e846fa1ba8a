import type { OriginDecision, OriginsState } from '../../src/operator/contract.ts';
import { Button } from '../components/buttons/button.tsx';
import { Card } from '../components/card.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { RelativeTime } from '../components/relative-time.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { useDecide } from './origin-actions.ts';

type PendingOrigin = OriginsState['pending'][number];

/** The origins that need a decision; renders nothing if there are none. */
export function PendingCard() {
	const { origins } = useText();
	const pending = useOperatorStore().topics.origins.value?.pending ?? [];
	const decide = useDecide();
	if (pending.length === 0) return null;
	return (
		<Card title={origins.pending} help={origins.pendingHelp}>
			<ProblemBanner problem={decide.problem} onDismiss={decide.clear} />
			<ul class="origins">
				{pending.map((origin) => (
					<PendingItem key={origin.origin} pending={origin} decide={decide.run} />
				))}
			</ul>
		</Card>
	);
}

interface PendingItemProps {
	readonly pending: PendingOrigin;
	readonly decide: (origin: string, decision: OriginDecision) => void;
}

function PendingItem({ pending: { origin, attempts, lastSeenAt }, decide }: PendingItemProps) {
	const { origins } = useText();
	return (
		<li class="origin">
			<div class="origin-text">
				<code dir="ltr">{origin}</code>
				<p class="field-hint">
					{origins.attempts(attempts)}, {origins.lastSeen} <RelativeTime at={lastSeenAt} />
				</p>
			</div>
			<div class="button-row">
				<Button label={origins.blockOf(origin)} onClick={() => decide(origin, 'block')}>
					{origins.block}
				</Button>
				<Button variant="primary" label={origins.allowOf(origin)} onClick={() => decide(origin, 'allow')}>
					{origins.allow}
				</Button>
			</div>
		</li>
	);
}
