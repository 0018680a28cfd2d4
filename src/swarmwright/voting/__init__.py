"""Agreement among unreliable workers. Pure; knows no agent."""
