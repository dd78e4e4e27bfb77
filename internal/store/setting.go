package store

// Setting gives what is set under a name; empty when nothing is.
func (tx *Tx) Setting(name string) (value string, err error) {
	_, err = tx.one(`SELECT value FROM setting WHERE name = $1`, []any{name}, &value)
	return value, err
}

// SetSetting sets a value under a name, whatever was there before.
func (tx *Tx) SetSetting(name, value string) error {
	return tx.queue(`INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}
