import type { OriginDecision, OriginsView } from '../../src/operator/contract.ts';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { Moment } from '../components/moment.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useConsole, useText } from '../window-context.ts';
import { useDecide } from './origin-actions.ts';

type PendingOrigin = OriginsView['pending'][number];

/** The origins that wait for the operator; nothing while there are none. */
export function PendingCard() {
	const { pages } = useText();
	const pending = useConsole().topics.origins.value?.pending ?? [];
	const decide = useDecide();
	if (pending.length === 0) return null;
	return (
		<Card title={pages.pending} help={pages.pendingHelp}>
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
	const { pages } = useText();
	return (
		<li class="origin">
			<div class="origin-text">
				<code dir="ltr">{origin}</code>
				<p class="field-hint">
					{pages.attempts(attempts)}, {pages.lastSeen} <Moment at={lastSeenAt} />
				</p>
			</div>
			<div class="button-row">
				<Button label={pages.blockOf(origin)} onClick={() => decide(origin, 'block')}>
					{pages.block}
				</Button>
				<Button variant="primary" label={pages.allowOf(origin)} onClick={() => decide(origin, 'allow')}>
					{pages.allow}
				</Button>
			</div>
		</li>
	);
}
