package wire

import "jaring/internal/jaring"

// Employer is the body of employer.register: an employer as somebody enters it.
type Employer struct {
	Kind         string   `json:"kind" enum:"business,village_government,individual"`
	Name         string   `json:"name"`
	NIB          string   `json:"nib,omitempty" doc:"business number, 13 digits"`
	Area         string   `json:"area" doc:"dotted code of the village or a part above it"`
	Address      string   `json:"address,omitempty"`
	Sector       string   `json:"sector,omitempty" enum:"food,textile,leather,footwear,toys,furniture,agriculture,construction,trade,transport,hospitality,services,government,other"`
	RiskClass    int      `json:"risk_class"`
	SizeClass    string   `json:"size_class" enum:"micro,small,medium,large"`
	Extra        []string `json:"extra,omitempty" doc:"programmes taken freely beyond the obligatory ones"`
	ContactName  string   `json:"contact_name"`
	ContactPhone string   `json:"contact_phone,omitempty"`
	OfficeID     string   `json:"office_id,omitempty" format:"uuid" doc:"one's own when left out"`
	Campaign     string   `json:"campaign_id,omitempty" format:"uuid"`
	Stand        string   `json:"stand,omitempty"`
	Partner      string   `json:"partner_id,omitempty" format:"uuid"`
}

// Domain is the employer as the rules read it.
func (e Employer) Domain() jaring.EmployerForm {
	return jaring.EmployerForm{Office: jaring.OfficeID(e.OfficeID), Kind: jaring.EmployerKind(e.Kind), Name: e.Name, NIB: e.NIB, Area: e.Area, Address: e.Address, Sector: e.Sector,
		RiskClass: e.RiskClass, SizeClass: jaring.SizeClass(e.SizeClass), Extra: e.Extra, ContactName: e.ContactName, ContactPhone: e.ContactPhone,
		Source: jaring.EmployerSource{Campaign: jaring.CampaignID(e.Campaign), Stand: e.Stand, Partner: jaring.PartnerID(e.Partner)}}
}

// EmployerOf is the body that says what a form does.
func EmployerOf(f jaring.EmployerForm) Employer {
	return Employer{Kind: string(f.Kind), Name: f.Name, NIB: f.NIB, Area: f.Area, Address: f.Address, Sector: f.Sector, RiskClass: f.RiskClass, SizeClass: string(f.SizeClass),
		Extra: f.Extra, ContactName: f.ContactName, ContactPhone: f.ContactPhone, OfficeID: string(f.Office), Campaign: string(f.Source.Campaign), Stand: f.Source.Stand,
		Partner: string(f.Source.Partner)}
}

// Employee is the body of employee.add. Of the person, programmes, months and income are the employer's to say.
type Employee struct {
	Employer string        `json:"employer_id,omitempty" doc:"on a phone also the id of the operation that registered the employer"`
	Person   Registration  `json:"person"`
	Wage     jaring.Rupiah `json:"wage" doc:"rupiah a month; a day with daily"`
	Daily    bool          `json:"daily,omitempty" doc:"the wage is a day's"`
	Position string        `json:"position,omitempty"`
	From     jaring.Day    `json:"from,omitempty" format:"date" doc:"first day of work; today when left out"`
}
