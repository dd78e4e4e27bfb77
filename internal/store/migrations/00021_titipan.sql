-- +goose Up
-- Payment codes that are no contribution's: an agent's deposit, a group's bill.
CREATE TABLE bill_code (
    code     text PRIMARY KEY,
    kind     text NOT NULL,                 -- whose: see app/bill.go
    owner_id uuid NOT NULL,
    bill_id  uuid NOT NULL
);

-- +goose Down
DROP TABLE bill_code;
