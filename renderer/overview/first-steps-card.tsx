import { useEffect, useState } from 'preact/hooks';
import { Badge } from '../components/badge.tsx';
import { Card } from '../components/card.tsx';
import { LinkButton } from '../components/link-button.tsx';
import type { Route } from '../router.ts';
import type { Text } from '../text/text.ts';
import { useConsole, useText } from '../window-context.ts';
import { parseSteps, STEPS, type Step, stepsDone } from './first-steps.ts';

const STORED = 'first-steps';
const ROUTES: Readonly<Record<Step, Route>> = { key: 'keys', trial: 'trial', page: 'pages' };

/** Leads a new operator to the first page that scans; gone when all of it is done. */
export function FirstStepsCard() {
	const text = useText();
	const done = useStepsDone();
	if (done === undefined || done.size === STEPS.length) return null;
	const next = STEPS.find((step) => !done.has(step));
	return (
		<Card
			title={text.overview.firstSteps}
			help={text.overview.firstStepsHelp}
			actions={<span class="field-hint">{text.overview.firstStepsDone(done.size, STEPS.length)}</span>}
		>
			<ol class="steps">
				{STEPS.map((step) => (
					<StepItem key={step} step={step} isDone={done.has(step)} isNext={step === next} />
				))}
			</ol>
		</Card>
	);
}

/** @returns undefined until everything that tells has come */
function useStepsDone(): ReadonlySet<Step> | undefined {
	const { topics } = useConsole();
	const [before] = useState(() => parseSteps(localStorage.getItem(STORED)));
	const [keys, readers, connections] = [topics.keys.value, topics.readers.value, topics.connections.value];
	const done = keys && readers && connections && stepsDone({ keys, readers, connections }, before);
	const stored = done && [...done].join(' ');
	useEffect(() => {
		if (stored !== undefined) localStorage.setItem(STORED, stored);
	}, [stored]);
	return done;
}

function StepItem({
	step,
	isDone,
	isNext,
}: {
	readonly step: Step;
	readonly isDone: boolean;
	readonly isNext: boolean;
}) {
	const text = useText();
	const { title, help, action } = wordsOf(text, step);
	return (
		<li class="step">
			<div class="step-text">
				<h3>{title}</h3>
				<p class="field-hint">{help}</p>
			</div>
			{isDone ? (
				<Badge tone="good">{text.overview.stepDone}</Badge>
			) : (
				<LinkButton to={ROUTES[step]} isPrimary={isNext}>
					{action}
				</LinkButton>
			)}
		</li>
	);
}

function wordsOf({ overview }: Text, step: Step) {
	const words = {
		key: { title: overview.stepKey, help: overview.stepKeyHelp, action: overview.createKey },
		trial: { title: overview.stepTrial, help: overview.stepTrialHelp, action: overview.tryScan },
		page: { title: overview.stepPage, help: overview.stepPageHelp, action: overview.howToConnect },
	};
	return words[step];
}
