"""The links between the partner's edge and Microsoft's: what the routers at their ends would show."""
