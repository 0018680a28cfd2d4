"""The colony: micro-agents without a model. Each is one production of a typed grammar, applied to earlier agents."""
