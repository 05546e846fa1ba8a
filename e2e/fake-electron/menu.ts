import type { MenuItem, MenuItemConstructorOptions } from 'electron';
import type { MenuItemState } from './control-contract.ts';

/** A line of a menu; a click is what a person does, so that a box is ticked first. */
export class StandInMenuItem implements Pick<MenuItem, 'checked'> {
	readonly options: MenuItemConstructorOptions;
	readonly submenu: StandInMenu | undefined;
	checked: boolean;

	constructor(options: MenuItemConstructorOptions) {
		this.options = options;
		this.submenu = Array.isArray(options.submenu) ? StandInMenu.buildFromTemplate(options.submenu) : undefined;
		this.checked = options.checked ?? false;
	}

	/** @throws Error if it is greyed out, or has a role, which is left to Electron */
	press(): void {
		const { label, role, enabled = true, type, click } = this.options;
		if (!enabled) throw new Error(`${label} is greyed out`);
		if (role !== undefined) throw new Error(`The stand-in does not do the role ${role}`);
		if (type === 'checkbox') this.checked = !this.checked;
		// The handlers of the app take no arguments; one that did would find out here.
		Reflect.apply(click ?? (() => {}), undefined, []);
	}

	get state(): MenuItemState {
		const { label = '', type, enabled = true } = this.options;
		const kind = type ?? (this.submenu === undefined ? 'normal' : 'submenu');
		return { label, type: kind, enabled, checked: this.checked, submenu: this.submenu?.state ?? [] };
	}
}

/** A menu, as it was made. */
export class StandInMenu {
	static applicationMenu: StandInMenu | null = null;
	readonly items: readonly StandInMenuItem[];

	private constructor(items: readonly StandInMenuItem[]) {
		this.items = items;
	}

	static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): StandInMenu {
		return new StandInMenu(template.map((options) => new StandInMenuItem(options)));
	}

	static setApplicationMenu(menu: StandInMenu | null): void {
		StandInMenu.applicationMenu = menu;
	}

	/** The item under these labels. @throws Error if there is none */
	find([label, ...rest]: readonly string[]): StandInMenuItem {
		const item = this.items.find(({ options }) => options.label === label);
		if (item === undefined) throw new Error(`There is no ${label} among ${JSON.stringify(this.state)}`);
		if (rest.length === 0) return item;
		if (item.submenu === undefined) throw new Error(`${label} has no submenu`);
		return item.submenu.find(rest);
	}

	get state(): MenuItemState[] {
		return this.items.map((item) => item.state);
	}
}
