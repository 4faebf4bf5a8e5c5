"""How hosts are treated: one after the other, at their pace, by their rules."""
