"""The identity API beside a real Keystone: the same requests to both, and what may differ."""
