import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { OperatorProblem } from '../../src/operator/contract.ts';
import type { LinkState } from '../carriers/carrier.ts';
import { Button } from '../components/buttons/button.tsx';
import { CopyableCode } from '../components/buttons/copyable-code.tsx';
import { Field } from '../components/forms/field.tsx';
import { textInputProps } from '../components/forms/text-input-props.ts';
import { Banner } from '../components/messages/banner.tsx';
import { Notices } from '../components/messages/notices.tsx';
import type { ShellText } from '../text/en/shell.ts';
import { useText } from '../window-context.ts';
import { Masthead } from './masthead.tsx';

type LockedLink = Extract<LinkState, { phase: 'locked' }>;

/** Asks for an admin token if there is neither a valid link nor a session. */
export function SignIn({ link }: { readonly link: LockedLink }) {
	const { shell } = useText();
	return (
		<div class="start-page">
			<Masthead />
			<main class="start-page-card">
				<h1>{shell.locked}</h1>
				<p>{shell.lockedHelp}</p>
				{link.problem && <Banner tone="bad" title={refusalText(shell, link.problem)} />}
				<p>{shell.lockedHow}</p>
				<p>
					<CopyableCode text="fingerprint-service admin-token" what={shell.command} />
				</p>
				<TokenForm unlock={link.unlock} />
				<p class="field-hint">{shell.lockedLink}</p>
			</main>
			<Notices />
		</div>
	);
}

function TokenForm({ unlock }: { readonly unlock: (token: string) => void }) {
	const { shell } = useText();
	const token = useSignal('');
	const form = useRef<HTMLFormElement>(null);
	// Also after a refusal, which renders a new form.
	useEffect(() => form.current?.querySelector('input')?.focus(), []);
	const isMissing = useSignal(false);
	const submit = (event: Event) => {
		event.preventDefault();
		isMissing.value = token.value.trim() === '';
		if (!isMissing.value) unlock(token.value.trim());
	};
	return (
		<form ref={form} class="start-page-form" noValidate onSubmit={submit}>
			<Field label={shell.token} hint={shell.tokenHint} error={isMissing.value ? shell.tokenMissing : undefined}>
				{(control) => (
					<input
						type="password"
						{...textInputProps(control, {
							value: token.value,
							isCode: true,
							onChange: (text) => {
								token.value = text;
							},
						})}
					/>
				)}
			</Field>
			<Button variant="primary" isSubmit>
				{shell.unlock}
			</Button>
		</form>
	);
}

function refusalText(shell: ShellText, { error, details }: OperatorProblem): string {
	if (details?.reason === 'ticket') return shell.ticketRefused;
	return error === 'TOKEN_EXPIRED' ? shell.tokenExpired : shell.tokenRefused;
}
