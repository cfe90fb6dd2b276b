"""Real processes around the program under test: backends, callers, the management client, the server itself."""
