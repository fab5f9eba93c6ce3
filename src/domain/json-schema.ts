/** The part of JSON Schema (draft 2020-12) in which the event is described; nothing else is emitted. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly properties?: { readonly [key: string]: JsonSchema };
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  /** Always the empty schema: unknown keys are accepted. */
  readonly additionalProperties?: JsonSchema;
}
