"""Real telephones, real audio and the operators' client, for tests that drive a running suite from outside."""
