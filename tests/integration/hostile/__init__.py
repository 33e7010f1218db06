"""Bad input and hostile data: whatever is sent, and whatever Azure tells, no page breaks and no text does what it says.

docs/hostile-input.md tells what is fuzzed, and how to run a longer round.
"""
