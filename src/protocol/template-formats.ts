/** Formats in which the service can write a template; it reads more. */
export const TEMPLATE_FORMATS = ['iso-19794-2:2005', 'iso-19794-2:2011', 'ansi-378:2004'] as const;
export type TemplateFormat = (typeof TEMPLATE_FORMATS)[number];
