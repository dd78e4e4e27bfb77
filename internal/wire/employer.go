package wire

import "jaring/internal/jaring"

// Employee is the body of employee.add. Of the person, programmes, months and income are the employer's to say.
type Employee struct {
	Employer string        `json:"employer_id,omitempty"`
	Person   Registration  `json:"person"`
	Wage     jaring.Rupiah `json:"wage" doc:"rupiah a month; a day with daily"`
	Daily    bool          `json:"daily,omitempty" doc:"the wage is a day's"`
	Position string        `json:"position,omitempty"`
	From     jaring.Day    `json:"from,omitempty" format:"date" doc:"first day of work; today when left out"`
}
