package store

import "jaring/internal/jaring"

// HoldOffices makes acts on the tree of offices queue up, so that two of them cannot give
// the same area away: whoever holds it sees all that was done before.
func (tx *Tx) HoldOffices() error {
	_, err := tx.exec(`UPDATE office SET zone = zone WHERE parent_id IS NULL`)
	return err
}

// RenameOffice gives an office another name. Error: office.not_found.
func (tx *Tx) RenameOffice(id jaring.OfficeID, name string) error {
	return tx.changeOffice(`UPDATE office SET name = $2 WHERE office_id = $1`, string(id), name)
}

// SetOfficePhone says whom to call at an office. Error: office.not_found.
func (tx *Tx) SetOfficePhone(id jaring.OfficeID, phone string) error {
	return tx.changeOffice(`UPDATE office SET phone = $2 WHERE office_id = $1`, string(id), phone)
}

// CloseOffice notes from which day on an office works no more. Error: office.not_found.
func (tx *Tx) CloseOffice(id jaring.OfficeID, day jaring.Day) error {
	return tx.changeOffice(`UPDATE office SET closed_day = $2 WHERE office_id = $1`, string(id), day.String())
}

func (tx *Tx) changeOffice(sql string, args ...any) error {
	n, err := tx.exec(sql, args...)
	if err == nil && n == 0 {
		err = jaring.NewError(jaring.NotFound, "office.not_found")
	}
	return err
}

// FindOfficeAreas gives all areas that offices served, serve or will serve, the earliest first.
func (tx *Tx) FindOfficeAreas() (out []OfficeArea, err error) {
	err = tx.each(`SELECT office_id, area, from_day, to_day FROM office_area ORDER BY from_day, area, office_id`, nil, func(r rows) error {
		var a OfficeArea
		var from, to string
		if err := r.Scan(&a.Office, &a.Area, &from, &to); err != nil {
			return err
		}
		if err := a.From.UnmarshalText([]byte(from)); err != nil {
			return err
		}
		err := a.To.UnmarshalText([]byte(to))
		out = append(out, a)
		return err
	})
	return out, err
}

// ChangeOfficeAreas writes what changes in the areas of one office.
func (tx *Tx) ChangeOfficeAreas(c jaring.AreaChange) error {
	for _, a := range c.Drop {
		if err := tx.queue(`DELETE FROM office_area WHERE office_id = $1 AND area = $2 AND from_day = $3`, string(a.Office), a.Area, a.From.String()); err != nil {
			return err
		}
	}
	for _, a := range c.End {
		if err := tx.queue(`UPDATE office_area SET to_day = $4 WHERE office_id = $1 AND area = $2 AND from_day = $3`,
			string(a.Office), a.Area, a.From.String(), a.To.String()); err != nil {
			return err
		}
	}
	for _, a := range c.Add {
		if err := tx.AddOfficeArea(a); err != nil {
			return err
		}
	}
	return nil
}

// CountAccounts counts the accounts that can log in, by office and role.
func (tx *Tx) CountAccounts() (map[jaring.OfficeID]map[jaring.Role]int, error) {
	out := map[jaring.OfficeID]map[jaring.Role]int{}
	err := tx.each(`SELECT office_id, role, count(*) FROM account WHERE disabled = 0 GROUP BY office_id, role`, nil, func(r rows) error {
		var office jaring.OfficeID
		var role jaring.Role
		var n int
		err := r.Scan(&office, &role, &n)
		if out[office] == nil {
			out[office] = map[jaring.Role]int{}
		}
		out[office][role] = n
		return err
	})
	return out, err
}
