import { useEffect } from 'preact/hooks';
import { Badge } from '../components/badge.tsx';
import { LinkButton } from '../components/buttons/link-button.tsx';
import { Card } from '../components/card.tsx';
import type { Route } from '../router.ts';
import type { WindowText } from '../text/window-text.ts';
import { useOperatorStore, useText } from '../window-context.ts';
import { completedSteps, FIRST_STEPS, type FirstStep, parseSteps } from './first-steps.ts';

const STORAGE_KEY = 'first-steps';
/** The view in which a step is done; a reader is plugged in outside the window. */
const STEP_ROUTES: Readonly<Record<FirstStep, Route | undefined>> = {
	reader: undefined,
	key: 'keys',
	trial: 'trial',
	page: 'origins',
};

/** Guides a new operator to the first page that scans. Hidden when all steps are completed. */
export function FirstStepsCard() {
	const text = useText();
	const done = useCompletedSteps();
	if (done === undefined || done.size === FIRST_STEPS.length) return null;
	const next = FIRST_STEPS.find((step) => !done.has(step) && STEP_ROUTES[step] !== undefined);
	return (
		<Card
			title={text.overview.firstSteps}
			help={text.overview.firstStepsHelp}
			actions={<span class="field-hint">{text.overview.firstStepsDone(done.size, FIRST_STEPS.length)}</span>}
		>
			<ol class="steps">
				{FIRST_STEPS.map((step) => (
					<StepItem key={step} step={step} isDone={done.has(step)} isNext={step === next} />
				))}
			</ol>
		</Card>
	);
}

/** @returns undefined until all the needed state has arrived */
function useCompletedSteps(): ReadonlySet<FirstStep> | undefined {
	const { topics } = useOperatorStore();
	const before = parseSteps(localStorage.getItem(STORAGE_KEY));
	const [keys, readers, connections] = [topics.keys.value, topics.readers.value, topics.connections.value];
	// The keys arrive after the others, which are unknown while the connection is lost.
	const done = keys && completedSteps({ keys, readers: readers ?? [], connections: connections ?? [] }, before);
	const stored = done && [...done].join(' ');
	useEffect(() => {
		if (stored !== undefined) localStorage.setItem(STORAGE_KEY, stored);
	}, [stored]);
	return done;
}

function StepItem({
	step,
	isDone,
	isNext,
}: {
	readonly step: FirstStep;
	readonly isDone: boolean;
	readonly isNext: boolean;
}) {
	const text = useText();
	const { title, help, action } = stepTexts(text, step);
	const route = STEP_ROUTES[step];
	return (
		<li class="step">
			<div class="step-text">
				<h3>{title}</h3>
				<p class="field-hint">{help}</p>
			</div>
			{isDone && <Badge tone="good">{text.overview.stepDone}</Badge>}
			{!isDone && route && (
				<LinkButton to={route} isPrimary={isNext}>
					{action}
				</LinkButton>
			)}
		</li>
	);
}

function stepTexts({ overview }: WindowText, step: FirstStep) {
	const words = {
		reader: { title: overview.stepReader, help: overview.stepReaderHelp, action: '' },
		key: { title: overview.stepKey, help: overview.stepKeyHelp, action: overview.createKey },
		trial: { title: overview.stepTrial, help: overview.stepTrialHelp, action: overview.tryScan },
		page: { title: overview.stepPage, help: overview.stepPageHelp, action: overview.howToConnect },
	};
	return words[step];
}
