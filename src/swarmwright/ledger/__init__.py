"""What happened: events, the ports of ledger and stores, and folds over events."""
