package main

import (
	"time"

	"jaring/internal/vault"
)

// KeygenCmd makes a key set.
type KeygenCmd struct{}

// Help is shown below the flags.
func (c *KeygenCmd) Help() string {
	return `Example: jaring keygen > jaring.keys && chmod 600 jaring.keys

Keep a copy away from the server and from the backups: lost keys are lost NIK.`
}

// Run prints the key set.
func (c *KeygenCmd) Run(s *session) error {
	ring, err := vault.NewRing(time.Now().UTC().Format("20060102"))
	if err != nil {
		return err
	}
	return ring.Write(s.out)
}
