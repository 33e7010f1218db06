"""How often one address or one person may ask for what costs something (OWASP ASVS 2.4.1, 6.3.1).

A table counts, since the embedded default has no cache that all processes share: django-ratelimit wants one that counts
atomically, and says so by refusing to start; one in a process's memory would count for each worker apart.
"""
