"""The site: settings, sign-in, access, health. It knows nothing of cross connections."""
