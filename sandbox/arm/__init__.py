"""Azure Resource Manager: what it answers, and how it refuses."""
