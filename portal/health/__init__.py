"""Is the portal alive, and are the parts behind it?"""
