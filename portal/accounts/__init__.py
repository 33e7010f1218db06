"""People, and the one way in: signing in with Microsoft Entra ID."""
