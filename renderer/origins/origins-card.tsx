import { useSignal } from '@preact/signals';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/buttons/button.tsx';
import { Card } from '../components/card.tsx';
import { EmptyState } from '../components/messages/empty-state.tsx';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { AllowOriginDialog } from './allow-origin-dialog.tsx';
import { useDecide, useForget } from './origin-actions.ts';

/** The allowed and blocked origins, with a button to allow one in advance. */
export function OriginsCard() {
	const { origins } = useText();
	const isAdding = useSignal(false);
	const add = () => {
		isAdding.value = true;
	};
	return (
		<Card
			title={origins.origins}
			help={origins.originsHelp}
			actions={
				<Button icon="plus" onClick={add}>
					{origins.addOrigin}
				</Button>
			}
		>
			<DecidedOrigins />
			{isAdding.value && (
				<AllowOriginDialog
					onClose={() => {
						isAdding.value = false;
					}}
				/>
			)}
		</Card>
	);
}

function DecidedOrigins() {
	const { origins } = useText();
	const decisions = useOperatorStore().topics.origins.value;
	const decide = useDecide();
	const forget = useForget();
	if (decisions === undefined) return null;
	const decided = [
		...decisions.allowed.map((origin) => ({ origin, isAllowed: true })),
		...decisions.blocked.map((origin) => ({ origin, isAllowed: false })),
	];
	if (decided.length === 0) {
		return (
			<EmptyState icon="lock" title={origins.noOrigins}>
				{decisions.pending.length === 0 ? origins.noOriginsHelp : origins.noOriginsPending}
			</EmptyState>
		);
	}
	return (
		<>
			<ProblemBanner problem={decide.problem} onDismiss={decide.clear} />
			<ProblemBanner problem={forget.problem} onDismiss={forget.clear} />
			<ul class="origins">
				{decided.map(({ origin, isAllowed }) => (
					<li key={origin} class="origin">
						<code class="origin-text" dir="ltr">
							{origin}
						</code>
						<Badge tone={isAllowed ? 'good' : 'bad'}>{isAllowed ? origins.stateAllowed : origins.stateBlocked}</Badge>
						<div class="button-row">
							<Button label={origins.forgetOf(origin)} onClick={() => forget.run(origin)}>
								{origins.forget}
							</Button>
							{isAllowed ? (
								<Button label={origins.blockOf(origin)} onClick={() => decide.run(origin, 'block')}>
									{origins.block}
								</Button>
							) : (
								<Button label={origins.allowOf(origin)} onClick={() => decide.run(origin, 'allow')}>
									{origins.allow}
								</Button>
							)}
						</div>
					</li>
				))}
			</ul>
		</>
	);
}
