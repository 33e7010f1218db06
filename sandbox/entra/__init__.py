"""Microsoft Entra ID: discovery, people signing in, and tokens."""
