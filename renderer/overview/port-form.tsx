import { useSignal } from '@preact/signals';
import { useAction } from '../components/actions/use-action.ts';
import { Button } from '../components/buttons/button.tsx';
import { Field } from '../components/forms/field.tsx';
import { textInputProps } from '../components/forms/text-input-props.ts';
import { ProblemBanner } from '../components/messages/problem-banner.tsx';
import { useOperatorStore, useText } from '../window-context.ts';
import { tryParsePort } from './port.ts';

/** Changes the port setting and starts the service on the new port. */
export function PortForm({ refused }: { readonly refused: number }) {
	const { overview } = useText();
	const store = useOperatorStore();
	const entered = useSignal(String(refused < 1_024 ? 8_080 : refused + 1));
	const isWrong = useSignal(false);
	const change = useAction(async (port: number) => {
		await store.call('settings:write', { values: { 'server.port': port } });
		await store.call('service:start', {});
	});
	const submit = (event: Event) => {
		event.preventDefault();
		const port = tryParsePort(entered.value);
		isWrong.value = port === undefined;
		if (port !== undefined) change.run(port);
	};
	return (
		<form class="port-form" noValidate onSubmit={submit}>
			<Field
				label={overview.newPort}
				hint={overview.newPortHint}
				error={isWrong.value ? overview.newPortWrong : undefined}
			>
				{(control) => (
					<div class="button-row">
						<input
							inputMode="numeric"
							{...textInputProps(control, {
								value: entered.value,
								onChange: (text) => {
									entered.value = text;
								},
							})}
						/>
						<Button variant="primary" isSubmit isBusy={change.isBusy}>
							{overview.changePort}
						</Button>
					</div>
				)}
			</Field>
			<ProblemBanner problem={change.problem} onDismiss={change.clear} />
		</form>
	);
}
