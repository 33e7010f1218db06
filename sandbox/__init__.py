"""A local Azure: Resource Manager's and Entra's contract over HTTPS, for playing, tests and drills."""
