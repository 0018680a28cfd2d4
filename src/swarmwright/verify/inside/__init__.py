"""What runs inside the sandbox and nowhere else."""
