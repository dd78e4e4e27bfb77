package scheme

// StepKeys are the keys of every step that the book can take, for whoever must
// have words for all of them.
var StepKeys = []string{
	"step.bpu.row", "step.bpu.row.gap", "step.bpu.row.lowest", "step.bpu.row.top", "step.bpu.rate", "step.bpu.flat", "step.floor",
	"step.relief", "step.relief.assumed", "step.relief.deferred", notForFunding, notForKind, notForNewMember, notPaidUp,
	"step.credit", "step.penalty",
	"step.pu.employer", "step.pu.employee", "step.pu.cap", "step.jkp.state", "step.jkp.jkk", "step.jkp.jkm",
	"step.benefit.wait", "step.benefit.death", "step.benefit.death.work", "step.benefit.death.least",
	"step.benefit.periodic", "step.benefit.periodic.once", "step.benefit.funeral", "step.benefit.lump_sum", "step.benefit.stmb",
	"step.benefit.transport", "step.benefit.transport.most", "step.benefit.care", "step.care.prosthesis", "step.care.suspected", "step.benefit.homecare", "step.benefit.homecare.most", "step.benefit.prosthesis", "step.benefit.late",
	"step.benefit.school", "step.benefit.school.path", "step.school.age", "step.school.married", "step.school.years",
	"step.school.children", "step.school.months", "step.jht.years", "step.jht.saved", "step.jht.month", "step.benefit.jht.part", "step.benefit.jht",
}
