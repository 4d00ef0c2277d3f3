-- Decided enquiries whose enquirer still waits for an answer: every page of the front door and of managers counts them.
CREATE INDEX enquiry_unanswered ON enquiry (state, due_at) WHERE answered_how IS NULL;
