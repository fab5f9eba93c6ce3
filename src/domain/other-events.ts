/**
 * The other events of a Callbell account. One webhook URL receives them all (documented), so they are named,
 * counted and answered, but never called wrong.
 */
export const OTHER_EVENTS = [
  'message_created',
  'contact_created',
  'contact_updated',
  'contact_deleted',
  'conversation_opened',
  'conversation_closed',
  'agent_status_updated',
  'agent_session_updated',
  'team_membership_updated',
] as const;
