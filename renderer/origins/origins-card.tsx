import { useSignal } from '@preact/signals';
import { Badge } from '../components/badge.tsx';
import { Button } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { ProblemBanner } from '../components/problem-banner.tsx';
import { useConsole, useText } from '../window-context.ts';
import { AllowOriginDialog } from './allow-origin-dialog.tsx';
import { useForget } from './origin-actions.ts';

/** The origins that were decided about, what an origin is, and a way to allow one in advance. */
export function OriginsCard() {
	const { pages } = useText();
	const isAdding = useSignal(false);
	const add = () => {
		isAdding.value = true;
	};
	return (
		<Card
			title={pages.origins}
			help={pages.originsHelp}
			actions={
				<Button icon="plus" onClick={add}>
					{pages.addOrigin}
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
	const { pages } = useText();
	const origins = useConsole().topics.origins.value;
	const forget = useForget();
	if (origins === undefined) return null;
	const decided = [
		...origins.allowed.map((origin) => ({ origin, isAllowed: true })),
		...origins.blocked.map((origin) => ({ origin, isAllowed: false })),
	];
	if (decided.length === 0) {
		return (
			<EmptyState icon="lock" title={pages.noOrigins}>
				{pages.noOriginsHelp}
			</EmptyState>
		);
	}
	return (
		<>
			<ProblemBanner problem={forget.problem} onDismiss={forget.clear} />
			<ul class="origins">
				{decided.map(({ origin, isAllowed }) => (
					<li key={origin} class="origin">
						<code class="origin-text" dir="ltr">
							{origin}
						</code>
						<Badge tone={isAllowed ? 'good' : 'bad'}>{isAllowed ? pages.stateAllowed : pages.stateBlocked}</Badge>
						<Button label={pages.forgetOf(origin)} onClick={() => forget.run(origin)}>
							{pages.forget}
						</Button>
					</li>
				))}
			</ul>
		</>
	);
}
