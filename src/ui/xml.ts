import { visible } from './visible.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escapes a text for XML. Characters that XML cannot hold are shown as escapes; lines stay lines. */
export function escapeXml(text: string): string {
  const safe = text.split('\n').map(visible).join('\n');
  return safe.replace(/[&<>"'\ufffe\uffff]/g, (character) => ENTITIES[character] ?? '\ufffd');
}
