-- +goose Up
-- A letter about a receipt says its code, or that what it paid was undone.
ALTER TABLE receipt_letter ADD COLUMN template text NOT NULL DEFAULT 'receipt';
-- Whom to call about a receipt.
ALTER TABLE office ADD COLUMN phone text NOT NULL DEFAULT '';
-- A virtual account whose code is paid otherwise, is called off or over is taken back at its bank.
ALTER TABLE bank_code ADD COLUMN state text NOT NULL DEFAULT 'made';       -- made, back, kept
ALTER TABLE bank_code ADD COLUMN back_tries bigint NOT NULL DEFAULT 0;      -- how often the bank was asked
ALTER TABLE bank_code ADD COLUMN back_at bigint NOT NULL DEFAULT 0;         -- when it is asked again, or has answered
ALTER TABLE bank_code ADD COLUMN back_why text NOT NULL DEFAULT '';         -- key of what it said last
CREATE INDEX bank_code_made ON bank_code (back_at) WHERE state = 'made';

-- +goose Down
DROP INDEX bank_code_made;
ALTER TABLE bank_code DROP COLUMN back_why;
ALTER TABLE bank_code DROP COLUMN back_at;
ALTER TABLE bank_code DROP COLUMN back_tries;
ALTER TABLE bank_code DROP COLUMN state;
ALTER TABLE office DROP COLUMN phone;
ALTER TABLE receipt_letter DROP COLUMN template;
