"""Readers of the ledger: terminal and reports. They cannot reach the swarm."""
