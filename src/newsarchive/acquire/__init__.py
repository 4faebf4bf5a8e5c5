"""Turn sources into captures: one module a kind of source."""
