"""Who proposes: archetypes, prompts, and the ports of model and worker."""
