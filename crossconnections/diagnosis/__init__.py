"""What the tables mean: findings, differences, and which route an address takes.

Pure: values in, values out, no database and no network, so that every rule can be tried by hand. Nothing here has
words for people; they stand in crossconnections.presenters.
"""
