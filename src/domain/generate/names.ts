import type { Draws } from './entropy.ts';
import type { Country } from './fictional-numbers.ts';

/** First and last names that are usual in a country; drawn apart, they give many people. */
const NAMES: Readonly<Record<Country, readonly [first: readonly string[], last: readonly string[]]>> = {
  GB: [
    ['John', 'Siân', 'Amelia', 'Callum', 'Priya', 'Oliver', 'Isla', 'Gareth'],
    ['Doe', 'O’Connor', 'Hughes', 'Whitfield', 'Patel', 'MacLeod', 'Barnes'],
  ],
  US: [
    ['Emily', 'Tyrone', 'Maria', 'Jacob', 'Linh', 'Ashley', 'Derek'],
    ['Miller', 'Washington', 'Garcia', 'Nguyen', 'Kowalski', 'Brooks'],
  ],
  CA: [
    ['Noah', 'Geneviève', 'Harpreet', 'Logan', 'Chloé', 'Ethan'],
    ['Tremblay', 'Singh', 'MacDonald', 'Roy', 'Campbell', 'Wong'],
  ],
  FR: [
    ['Chloé', 'Mathieu', 'Yasmine', 'Jean-Luc', 'Élodie', 'Hugo'],
    ['Lefèvre', 'Moreau', 'Benali', 'Dupont', 'Garnier', 'Leroy'],
  ],
  DE: [
    ['Łukasz', 'Katharina', 'Jürgen', 'Emine', 'Lukas', 'Anneliese'],
    ['Müller', 'Wójcik', 'Schäfer', 'Yılmaz', 'Krause', 'Groß'],
  ],
  IT: [
    ['Giulia', 'Matteo', 'Niccolò', 'Francesca', 'Lorenzo', 'Beatrice'],
    ['Rossi', 'Esposito', "D'Angelo", 'Ferrari', 'Colombo', 'De Luca'],
  ],
  ES: [
    ['Lucía', 'Iñaki', 'María José', 'Álvaro', 'Montserrat', 'Javier'],
    ['García Pérez', 'Núñez', 'Etxeberria', 'Ruiz', 'Vila', 'Fernández'],
  ],
  PT: [
    ['Inês', 'João', 'Beatriz', 'Tiago', 'Catarina', 'Gonçalo'],
    ['Silva', 'Magalhães', 'Ferreira', 'Conceição', 'Sousa', 'Pereira'],
  ],
  BR: [
    ['Ana', 'João Pedro', 'Thaís', 'Wellington', 'Luíza', 'Caio'],
    ['Souza', 'dos Santos', 'Gonçalves', 'Oliveira', 'Araújo', 'Lima'],
  ],
  MX: [
    ['Guadalupe', 'José Luis', 'Ximena', 'Héctor', 'Paola', 'Rubén'],
    ['Hernández', 'López', 'Ibáñez', 'Ramírez', 'Cruz', 'Ortiz'],
  ],
  AR: [
    ['Martín', 'Sofía', 'Agustín', 'Valentina', 'Facundo', 'Micaela'],
    ['Fernández', 'Giménez', 'Bianchi', 'Sosa', 'Peralta', 'Medina'],
  ],
  CO: [
    ['Camila', 'Andrés', 'Yuliana', 'Santiago', 'Mónica', 'Jhon'],
    ['Rodríguez', 'Quintero', 'Muñoz', 'Cárdenas', 'Vargas', 'Rojas'],
  ],
  CL: [
    ['Catalina', 'Benjamín', 'Antonia', 'Cristóbal', 'Javiera', 'Ignacio'],
    ['Muñoz', 'Soto', 'Sepúlveda', 'Araya', 'Contreras', 'Riquelme'],
  ],
  SE: [
    ['Åsa', 'Björn', 'Linnéa', 'Göran', 'Amira', 'Elsa'],
    ['Lindström', 'Öberg', 'Andersson', 'Håkansson', 'Ali', 'Nyström'],
  ],
  IE: [
    ['Aoife', 'Seán', 'Niamh', 'Cillian', 'Róisín', 'Conor'],
    ['Murphy', 'Ó Briain', 'Kelly', "D'Arcy", 'Fitzgerald', 'Walsh'],
  ],
  AU: [
    ['Jack', 'Matilda', 'Lachlan', 'Mei', 'Kirra', 'Cooper'],
    ['Wilson', 'Nguyen', 'Thompson', 'Papadopoulos', 'Taylor', 'Ryan'],
  ],
};

/** Names that people give themselves, or in other scripts; they live anywhere. */
const ODD_NAMES = ['نور الهاشمي', '王小明', 'Ana Souza 🌻', "D'Arcy Fitzgerald", 'ПЁТР', 'José  🇦🇷'] as const;

/** One name in so many is an odd one. */
const ODD_SHARE = 40;

/** Draws a name that fits a country (assumed); where the country is unknown, a British one. */
export function drawName(draws: Draws, country: Country | undefined): string {
  if (draws.below('oddName', ODD_SHARE) === 0) {
    return ODD_NAMES[draws.below('name', ODD_NAMES.length)] ?? ODD_NAMES[0];
  }
  const [first, last] = NAMES[country ?? 'GB'];
  const nth = draws.below('name', first.length * last.length);
  return `${first[nth % first.length]} ${last[Math.floor(nth / first.length)]}`;
}
