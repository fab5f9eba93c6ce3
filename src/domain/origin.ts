/** How a fact is known: `documented` by the owner of the format, `seen` in traffic or code of others, or `assumed`. */
export type Origin = 'documented' | 'seen' | 'assumed';
