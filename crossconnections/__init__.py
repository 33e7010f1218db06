"""The domain: ExpressRoute cross connections of a connectivity partner."""
