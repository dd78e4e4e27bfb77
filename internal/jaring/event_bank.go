package jaring

// MoneySuspended tells that money came which pays nothing yet; its subject is the office.
const MoneySuspended EventKind = "money.suspended"
