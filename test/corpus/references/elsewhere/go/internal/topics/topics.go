package topics

const Refunds = "refunds"

type settings struct{ Topic string }

var Defaults = settings{Topic: "ledger"}
