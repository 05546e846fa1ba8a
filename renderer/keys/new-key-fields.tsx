import type { KeyEnvironment } from '../../src/operator/contract.ts';
import { PERMISSIONS } from '../../src/protocol/permissions.ts';
import { ChoiceGroup } from '../components/forms/choice-group.tsx';
import { Field } from '../components/forms/field.tsx';
import { Select } from '../components/forms/select.tsx';
import { textInputProps } from '../components/forms/text-input-props.ts';
import { useText } from '../window-context.ts';
import { EXPIRY_CHOICES } from './key-expiry.ts';
import type { KeyField, KeyFormError, NewKeyForm } from './new-key-form.ts';

/** Test comes first, because a new operator should try the service with virtual readers. */
const ENVIRONMENTS: readonly KeyEnvironment[] = ['test', 'live'];

export interface NewKeyFieldsProps {
	readonly form: NewKeyForm;
	readonly error: KeyFormError | undefined;
	readonly onChange: (change: Partial<NewKeyForm>) => void;
}

/** The fields of the form for a new key. The `name` attributes are the values of `KeyField`. */
export function NewKeyFields({ form, error, onChange }: NewKeyFieldsProps) {
	const { form: text, permissions } = useText().keys;
	const errorAt = (field: KeyField) => (error?.field === field ? errorText(text, error) : undefined);
	return (
		<>
			<Field label={text.name} hint={text.nameHint} error={errorAt('name')}>
				{(control) => (
					<input
						name="name"
						{...textInputProps(control, { value: form.name, onChange: (name) => onChange({ name }) })}
					/>
				)}
			</Field>
			<ChoiceGroup
				label={text.environment}
				name="environment"
				type="radio"
				choices={ENVIRONMENTS.map((value) => ({
					value,
					label: text.environments[value].name,
					help: text.environments[value].help,
				}))}
				chosen={[form.environment]}
				onChange={([environment]) => environment && onChange({ environment })}
			/>
			<ChoiceGroup
				label={text.permissions}
				name="permissions"
				type="checkbox"
				choices={PERMISSIONS.map((value) => ({ value, label: permissions[value].name, help: permissions[value].help }))}
				chosen={form.permissions}
				error={errorAt('permissions')}
				onChange={(chosen) => onChange({ permissions: chosen })}
			/>
			<ExpiryFields form={form} error={errorAt('expiresAt')} onChange={onChange} />
			<Field label={text.origins} hint={text.originsHint} error={errorAt('origins')} isOptional>
				{(control) => (
					<textarea
						{...control}
						class="input input-code"
						name="origins"
						rows={2}
						dir="ltr"
						spellcheck={false}
						value={form.origins}
						onInput={(event) => onChange({ origins: event.currentTarget.value })}
					/>
				)}
			</Field>
		</>
	);
}

interface ExpiryFieldsProps extends Pick<NewKeyFieldsProps, 'form' | 'onChange'> {
	readonly error: string | undefined;
}

function ExpiryFields({ form, error, onChange }: ExpiryFieldsProps) {
	const { form: text } = useText().keys;
	return (
		<>
			<Field label={text.expiry}>
				{(control) => (
					<Select
						control={control}
						value={form.expiry}
						options={EXPIRY_CHOICES.map((value) => ({ value, label: text.expiries[value] }))}
						onChange={(expiry) => onChange({ expiry })}
					/>
				)}
			</Field>
			{form.expiry === 'date' && (
				<Field label={text.day} error={error}>
					{(control) => (
						<input
							type="date"
							name="expiresAt"
							{...textInputProps(control, { value: form.day, onChange: (day) => onChange({ day }) })}
						/>
					)}
				</Field>
			)}
		</>
	);
}

function errorText(text: ReturnType<typeof useText>['keys']['form'], { field, value }: KeyFormError): string {
	return value === undefined ? text.errors[field] : text.wrongOrigin(value);
}
