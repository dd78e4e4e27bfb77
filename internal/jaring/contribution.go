package jaring

// ContributionID names the months of a membership that are asked for and paid together. The
// first contribution of a membership bears the membership's id.
type ContributionID string
