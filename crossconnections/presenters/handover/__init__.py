"""The sheet that a customer gets with a circuit: made once, shown as a page, on paper and as plain text."""
